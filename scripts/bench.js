// `npm run bench`: every bench of bench/ (NAME.bench.ts, or NAME/run.ts where it needs more files), one after the
// other on an otherwise idle machine; each prints its table and writes its figures to bench/out/NAME.json.
// `npm run bench -- NAME…` runs those whose name holds NAME.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './ensure-chromium.js'
import { ensureInstalled, root, runTool } from './toolchain.js'

const wanted = process.argv.slice(2)
ensureInstalled()
const built = await runTool(['scripts/build.js'])
if (built !== 0) process.exit(built)

const folder = join(root, 'bench')
const benches = findBenches()
const all = Object.keys(benches).sort()
const chosen = all.filter(
  (name) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)
if (chosen.length === 0) {
  process.stderr.write(`No bench is called ${wanted.join(', ')}. There are: ${all.join(', ')}.\n`)
  process.exit(2)
}

mkdirSync(join(folder, 'out'), { recursive: true })
const chromium = findChromium()
const failed = []
for (const name of chosen) {
  process.stdout.write(`\n## ${name}\n\n`)
  // A process of its own each: no bench runs on a heap that another one warmed or filled.
  const env = {
    BENCH_OUT: join(folder, 'out', `${name}.json`),
    ...(chromium ? { CHROME_PATH: chromium } : {}),
  }
  if ((await runTool([benches[name]], env)) !== 0) failed.push(name)
}
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join(', ')}.\n`)
  process.exit(1)
}

function findBenches() {
  const found = {}
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const { name } = entry
    if (name.endsWith('.bench.ts')) found[name.slice(0, -'.bench.ts'.length)] = `bench/${name}`
    else if (existsSync(join(folder, name, 'run.ts'))) found[name] = `bench/${name}/run.ts`
  }
  return found
}
