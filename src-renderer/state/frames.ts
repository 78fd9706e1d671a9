import type { FrameIndex } from '#shared/domain/ids.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import type { DeepPicture } from './picture/tone.ts'
import { WeightedLru } from './weighted-lru.ts'

/** A frame's picture, decoded, or why there is none. */
export type Picture =
  | {
      readonly kind: 'ready'
      readonly bitmap: ImageBitmap
      /** Image pixels of the frame, upright. A stand-in's bitmap has fewer. */
      readonly width: number
      readonly height: number
      /** False for a small stand-in, shown while a person races through a video. */
      readonly exact: boolean
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

/**
 * `exact`: the frame's pixels. `quick`: whatever shows the same frame soonest. `play`: good enough for the moment it is seen while
 * a video plays. The latter two may be the exact picture, too.
 */
export type Pace = 'exact' | 'quick' | 'play'

export interface FrameLoaderDeps {
  /** Rejects only with an AbortError, or when the core cannot be reached. */
  load(frame: FrameIndex, signal: AbortSignal, pace: Pace): Promise<Picture>
}

/** Decoded pixels kept: about thirty 1080p frames. Half of the renderer's 500 MB. */
const BUDGET_BYTES = 256 * 1024 * 1024
/** Of it, for stand-ins: about twenty halved 1080p frames. */
const QUICK_BYTES = 48 * 1024 * 1024
const PROBLEM_BYTES = 1024
const AT_ONCE = 3
const MOST_AHEAD = 12
const RETRY_MS = 500

const NOTHING = { frames: [], pace: 'play' } as const

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
  /** Stand-ins of frames whose exact picture is not here. */
  readonly #quick: WeightedLru<FrameIndex, Picture>
  readonly #loading = new Map<FrameIndex, Loading>()
  /** Under way for a video that plays. */
  readonly #playing = new Set<FrameIndex>()
  #toPlay: { readonly frames: readonly FrameIndex[]; readonly pace: Pace } = NOTHING
  /** Of one stand-in; null where what plays is exact, as pictures and small videos are. */
  #playBytes: number | null = null
  readonly #quickBudget: number
  #wanted: readonly FrameIndex[] = []
  #urgent: FrameIndex | null = null
  #pictureBytes = 1920 * 1080 * 4

  #latencyMs = 50
  #notBefore = 0
  readonly #budget: number
  readonly #open = new AbortController()
  #closed = false

  constructor(deps: FrameLoaderDeps, budgetBytes = BUDGET_BYTES) {
    const quickBytes = Math.min(QUICK_BYTES, budgetBytes / 4)
    this.#deps = deps
    this.#budget = budgetBytes - quickBytes
    this.#cache = new WeightedLru(this.#budget, close)
    this.#quickBudget = quickBytes
    this.#quick = new WeightedLru(quickBytes, close)
  }

  /** The picture when it is decoded already: no await, so a prefetched frame shows in the same task. */
  peek(frame: FrameIndex): Picture | undefined {
    return this.#cache.get(frame)
  }

  /** What there is of the frame: its exact picture, else a stand-in of it. */
  peekAny(frame: FrameIndex): Picture | undefined {
    return this.#cache.get(frame) ?? this.#quick.get(frame)
  }

  /**
   * The picture of a frame the person asked for. What is not wanted beside it is cancelled; the frames `beyond` it are, too,
   * but where they are under way they go on: with a key held down they are next.
   */
  async get(frame: FrameIndex, beyond: readonly FrameIndex[] = []): Promise<Picture> {
    const known = this.#cache.get(frame)
    if (known) return known
    this.#urgent = frame
    this.#toPlay = NOTHING
    this.#cancelExcept([frame, ...beyond])
    try {
      return await this.#load(frame).promise
    } finally {
      if (this.#urgent === frame) this.#urgent = null
    }
  }

  /** What shows `frame` soonest: its exact picture where it is here, else a stand-in of it. Nothing else is cancelled. */
  async getQuick(frame: FrameIndex): Promise<Picture> {
    const known = this.#cache.get(frame) ?? this.#quick.get(frame)
    if (known) return known
    const picture = await this.#deps.load(frame, this.#open.signal, 'quick')
    // Since then it may have come both ways.
    const better = this.#cache.get(frame) ?? this.#quick.get(frame)
    if (better) {
      close(picture)
      return better
    }
    if (isExact(picture)) this.#keep(frame, picture)
    else this.#quick.set(frame, picture, bytesOf(picture))
    return picture
  }

  /** `frame` is on screen, reached by a jump of `stride` frames (negative = backwards): prepare its neighbours. */
  lookAround(frame: FrameIndex, stride: number, range: FrameRange): void {
    this.#toPlay = NOTHING
    this.#pin(frame)
    this.#wanted = planAhead(frame, stride, range, Math.min(this.room, MOST_AHEAD))
    this.#cancelExcept([frame, ...this.#wanted])
    this.#fill()
  }

  /**
   * `shown` is on screen while a video plays: prepare these, the first one first. What is under way is never cancelled: it is
   * too late for its own moment at most, and still the next best thing to show.
   */
  prepare(shown: FrameIndex, frames: readonly FrameIndex[], pace: Pace): void {
    this.#pin(shown)
    this.#wanted = []
    this.#toPlay = { frames, pace }
    this.#fillPlaying()
  }

  #fillPlaying(): void {
    for (const frame of this.#toPlay.frames) {
      if (this.#playing.size + this.#loading.size >= AT_ONCE) return
      if (this.peekAny(frame) || this.#playing.has(frame) || this.#loading.has(frame)) continue
      if (performance.now() < this.#notBefore) return
      void this.#loadToPlay(frame, this.#toPlay.pace)
    }
  }

  /** What fails here is asked for once more with the next look ahead. */
  async #loadToPlay(frame: FrameIndex, pace: Pace): Promise<void> {
    const begun = performance.now()
    this.#playing.add(frame)
    try {
      const picture = await this.#deps.load(frame, this.#open.signal, pace)
      this.#latencyMs += (performance.now() - begun - this.#latencyMs) / 4
      this.#playBytes = isExact(picture) ? null : bytesOf(picture)
      if (this.#closed || this.peekAny(frame)) close(picture)
      else if (isExact(picture)) this.#keep(frame, picture)
      else this.#quick.set(frame, picture, bytesOf(picture))
    } catch (error) {
      if (error instanceof TypeError) this.#notBefore = performance.now() + RETRY_MS
    }
    this.#playing.delete(frame)
    if (!this.#closed) this.#fillPlaying()
  }

  /** How many frames can be held ready while a video plays. */
  get roomToPlay(): number {
    if (this.#playBytes === null) return this.room
    return Math.max(1, Math.floor(this.#quickBudget / this.#playBytes) - 1)
  }

  /** How long a picture takes from being asked for, on average of late. */
  get latencyMs(): number {
    return this.#latencyMs
  }

  /** How many decoded frames have room beside the one on screen. */
  get room(): number {
    return Math.max(1, Math.floor(this.#budget / this.#pictureBytes) - 1)
  }

  /** Forget frames that had no picture: their files may have been mended or found again. */
  forgetProblems(): void {
    for (const [frame, picture] of this.#cache.entries())
      if (picture.kind === 'problem') this.#cache.delete(frame)
    for (const [frame, picture] of this.#quick.entries())
      if (picture.kind === 'problem') this.#quick.delete(frame)
  }

  /**
   * Pictures are to be shown another way: all are forgotten but the one shown, which stays until its successor is there.
   * @returns the shown frame's new picture
   */
  async renew(shown: FrameIndex): Promise<Picture> {
    this.#wanted = []
    this.#cancelExcept([])
    for (const [frame] of this.#cache.entries()) if (frame !== shown) this.#cache.delete(frame)
    for (const [frame] of this.#quick.entries()) if (frame !== shown) this.#quick.delete(frame)
    return this.#load(shown).promise
  }

  close(): void {
    this.#wanted = []
    this.#toPlay = NOTHING
    this.#closed = true
    this.#open.abort()
    this.#cancelExcept([])
    this.#cache.clear()
    this.#quick.clear()
  }

  #pin(frame: FrameIndex): void {
    this.#cache.pin(frame)
    this.#quick.pin(frame)
  }

  #fill(): void {
    if (this.#urgent !== null || performance.now() < this.#notBefore) return
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
    const begun = performance.now()
    const promise = this.#deps.load(frame, abort.signal, 'exact').then((picture) => {
      this.#keep(frame, picture)
      this.#latencyMs += (performance.now() - begun - this.#latencyMs) / 4
      return picture
    })
    const loading = { promise, abort }
    this.#loading.set(frame, loading)
    const done = () => {
      if (this.#loading.get(frame) === loading) this.#loading.delete(frame)
      this.#fill()
    }
    promise.then(done, (error: unknown) => {
      // The core is away: asking at once again would keep the page busy with nothing.
      if (!abort.signal.aborted && error instanceof TypeError)
        this.#notBefore = performance.now() + RETRY_MS
      done()
    })
    return loading
  }

  #keep(frame: FrameIndex, picture: Picture): void {
    if (this.#closed) {
      close(picture)
      throw new DOMException('The task was closed', 'AbortError')
    }
    if (picture.kind === 'ready') this.#pictureBytes = bytesOf(picture)
    this.#cache.set(frame, picture, bytesOf(picture))
  }

  #cancelExcept(frames: readonly FrameIndex[]): void {
    for (const [frame, { abort }] of this.#loading) {
      if (frames.includes(frame)) continue
      this.#loading.delete(frame)
      abort.abort()
    }
  }
}

function close(picture: Picture): void {
  if (picture.kind === 'ready') picture.bitmap.close()
}

function bytesOf(picture: Picture): number {
  return picture.kind === 'ready' ? picture.bitmap.width * picture.bitmap.height * 4 : PROBLEM_BYTES
}

const isExact = (picture: Picture): boolean => picture.kind === 'problem' || picture.exact

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
