import type { Raster, RasterMessage, RasterPicture } from './raster-messages.ts'
import { ShapeRaster } from './shape-raster.ts'

/** Where there is a worker the shapes are rasterised in it, otherwise on this thread in slices between frames. */
export function createRaster(): Raster {
  if (typeof Worker === 'undefined') return new SlicedRaster()
  const worker = new Worker(new URL('./raster.worker.ts', import.meta.url), { type: 'module' })
  return new WorkerRaster(worker)
}

class WorkerRaster implements Raster {
  onPicture: (picture: RasterPicture) => void = () => {}
  readonly #worker: Worker

  constructor(worker: Worker) {
    this.#worker = worker
    worker.onmessage = ({ data }: MessageEvent<RasterPicture>) => this.onPicture(data)
  }

  post(message: RasterMessage): void {
    this.#worker.postMessage(message, transferables(message))
  }

  destroy(): void {
    this.#worker.terminate()
  }
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
  #wanted: Extract<RasterMessage, { kind: 'paint' }> | null = null
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
