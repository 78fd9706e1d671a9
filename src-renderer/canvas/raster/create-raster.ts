import {
  type PaintMessage,
  type Raster,
  type RasterMessage,
  type RasterPicture,
  stripsOf,
  type WorkerMessage,
} from './raster-messages.ts'
import { ShapeRaster } from './shape-raster.ts'
import { SmallScenesRaster } from './small-scenes.ts'

/** Where there are workers many shapes are rasterised in them, otherwise on this thread in slices between frames. */
export function createRaster(): Raster {
  if (typeof Worker === 'undefined') return new SlicedRaster()
  return new SmallScenesRaster(new WorkerRaster(workerCount()), new ShapeRaster())
}

/** Each keeps all shapes, and beyond these the page, the compositor and the core want their processors. */
const MOST_WORKERS = 4

/** While the view moves, one processor is the page's own: with both of two taken, a zoom fell from 58 to 45 frames a second. */
const SPARED = Math.max(1, navigator.hardwareConcurrency - 1)

/** Two even on two processors: while they paint a still view nobody else has much to do (10,000 polygons: 133 ms, not 183). */
function workerCount(): number {
  const cores = navigator.hardwareConcurrency
  return Math.min(cores, MOST_WORKERS, Math.max(2, Math.floor(cores / 2)))
}

/** Each worker paints a strip of the view; the first one puts them together. */
class WorkerRaster implements Raster {
  onPicture: (picture: RasterPicture) => void = () => {}
  readonly #workers: readonly Worker[]

  constructor(count: number) {
    this.#workers = Array.from(
      { length: count },
      () => new Worker(new URL('./raster.worker.ts', import.meta.url), { type: 'module' }),
    )
    const [leader, ...helpers] = this.#workers
    if (!leader) return
    leader.onmessage = ({ data }: MessageEvent<RasterPicture>) => this.onPicture(data)
    const channels = helpers.map(() => new MessageChannel())
    const ports = channels.map(({ port1 }) => port1)
    tell(leader, { kind: 'lead', helpers: ports }, ports)
    helpers.forEach((helper, at) => {
      const port = channels[at]?.port2
      if (port) tell(helper, { kind: 'help', leader: port }, [port])
    })
  }

  post(message: RasterMessage): void {
    if (message.kind === 'paint') {
      const count = message.moving ? Math.min(this.#workers.length, SPARED) : this.#workers.length
      stripsOf(message.view, count).forEach((strip, at) => {
        const worker = this.#workers[at]
        if (worker) tell(worker, { ...message, strip, others: count - 1 }, [])
      })
      return
    }
    const [leader, ...helpers] = this.#workers
    // Copies for the others first: what is handed over is gone.
    for (const helper of helpers) tell(helper, message, [])
    if (leader) tell(leader, message, transferables(message))
  }

  destroy(): void {
    for (const worker of this.#workers) worker.terminate()
  }
}

function tell(worker: Worker, message: WorkerMessage, transfer: Transferable[]): void {
  worker.postMessage(message, transfer)
}

function transferables(message: RasterMessage): Transferable[] {
  if (message.kind !== 'replace' && message.kind !== 'patch') return []
  const { coordinates, heads, rotations } = message.shapes
  return [coordinates.buffer, heads.buffer, rotations.buffer]
}

const SLICE_MS = 8

class SlicedRaster implements Raster {
  onPicture: (picture: RasterPicture) => void = () => {}
  readonly #raster = new ShapeRaster()
  #pass: Generator<number, void> | null = null
  #wanted: PaintMessage | null = null
  #ticket = 0
  #frame = 0

  post(message: RasterMessage): void {
    if (message.kind !== 'paint') {
      this.#raster.apply(message)
      return
    }
    this.#wanted = message
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#slice())
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame)
  }

  #slice(): void {
    this.#frame = 0
    const end = performance.now() + SLICE_MS
    this.#begin()
    while (this.#pass && performance.now() < end) {
      if (this.#pass.next().done) this.#finish()
      else this.#raster.settle()
    }
    if (this.#pass || this.#wanted) this.#frame = requestAnimationFrame(() => this.#slice())
  }

  #begin(): void {
    if (this.#pass || !this.#wanted) return
    this.#pass = this.#raster.paint(this.#wanted)
    this.#ticket = this.#wanted.ticket
    this.#wanted = null
  }

  #finish(): void {
    this.#pass = null
    const picture = this.#raster.takePicture(this.#ticket)
    if (picture) this.onPicture(picture)
  }
}
