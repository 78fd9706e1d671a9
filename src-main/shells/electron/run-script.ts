import { utilityProcess } from 'electron'
import type { RunScript } from '#main/core/ports.ts'

/** The app's own program cannot be run as Node (a fuse), so Electron's kind of child process runs scripts. */
export const runInUtilityProcess: RunScript = (script, args, { timeoutMs, signal }) =>
  new Promise((resolve) => {
    const child = utilityProcess.fork(script, [...args], {
      ...{ stdio: 'ignore', serviceName: 'Fieldmark trial' },
    })
    const stop = () => void child.kill()
    const patience = setTimeout(stop, timeoutMs)
    signal.addEventListener('abort', stop)
    child.once('exit', () => {
      clearTimeout(patience)
      signal.removeEventListener('abort', stop)
      resolve()
    })
  })
