import { spawn } from 'node:child_process'

/**
 * Run a script in a process of its own and wait for its end, however it ends: what may crash the process it runs in is tried
 * there. Nothing it prints is seen; what it has to say it writes to a file.
 */
export type RunScript = (
  script: string,
  args: readonly string[],
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<void>

/** With the Node that runs us. In Electron its own kind of process has to be used, see shells/electron. */
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
    child.unref()
    child.once('error', ended)
    child.once('exit', ended)
  })
