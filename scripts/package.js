// `npm run package [-- --dir]`: installers of the desktop app for this platform, in release/.
// `npm run package -- --prove`: the same road with a stand-in for Electron's files, then the packed core is run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, root, run } from './toolchain.js'

const args = process.argv.slice(2)
ensureInstalled()
if (Number.parseInt(process.versions.node, 10) < 22) {
  process.exit(await run(['scripts/package.js', ...args]))
}
const { build } = await import('./build.js')
await build({ tell: (line) => process.stderr.write(`${line}\n`) })
if (args.includes('--prove')) await prove()
else await pack({ dir: args.includes('--dir') })

async function pack({ dir, config = {} }) {
  const { build } = await import('electron-builder')
  const { packedFiles } = await import('./packed-files.js')
  const files = packedFiles()
  return build({
    projectDir: root,
    dir,
    publish: 'never',
    config: { extends: 'electron-builder.yml', files, ...config },
  })
}

async function prove() {
  const { makeStandInDist, runPackedCore } = await import('./packed-core.js')
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-pack-'))
  try {
    const electronDist = makeStandInDist(join(folder, 'electron'))
    const directories = { output: join(folder, 'release'), buildResources: 'resources/icons' }
    await pack({ dir: true, config: { electronDist, directories } })
    const report = await runPackedCore(folder)
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    process.exitCode = report.ok ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
