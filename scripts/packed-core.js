import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ownNode } from './own-node.js'

// The mark by which fuses are found in Electron's binary, then version 1, their count, and each one's state.
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
// As Electron ships: run as Node, NODE_OPTIONS, --inspect and file privileges are on.
const SHIPPED_FUSES = '10110001'
const FUSE_COUNT = SHIPPED_FUSES.length

/** A folder that packs like Electron's own: a program with fuses to flip, and the files that are looked for beside it. */
export function makeStandInDist(folder) {
  for (const name of ['resources', 'locales']) mkdirSync(join(folder, name), { recursive: true })
  const wire = `${FUSE_MARK}\x01${String.fromCharCode(FUSE_COUNT)}${SHIPPED_FUSES}`
  const program = `#!/bin/sh\nexit 0\n${wire}\n`
  writeFileSync(join(folder, 'electron'), program, { encoding: 'latin1', mode: 0o755 })
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak']) {
    writeFileSync(join(folder, name), 'stand-in\n')
  }
  return folder
}

/**
 * Take the packed app apart as Electron would read it (app.asar, and app.asar.unpacked for what is native), and run its
 * own core with nothing of the checkout in reach.
 * @returns what `doctor` said, what a model found, the packages that came along, and the state of the fuses
 */
export async function runPackedCore(folder) {
  const { extractAll } = await import('@electron/asar')
  const release = join(folder, 'release')
  const [unpacked] = readdirSync(release).filter((name) => name.endsWith('unpacked'))
  const app = join(folder, 'app')
  extractAll(join(release, unpacked, 'resources/app.asar'), app)
  const doctor = runCommand(app, folder, ['doctor'])
  const picture = join(app, 'resources/sample/images/desk_0001.jpg')
  const call = runCommand(app, folder, ['function', 'call', 'onnx/desk-detect', '--image', picture])
  return {
    ok: doctor.status === 0 && call.status === 0,
    status: doctor.status,
    stderr: doctor.stderr,
    doctor: doctor.stdout ? JSON.parse(doctor.stdout) : null,
    // What a model that ships finds: its file, the runtime's libraries and the threads all came along.
    found: call.stdout ? JSON.parse(call.stdout) : call.stderr,
    packages: readdirSync(join(app, 'node_modules')),
    fuses: readFuses(join(release, unpacked, 'fieldmark')),
  }
}

function runCommand(app, folder, words) {
  const cli = pathToFileURL(join(app, 'dist/main/cli.js')).href
  const args = [...words, '--json', '--data-dir', join(folder, 'data')]
  const line = `const { runCli } = await import(${JSON.stringify(cli)})
    process.exitCode = await runCli(${JSON.stringify(args)})`
  // A file, not --eval: the core's worker threads inherit the switches of this process.
  writeFileSync(join(folder, 'command.mjs'), line)
  return spawnSync(ownNode, ['command.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder },
  })
}

function readFuses(binary) {
  const text = readFileSync(binary, 'latin1')
  const start = text.indexOf(FUSE_MARK) + FUSE_MARK.length + 2
  return text.slice(start, start + FUSE_COUNT)
}
