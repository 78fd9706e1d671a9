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

/** Where the picture of a frame is: an address, and which of the equal tiles side by side it has. */
export interface Tile {
  readonly address: string
  readonly at: number
  readonly count: number
}

const TILES_A_STRIP = 8
/** Frames closer than this are shown one by one, exactly; a strip may stand in with the video's keyframe before. */
const STRIP_STEP = 4

/** Marks the address of a picture made while the video is still being read: it may be of another frame, and is asked for again after. */
const EARLY = '&early'

interface TileTask {
  readonly taskId: TaskId
  readonly size: number
  readonly isVideo: boolean
  /** The video's index is certain. */
  readonly isRead: boolean
}

/** A video's pictures come eight at a time where they are some frames apart: one request decodes once from front to back. */
export function tileOf(task: TileTask, frame: number, step: number): Tile {
  const tile = finalTile(task, frame, step)
  return task.isVideo && !task.isRead ? { ...tile, address: `${tile.address}${EARLY}` } : tile
}

function finalTile({ taskId, size, isVideo }: TileTask, frame: number, step: number): Tile {
  const task = `/frames/${taskId}`
  if (!isVideo || step < STRIP_STEP)
    return { address: `${task}/${frame}?quality=thumbnail`, at: 0, count: 1 }
  const room = TILES_A_STRIP * step
  const from = Math.floor(frame / room) * room
  const to = Math.min(size, from + room) - 1
  const count = Math.ceil((to - from + 1) / step)
  const address = `${task}/strip?from=${from}&to=${to}&count=${count}`
  return { address, at: Math.min(count - 1, Math.floor((frame - from) / step)), count }
}

export interface ThumbScene {
  readonly view: TimeView
  readonly width: number
  readonly size: number
  /** Width by height of a picture. */
  readonly aspect: number
  readonly isVideo: boolean
  readonly isRead: boolean
  /** The colour of what is not there yet. */
  readonly empty: string
}

/** Small pictures above the ruler. What is scrolled away before it came is not asked for any more. */
export class Thumbs {
  readonly #taskId: TaskId
  readonly #arrived: () => void
  readonly #images = new Map<string, HTMLImageElement>()
  readonly #wishes = new Map<string, () => void>()

  constructor(taskId: TaskId, arrived: () => void) {
    this.#taskId = taskId
    this.#arrived = arrived
  }

  paint(ctx: CanvasRenderingContext2D, scene: ThumbScene): void {
    const { view, width, size } = scene
    const pictureWidth = THUMB_PX * scene.aspect + 1
    const frames = thumbFrames(view, width, size, pictureWidth)
    const step = thumbStep(pictureWidth / view.perFrame)
    const { isVideo, isRead } = scene
    const task = { taskId: this.#taskId, size, isVideo, isRead }
    const tiles = frames.map((frame) => tileOf(task, frame, step))
    this.#want(new Set(tiles.map(({ address }) => address)))
    for (const [at, frame] of frames.entries()) {
      const x = xOf(view, frame)
      const room = Math.max(1, xOf(view, frames[at + 1] ?? size) - x - 1)
      const tile = tiles[at]
      const image = tile && this.#imageOf(tile)
      if (image) cover(ctx, image, tile, { x, width: room })
      else {
        ctx.fillStyle = scene.empty
        ctx.fillRect(x, 1, room, THUMB_PX)
      }
    }
  }

  /** Until the one that is certain comes, the early one stays. */
  #imageOf({ address }: Tile): HTMLImageElement | undefined {
    return this.#images.get(address) ?? this.#images.get(`${address}${EARLY}`)
  }

  close(): void {
    for (const stop of this.#wishes.values()) stop()
    this.#wishes.clear()
    this.#images.clear()
  }

  #want(wanted: ReadonlySet<string>): void {
    for (const [address, stop] of this.#wishes) {
      if (wanted.has(address)) continue
      stop()
      this.#wishes.delete(address)
    }
    for (const address of wanted) {
      const known = this.#images.get(address)
      if (known) {
        this.#images.delete(address)
        this.#images.set(address, known)
      } else if (!this.#wishes.has(address)) this.#ask(address)
    }
  }

  #ask(address: string): void {
    const take = () => {
      this.#wishes.delete(address)
      const picture = smallPictures.peek(address)
      if (typeof picture === 'object') this.#load(address, picture.url)
    }
    if (smallPictures.peek(address)) take()
    else this.#wishes.set(address, smallPictures.want(address, take))
  }

  #load(address: string, url: string): void {
    const image = new Image()
    image.src = url
    // Decoded beside the page's thread: drawn as it comes, each would hold up the panning that asked for it.
    image.decode().then(
      () => {
        this.#images.set(address, image)
        for (const oldest of this.#images.keys()) {
          if (this.#images.size <= KEPT) break
          this.#images.delete(oldest)
        }
        this.#arrived()
      },
      () => undefined,
    )
  }
}

/** The tile fills its place; what does not fit is cut off evenly. */
function cover(
  ctx: CanvasRenderingContext2D,
  image: HTMLImageElement,
  { at, count }: Tile,
  { x, width }: { x: number; width: number },
): void {
  const [tileWidth, tileHeight] = [image.naturalWidth / count, image.naturalHeight]
  const scale = Math.max(width / tileWidth, THUMB_PX / tileHeight)
  const [w, h] = [width / scale, THUMB_PX / scale]
  const [left, top] = [at * tileWidth + (tileWidth - w) / 2, (tileHeight - h) / 2]
  ctx.drawImage(image, left, top, w, h, x, 1, width, THUMB_PX)
}
