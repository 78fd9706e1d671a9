// `npm run package [-- --dir]`: installers of the desktop app for this platform, in release/.
// `npm run package -- --prove`: the same road with a stand-in for Electron's files, then the packed core is run.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.js'
import { ensureInstalled, root, runTool } from './toolchain.js'

const tell = (line) => process.stderr.write(`${line}\n`)

/** Build what is stale and pack it. `config` is laid over electron-builder.yml. */
export async function pack({ dir = false, output = 'release', config = {} } = {}) {
  await build({ tell })
  const electronBuilder = await import('electron-builder')
  const { packedFiles } = await import('./packed-files.js')
  return electronBuilder.build({
    projectDir: root,
    dir,
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      files: packedFiles(),
      directories: { output, buildResources: await drawIcons() },
      ...config,
    },
  })
}

/**
 * Prove without Electron's binary that a package would work: pack over a stand-in for its files, take the result apart
 * as Electron would read it, and run its core.
 * @returns {Promise<object>} see packed-core.js
 */
export async function prove() {
  const { makeStandInDist, runPackedCore } = await import('./packed-core.js')
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-pack-'))
  try {
    const electronDist = makeStandInDist(join(folder, 'electron'))
    await pack({ dir: true, output: join(folder, 'release'), config: { electronDist } })
    return await runPackedCore(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The one drawing as the bitmap that every platform's icon is made from. */
async function drawIcons() {
  const { default: sharp } = await import('sharp')
  const folder = join(root, 'dist/icons')
  mkdirSync(folder, { recursive: true })
  const drawing = sharp(join(root, 'resources/icons/icon.svg'), { density: 300 })
  await drawing.resize(1024, 1024).png().toFile(join(folder, 'icon.png'))
  return folder
}

async function main(args) {
  if (args.includes('--prove')) {
    const report = await prove()
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    process.exitCode = report.ok ? 0 : 1
  } else await pack({ dir: args.includes('--dir') })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled()
  const args = process.argv.slice(2)
  const isOld = Number.parseInt(process.versions.node, 10) < 22
  if (isOld) process.exitCode = await runTool(['scripts/package.js', ...args])
  else await main(args)
}
