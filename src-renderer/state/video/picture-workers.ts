import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Picture } from '../frames.ts'
import type { Tone } from '../picture/tone.ts'
import { problemOf, problemOfBody } from '../problems.ts'
import type { PictureAnswer, PictureRequest } from './picture-messages.ts'

/** What this needs of a Worker; tests have one of their own. */
export interface PictureThread {
  postMessage(request: PictureRequest): void
  onmessage: ((event: { data: PictureAnswer }) => void) | null
  terminate(): void
}

interface Waiting {
  readonly thread: PictureThread
  resolve(picture: Picture): void
  reject(error: unknown): void
}

/** One loads while the other converts; a third found nothing left to do. */
const MOST_THREADS = 2

/** Loads pictures in threads of their own. Bitmaps nobody waits for any more are closed. */
export class PictureWorkers {
  readonly #makeThread: () => PictureThread
  readonly #threads: PictureThread[] = []
  readonly #waiting = new Map<number, Waiting>()
  #ticket = 0

  constructor(makeThread: () => PictureThread = startThread) {
    this.#makeThread = makeThread
  }

  /** @throws AbortError when cancelled or closed; TypeError when the core cannot be reached */
  load(
    at: { readonly url: string; readonly frame: FrameIndex; readonly tone: Tone },
    signal: AbortSignal,
  ): Promise<Picture> {
    signal.throwIfAborted()
    const ticket = ++this.#ticket
    const thread = this.#leastBusy()
    const { equalize, claheClip } = at.tone
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { thread, resolve, reject })
      const cancel = () => {
        if (!this.#waiting.delete(ticket)) return
        thread.postMessage({ kind: 'cancel', ticket })
        reject(new DOMException('The frame is not wanted any more', 'AbortError'))
      }
      signal.addEventListener('abort', cancel, { once: true })
      thread.postMessage({ ...at, kind: 'load', ticket, tone: { equalize, claheClip } })
    })
  }

  close(): void {
    for (const thread of this.#threads) thread.terminate()
    for (const { reject } of this.#waiting.values())
      reject(new DOMException('The task was closed', 'AbortError'))
    this.#threads.length = 0
    this.#waiting.clear()
  }

  #leastBusy(): PictureThread {
    const busy = (thread: PictureThread) =>
      [...this.#waiting.values()].filter((one) => one.thread === thread).length
    const [idlest] = this.#threads.toSorted((a, b) => busy(a) - busy(b))
    if (idlest && (busy(idlest) === 0 || this.#threads.length === MOST_THREADS)) return idlest
    const thread = this.#makeThread()
    thread.onmessage = ({ data }) => this.#answered(data)
    this.#threads.push(thread)
    return thread
  }

  #answered(answer: PictureAnswer): void {
    const waiting = this.#waiting.get(answer.ticket)
    this.#waiting.delete(answer.ticket)
    if (!waiting) {
      // Cancelled while it was on its way over.
      if (answer.kind === 'ready') answer.bitmap.close()
      return
    }
    if (answer.kind === 'unreachable') waiting.reject(new TypeError(answer.problem))
    else if (answer.kind === 'cancelled')
      waiting.reject(new DOMException('The frame is not wanted any more', 'AbortError'))
    else waiting.resolve(pictureOf(answer))
  }
}

function pictureOf(
  answer: Extract<PictureAnswer, { kind: 'ready' | 'refused' | 'unreadable' }>,
): Picture {
  switch (answer.kind) {
    case 'ready': {
      const { bitmap, width, height, exact } = answer
      return { kind: 'ready', bitmap, width, height, exact }
    }
    case 'refused':
      return { kind: 'problem', problem: problemOfBody(answer.body, answer.status) }
    case 'unreadable': {
      const problem = problemOf(new Error(answer.problem))
      return { kind: 'problem', problem: { ...problem, code: 'IMAGE_UNREADABLE' } }
    }
  }
}

function startThread(): PictureThread {
  return new Worker(new URL('./picture.worker.ts', import.meta.url), {
    type: 'module',
  }) as unknown as PictureThread
}
