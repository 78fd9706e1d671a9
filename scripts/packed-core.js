import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ownNode } from './own-node.js'

// The mark by which fuses are found in Electron's binary, then version 1, their count, and each one's state.
const FUSE_WIRE = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x08${'0'.repeat(8)}`

/** A folder that packs like Electron's own: a program with fuses to flip, and the files that are looked for beside it. */
export function makeStandInDist(folder) {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  const program = `#!/bin/sh\nexit 0\n${FUSE_WIRE}\n`
  writeFileSync(join(folder, 'electron'), program, { encoding: 'latin1', mode: 0o755 })
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) {
    writeFileSync(join(folder, name), 'stand-in\n')
  }
  return folder
}

/**
 * Take the packed app apart as Electron would read it (app.asar, and app.asar.unpacked for what is native), and run its
 * own core with nothing of the checkout in reach.
 * @returns what `doctor` said, and how large the parts are
 */
export async function runPackedCore(folder) {
  const { extractAll } = await import('@electron/asar')
  const release = join(folder, 'release')
  const [unpacked] = readdirSync(release).filter((name) => name.endsWith('unpacked'))
  const asar = join(release, unpacked, 'resources/app.asar')
  const app = join(folder, 'app')
  extractAll(asar, app)
  const cli = pathToFileURL(join(app, 'dist/main/cli.js')).href
  const dataDir = join(folder, 'data')
  const line = `const { runCli } = await import(${JSON.stringify(cli)})
    process.exitCode = await runCli(['doctor', '--json', '--data-dir', ${JSON.stringify(dataDir)}])`
  const { status, stdout, stderr } = spawnSync(ownNode, ['--input-type=module', '-e', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder },
  })
  if (status !== 0) return { ok: false, status, stderr, stdout }
  return { ok: true, doctor: JSON.parse(stdout), packages: readdirSync(join(app, 'node_modules')) }
}
