// `npm test`: everything a change must pass, from a bare clone, with one closing line. `npm test -- PATTERN` runs only
// the test files whose path holds PATTERN, without lint and types.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './ensure-chromium.js'
import { ensureInstalled, runTool } from './toolchain.js'

const patterns = process.argv.slice(2)
const say = (line) => process.stdout.write(`${line}\n`)

ensureInstalled()
const chromium = ensureChromium(say)
if (chromium.path === null) say(`Browser tests are skipped: ${chromium.why}.`)

const broken = []
await step('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.'], patterns.length === 0)
await step('typecheck', ['scripts/typecheck.js'], patterns.length === 0)
await step('build', ['scripts/build.js'], true)
const { passed, failed, skipped } = await test()

for (const name of broken) say(`${name} failed, see above.`)
const total = failed + broken.length
say(`${passed} passed, ${total} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(total === 0 ? 0 : 1)

/** A broken step does not hide what the later ones have to say. */
async function step(name, args, wanted) {
  if (!wanted) return
  say(`> ${name}`)
  if ((await runTool(args)) !== 0) broken.push(name)
}

async function test() {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-test-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const env = chromium.path
    ? { CHROME_PATH: chromium.path }
    : { FIELDMARK_NO_CHROMIUM: chromium.why }
  try {
    const args = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...patterns]
    const code = await runTool(args, env)
    return count(file, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that does not even load has no tests to count, so it counts as one; so does a runner that died. */
function count(file, code) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    const unloaded = report.testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.every((t) => t.status !== 'failed'),
    )
    const failed = report.numFailedTests + unloaded.length
    return {
      passed: report.numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 } // vitest has said why on its way out.
  }
}
