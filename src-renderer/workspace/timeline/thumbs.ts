import type { TaskId } from '#shared/domain/ids.ts'
import { smallPictures } from '../frames/small-pictures.ts'
import { type TimeView, timeAt, xOf } from './time-view.ts'

/** CSS pixels, with the room below. */
export const THUMBS_PX = 46
const THUMB_PX = 42
const KEPT = 400

/** The frames whose pictures are shown: as many as have room, and the same ones however the view is moved. */
export function thumbFrames(
  view: TimeView,
  width: number,
  size: number,
  pictureWidth: number,
): number[] {
  const step = thumbStep(pictureWidth / view.perFrame)
  const first = Math.max(0, Math.floor(view.first / step) * step)
  const last = Math.min(size - 1, timeAt(view, width))
  const frames: number[] = []
  for (let frame = first; frame <= last; frame += step) frames.push(frame)
  return frames
}

/** 1, 2, 3, 4, 6, 8, 12 … frames: few steps, so that zooming asks for few pictures, and never half as many as have room. */
export function thumbStep(least: number): number {
  const double = 2 ** Math.max(0, Math.ceil(Math.log2(least)))
  return double >= 4 && (double * 3) / 4 >= least ? (double * 3) / 4 : double
}

/**
 * Small pictures above the ruler. What is scrolled away before it came is not asked for any more; what is not there yet
 * is stood in for by the nearest one that is.
 */
export class Thumbs {
  readonly #taskId: TaskId
  readonly #arrived: () => void
  readonly #images = new Map<number, HTMLImageElement>()
  readonly #wishes = new Map<number, () => void>()

  constructor(taskId: TaskId, arrived: () => void) {
    this.#taskId = taskId
    this.#arrived = arrived
  }

  paint(
    ctx: CanvasRenderingContext2D,
    scene: { view: TimeView; width: number; size: number; aspect: number; empty: string },
  ): void {
    const pictureWidth = THUMB_PX * scene.aspect
    const frames = thumbFrames(scene.view, scene.width, scene.size, pictureWidth + 1)
    this.#want(frames)
    for (const [at, frame] of frames.entries()) {
      const x = xOf(scene.view, frame)
      const room = xOf(scene.view, frames[at + 1] ?? scene.size) - x
      const width = Math.max(1, room - 1)
      const image = this.#images.get(frame)
      if (!image) {
        ctx.fillStyle = scene.empty
        ctx.fillRect(x, 1, width, THUMB_PX)
      } else cover(ctx, image, x, width)
    }
  }

  close(): void {
    for (const stop of this.#wishes.values()) stop()
    this.#wishes.clear()
    this.#images.clear()
  }

  #want(frames: readonly number[]): void {
    const wanted = new Set(frames)
    for (const [frame, stop] of this.#wishes) {
      if (wanted.has(frame)) continue
      stop()
      this.#wishes.delete(frame)
    }
    for (const frame of frames) {
      const known = this.#images.get(frame)
      if (known) {
        this.#images.delete(frame)
        this.#images.set(frame, known)
      } else if (!this.#wishes.has(frame)) this.#ask(frame)
    }
  }

  #ask(frame: number): void {
    const address = `/frames/${this.#taskId}/${frame}?quality=thumbnail`
    const take = () => {
      this.#wishes.delete(frame)
      const picture = smallPictures.peek(address)
      if (typeof picture === 'object') this.#load(frame, picture.url)
    }
    if (smallPictures.peek(address)) take()
    else this.#wishes.set(frame, smallPictures.want(address, take))
  }

  #load(frame: number, url: string): void {
    const image = new Image()
    image.onload = () => {
      this.#images.set(frame, image)
      for (const oldest of this.#images.keys()) {
        if (this.#images.size <= KEPT) break
        this.#images.delete(oldest)
      }
      this.#arrived()
    }
    image.src = url
  }
}

/** The picture fills its place; what does not fit is cut off evenly. */
function cover(
  ctx: CanvasRenderingContext2D,
  image: HTMLImageElement,
  x: number,
  width: number,
): void {
  const { naturalWidth, naturalHeight } = image
  const scale = Math.max(width / naturalWidth, THUMB_PX / naturalHeight)
  const [w, h] = [width / scale, THUMB_PX / scale]
  ctx.drawImage(image, (naturalWidth - w) / 2, (naturalHeight - h) / 2, w, h, x, 1, width, THUMB_PX)
}
