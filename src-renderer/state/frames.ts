import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import type { Adjuster } from './picture/adjuster.ts'
import { DEEP_TYPE, type DeepPicture, readDeep, type Tone } from './picture/tone.ts'
import { isUnreachable, problemOf, problemOfBody } from './problems.ts'
import { WeightedLru } from './weighted-lru.ts'

/** A frame's picture, decoded, or why there is none. */
export type Picture =
  | {
      readonly kind: 'ready'
      readonly bitmap: ImageBitmap
      /** The values a deep picture was shown from; left out for any other. */
      readonly range?: ValueRange
    }
  | { readonly kind: 'problem'; readonly problem: ErrorBody }

/** In the picture's own units: what it could hold, and what really occurs in it. */
export type ValueRange = Pick<DeepPicture, 'min' | 'max' | 'least' | 'most'>

export interface FrameRange {
  readonly start: FrameIndex
  /** Inclusive. */
  readonly stop: FrameIndex
}

export interface FrameLoaderDeps {
  /** Rejects only with an AbortError, or when the core cannot be reached. */
  load(frame: FrameIndex, signal: AbortSignal): Promise<Picture>
}

/** Decoded pixels kept: about thirty 1080p frames. Half of the renderer's 500 MB. */
const BUDGET_BYTES = 256 * 1024 * 1024
const PROBLEM_BYTES = 1024
const AT_ONCE = 3
const MOST_AHEAD = 12

interface Loading {
  readonly promise: Promise<Picture>
  readonly abort: AbortController
}

/**
 * Decoded frames around the one on screen. Look-ahead goes both ways, first the way the person travels and by the
 * stride they travel with; loads nobody wants any more are cancelled, so fast scrubbing does not queue up work.
 */
export class FrameLoader {
  readonly #deps: FrameLoaderDeps
  readonly #cache: WeightedLru<FrameIndex, Picture>
  readonly #loading = new Map<FrameIndex, Loading>()
  #wanted: FrameIndex[] = []
  #urgent: FrameIndex | null = null
  #pictureBytes = 1920 * 1080 * 4

  readonly #budget: number

