// The Node that npm installed beside us: better-sqlite3 and the type stripping want a newer one than many machines have.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const name = process.platform === 'win32' ? 'node.exe' : 'node'
export const ownNode = join(root, 'node_modules/node/bin', name)

/** Run a program to its end and answer its exit status. Ctrl+C is the program's to handle; we wait for it. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const wait = () => {} // The terminal sends SIGINT to both of us.
    const pass = () => child.kill('SIGTERM')
    process.on('SIGINT', wait).on('SIGTERM', pass)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

export const runNode = (args, options) => run(ownNode, args, options)
