import { spawn } from 'node:child_process'
import type { RunScript } from '../../../core/ports.ts'

/** With the Node that runs us. Electron's program is none: its shell brings its own way (shells/electron). */
export const runWithNode: RunScript = (script, args, { timeoutMs, signal }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      ...{ stdio: 'ignore', timeout: timeoutMs, killSignal: 'SIGKILL', windowsHide: true },
    })
    const stop = () => child.kill('SIGKILL')
    const ended = () => {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    signal.addEventListener('abort', stop)
    child.once('error', ended)
    child.once('exit', ended)
  })