  constructor(deps: FrameLoaderDeps, budgetBytes = BUDGET_BYTES) {
    this.#deps = deps
    this.#budget = budgetBytes
    this.#cache = new WeightedLru(budgetBytes, (picture) => {
      if (picture.kind === 'ready') picture.bitmap.close()
    })
  }

  /** The picture when it is decoded already: no await, so a prefetched frame shows in the same task. */
  peek(frame: FrameIndex): Picture | undefined {
    return this.#cache.get(frame)
  }

  /** The picture of a frame the person asked for; everything not wanted beside it is cancelled. */
  async get(frame: FrameIndex): Promise<Picture> {
    const known = this.#cache.get(frame)
    if (known) return known
    this.#urgent = frame
    this.#cancelExcept([frame])
    try {
      return await this.#load(frame).promise
    } finally {
      if (this.#urgent === frame) this.#urgent = null
    }
  }

  /** `frame` is on screen, reached by a jump of `stride` frames (negative = backwards): prepare its neighbours. */
  lookAround(frame: FrameIndex, stride: number, range: FrameRange): void {
    this.#cache.pin(frame)
    const room = Math.floor(this.#budget / this.#pictureBytes) - 1
    this.#wanted = planAhead(frame, stride, range, Math.max(1, Math.min(room, MOST_AHEAD)))
    this.#cancelExcept([frame, ...this.#wanted])
    this.#fill()
  }

  /** Forget frames that had no picture: their files may have been mended or found again. */
  forgetProblems(): void {
    for (const [frame, picture] of this.#cache.entries())
      if (picture.kind === 'problem') this.#cache.delete(frame)
  }

  /**
   * Pictures are to be shown another way: all are forgotten but the one shown, which stays until its successor is there.
   * @returns the shown frame's new picture
   */
  async renew(shown: FrameIndex): Promise<Picture> {
    this.#wanted = []
    this.#cancelExcept([])
    for (const [frame] of this.#cache.entries()) if (frame !== shown) this.#cache.delete(frame)
    return this.#load(shown).promise
  }

  close(): void {
    this.#wanted = []
    this.#cancelExcept([])
    this.#cache.clear()
  }

  #fill(): void {
    if (this.#urgent !== null) return
    for (const frame of this.#wanted) {
      if (this.#loading.size >= AT_ONCE) return
      if (this.#cache.has(frame) || this.#loading.has(frame)) continue
      // A failed look-ahead is silent: the frame is asked for again when it is really wanted.
      this.#load(frame).promise.catch(() => undefined)
    }
  }

  #load(frame: FrameIndex): Loading {
    const running = this.#loading.get(frame)
    if (running) return running
    const abort = new AbortController()
    const promise = this.#deps.load(frame, abort.signal).then((picture) => {
      this.#keep(frame, picture)
      return picture
    })
    const loading = { promise, abort }
    this.#loading.set(frame, loading)
    const done = () => {
      if (this.#loading.get(frame) === loading) this.#loading.delete(frame)
      this.#fill()
    }
    promise.then(done, done)
    return loading
  }

  #keep(frame: FrameIndex, picture: Picture): void {
    if (picture.kind === 'ready')
      this.#pictureBytes = picture.bitmap.width * picture.bitmap.height * 4
    const weight = picture.kind === 'ready' ? this.#pictureBytes : PROBLEM_BYTES
    this.#cache.set(frame, picture, weight)
  }

  #cancelExcept(frames: readonly FrameIndex[]): void {
    for (const [frame, { abort }] of this.#loading) {
      if (frames.includes(frame)) continue
      this.#loading.delete(frame)
      abort.abort()
    }
  }
}

/**
 * Which frames to prepare, most likely first: two the way of travel, one back, two more ahead, one back …
 * A stride other than ±1 (V and C) adds the next landing places first.
 */
export function planAhead(
  frame: FrameIndex,
  stride: number,
  range: FrameRange,
  count: number,
): FrameIndex[] {
  const way = stride < 0 ? -1 : 1
  const offsets: number[] = Math.abs(stride) > 1 ? [stride, 2 * stride] : []
  for (let ahead = 1, back = 1; offsets.length < count + 4; ahead += 2, back += 1)
    offsets.push(way * ahead, way * (ahead + 1), -way * back)
  const frames = offsets.map((offset) => frame + offset)
  const inside = frames.filter((at) => at >= range.start && at <= range.stop && at !== frame)
  return [...new Set(inside)].slice(0, count)
}

/** Loads pictures from the core's `/frames` door, decodes them off the main thread and gives them the tone in force. */
export function httpPictures(
  taskId: TaskId,
  adjuster: Pick<Adjuster, 'adjust'>,
  toneNow: () => Tone,
): FrameLoaderDeps {
  return {
    async load(frame, signal) {
      const tone = toneNow()
      const quality = tone.window ? 'deep' : 'display'
      const response = await fetch(`/frames/${taskId}/${frame}?quality=${quality}`, { signal })
      if (!response.ok) return { kind: 'problem', problem: await refusal(response) }
      try {
        const picture = await toned(response, tone, adjuster)
        if (signal.aborted) picture.bitmap.close()
        signal.throwIfAborted()
        return { kind: 'ready', ...picture }
      } catch (error) {
        if (signal.aborted || (isUnreachable(error) && error instanceof TypeError)) throw error
        return { kind: 'problem', problem: { ...problemOf(error), code: 'IMAGE_UNREADABLE' } }
      }
    },
  }
}

async function toned(
  response: Response,
  tone: Tone,
  adjuster: Pick<Adjuster, 'adjust'>,
): Promise<{ bitmap: ImageBitmap; range?: ValueRange }> {
  if (response.headers.get('Content-Type') === DEEP_TYPE) {
    const buffer = await response.arrayBuffer()
    const { min, max, least, most } = readDeep(buffer)
    return { bitmap: await adjuster.adjust(buffer, tone), range: { min, max, least, most } }
  }
  const plain = await createImageBitmap(await response.blob(), { imageOrientation: 'from-image' })
  return { bitmap: tone.equalize === 'off' ? plain : await adjuster.adjust(plain, tone) }
}

async function refusal(response: Response): Promise<ErrorBody> {
  const fallback = `${response.status} ${response.statusText}`
  try {
    return problemOfBody(await response.json(), fallback)
  } catch {
    // The body was no JSON: the status line is all there is to say.
    return problemOfBody(null, fallback)
  }
}
