/**
 * The threads of this process, and how it ends while they are there.
 *
 * A thread that has loaded native code is never terminated: Node then fails every call that code makes, and the binding of
 * FFmpeg, like any made with node-addon-api, answers that by ending the whole process. So a thread is asked to end, and
 * ends between two pieces of work. `process.exit` terminates as well, and waits for a thread that hangs in the system (a
 * network drive) for as long as it hangs: what ends this process comes by `leaveProcess`.
 */
import { Worker, type WorkerOptions } from 'node:worker_threads'

const living = new Set<Worker>()
const leaving = new Set<Worker>()
/** What was asked of a thread before was cancelled already: this is for ending, and for loading what it needs. */
const PATIENCE_MS = 2000

/** A thread this module knows of. Whoever starts one asks it to end. */
export function startWorker(url: URL, options?: WorkerOptions): Worker {
  const worker = new Worker(url, options)
  living.add(worker)
  worker.once('exit', () => {
    living.delete(worker)
    leaving.delete(worker)
  })
  return worker
}

/** @param message  what the thread takes as the word to end, once it has carried out what came before */
export function askToEnd(worker: Worker, message: unknown): void {
  if (!living.has(worker)) return
  leaving.add(worker)
  worker.postMessage(message)
}

/** Wait for the threads that were asked to end. @returns whether all of them did in time */
export async function threadsEnded(patienceMs = PATIENCE_MS): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const ended = [...leaving].map((thread) => new Promise((resolve) => thread.once('exit', resolve)))
  try {
    return await Promise.race([Promise.all(ended).then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * End the process now, whatever its threads do; the store must be closed, or safe to be left as it is.
 * @param exit  how it ends when no thread is left
 */
export function leaveProcess(code: number, exit: (code: number) => void = process.exit): void {
  if (living.size === 0) {
    exit(code)
    return
  }
  // Another program in our place: the system ends our threads, and whoever called us still gets the code.
  if (process.platform !== 'win32' && typeof process.execve === 'function')
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`])
  process.kill(process.pid, 'SIGKILL')
}
