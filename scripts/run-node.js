import { spawn } from 'node:child_process'
import { node24 } from './toolchain.js'

/**
 * Run a script to its end with the project's own Node, here and now: same folder, same terminal.
 * Ctrl+C reaches it from the terminal, so we only wait; SIGTERM is passed on.
 * @returns {Promise<number>} the exit status
 */
export function runNode(args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node24(), args, { stdio: 'inherit', ...options })
    const wait = () => {}
    const pass = () => child.kill('SIGTERM')
    process.on('SIGINT', wait).on('SIGTERM', pass)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}
