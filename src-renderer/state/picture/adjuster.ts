import type { AdjustAnswer, AdjustRequest } from './adjust.worker.ts'
import type { Tone } from './tone.ts'

/** Works on pictures in a thread of its own, so that stepping through frames stays smooth. */
export class Adjuster {
  #worker: Worker | null = null
  #ticket = 0
  readonly #waiting = new Map<
    number,
    { resolve: (bitmap: ImageBitmap) => void; reject: (error: Error) => void }
  >()

  /** The picture under this tone. `source` is handed over: a bitmap, or the bytes of a deep picture. */
  adjust(source: ImageBitmap | ArrayBuffer, tone: Tone): Promise<ImageBitmap> {
    const ticket = ++this.#ticket
    const request: AdjustRequest = { ticket, source, tone }
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject })
      this.#thread().postMessage(request, [source])
    })
  }

  close(): void {
    this.#worker?.terminate()
    for (const { reject } of this.#waiting.values())
      reject(new DOMException('The task was closed', 'AbortError'))
    this.#waiting.clear()
  }

  /** Started when a picture first needs it: most tasks never do. */
  #thread(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./adjust.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<AdjustAnswer>) => {
      const waiting = this.#waiting.get(data.ticket)
      this.#waiting.delete(data.ticket)
      if ('bitmap' in data) waiting?.resolve(data.bitmap)
      else waiting?.reject(new Error(data.problem))
    }
    this.#worker = worker
    return worker
  }
}
