import type { PaintMessage, Raster, RasterMessage, RasterPicture } from './raster-messages.ts'

/** Numbers of all outlines together: a hundred boxes and more, or fifty polygons of twenty points. Painted in 2 or 3 ms. */
const MOST_NUMBERS = 4000

/** What paints on the page's own thread. */
export interface OwnRaster {
  apply(message: Exclude<RasterMessage, PaintMessage>): void
  paint(message: PaintMessage): Iterable<number>
  takePicture(ticket: number): RasterPicture | null
}

/**
 * Few shapes are painted at once, where they are: the way to the workers and back takes longer than painting them, and a new frame
 * of a video is to be on screen with its shapes within one beat of the display. More shapes go to the workers, who hear of
 * every change in either case and so can take over at any time.
 */
export class SmallScenesRaster implements Raster {
  onPicture: (picture: RasterPicture) => void = () => {}
  readonly #workers: Raster
  readonly #own: OwnRaster
  /** Not less than the scene holds; until it is made anew it only grows. */
  #numbers = 0

  constructor(workers: Raster, own: OwnRaster) {
    this.#workers = workers
    this.#own = own
    workers.onPicture = (picture) => this.onPicture(picture)
  }

  get #isSmall(): boolean {
    return this.#numbers <= MOST_NUMBERS
  }

  post(message: RasterMessage): void {
    if (message.kind === 'paint' && this.#isSmall) this.#paintHere(message)
    else {
      if (message.kind !== 'paint') this.#keep(message)
      this.#workers.post(message)
    }
  }

  destroy(): void {
    this.#workers.destroy()
  }

  #keep(message: Exclude<RasterMessage, PaintMessage>): void {
    if (message.kind === 'replace') this.#numbers = 0
    if (message.kind === 'replace' || message.kind === 'patch')
      this.#numbers += message.shapes.coordinates.length
    // A scene that has become large is not kept twice; the next one is given whole.
    if (this.#isSmall) this.#own.apply(structuredClone(message))
    else if (message.kind !== 'replace' && message.kind !== 'patch') this.#own.apply(message)
  }

  #paintHere(message: PaintMessage): void {
    for (const _ of this.#own.paint(message));
    const picture = this.#own.takePicture(message.ticket)
    // Whoever asked is not done asking yet.
    if (picture) queueMicrotask(() => this.onPicture(picture))
  }
}
