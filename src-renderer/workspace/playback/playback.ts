import type { FrameRange } from '#renderer/state/frames.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { PlayClock, type Way } from './clock.ts'
import type { FrameTimes } from './frame-times.ts'

/** What playing needs of the open document, its pictures and the clock on the wall. */
export interface PlaybackDeps {
  readonly range: FrameRange
  readonly times: FrameTimes
  /** The frame on screen. */
  shown(): FrameIndex
  /** Deleted frames are passed over. */
  isLive(frame: FrameIndex): boolean
  isReady(frame: FrameIndex): boolean
  /** Show a frame that is ready. False when it cannot be played past: it has no picture. */
  show(frame: FrameIndex): boolean
  /** Have these decoded, the first one first. */
  prepare(frames: readonly FrameIndex[]): void
  /** How many frames can be held ready. */
  room(): number
  /** Milliseconds a frame takes from being asked for. */
  latencyMs(): number
  nowMs(): number
  /** Played to the end, or onto a frame without a picture. */
  ended(): void
  /** Nothing came for so long that the frame had better be asked for by name, which tells what is wrong. */
  stuck(frame: FrameIndex): void
}

export interface PlayMode {
  readonly way: Way
  /** 1 = as the video was taken. */
  readonly speed: number
  /** No frame is dropped, however long it takes. */
  readonly everyFrame: boolean
  /** Frames to repeat; null plays once to the end. */
  readonly loop: FrameRange | null
}

/** More than this a second are not seen, and every one costs a transfer. */
const MOST_SHOWN_A_SECOND = 30
const MOST_AHEAD = 24
/** Time does not run on while nothing comes for so long, so that playing goes on where it stopped. */
const HOLD_MS = 800
const STUCK_MS = 4000

/**
 * Plays: on each `tick` (the display's rate) shows the newest frame that is due and ready, and asks for those to come.
 * What is not ready in its time is dropped; what is on its way is asked for in time to arrive in time.
 */
export class Playback {
  readonly #deps: PlaybackDeps
  readonly #mode: PlayMode
  readonly #clock: PlayClock
  readonly #range: FrameRange
  #progressMs: number
  #shownCount = 0
  #droppedCount = 0

  constructor(deps: PlaybackDeps, mode: PlayMode) {
    this.#deps = deps
    this.#mode = mode
    this.#range = mode.loop ?? deps.range
    const nowMs = deps.nowMs()
    this.#progressMs = nowMs
    const { way, speed } = mode
    this.#clock = new PlayClock(deps.times, { way, speed, frame: deps.shown(), nowMs })
  }

  /** Frames shown and frames passed over since the beginning. */
  get counts(): { readonly shown: number; readonly dropped: number } {
    return { shown: this.#shownCount, dropped: this.#droppedCount }
  }

  tick(): void {
    const now = this.#deps.nowMs()
    const from = this.#deps.shown()
    const next = this.#after(from)
    if (next === null) {
      // The last frame is seen as long as any other before playing ends or begins anew.
      if (now >= this.#clock.momentOf(from + this.#mode.way)) this.#atEnd(now)
      else this.#prepareFrom(now, from)
      return
    }
    this.#advance(from, next, now)
    this.#prepareFrom(now, this.#deps.shown())
  }

  #advance(from: FrameIndex, next: FrameIndex, now: number): void {
    const beside = from + this.#mode.way
    const moment = this.#clock.momentOf(beside)
    if (moment > now + 1) {
      this.#progressMs = now
      return
    }
    // Deleted frames take no time.
    if (next !== beside) this.#clock.anchor(next, moment)
    const due = this.#mode.everyFrame ? next : this.#within(this.#clock.dueAt(now))
    const frame = this.#newestReady(next, due)
    if (frame !== null) this.#show(frame, from, now)
    else this.#wait(next, now)
  }

  #show(frame: FrameIndex, from: FrameIndex, now: number): void {
    const late = now - this.#clock.momentOf(frame)
    this.#droppedCount += this.#liveBetween(from, frame)
    this.#shownCount += 1
    this.#progressMs = now
    // Every frame its own length, also when it came late.
    if (this.#mode.everyFrame && late > 0) this.#clock.anchor(frame, now)
    if (!this.#deps.show(frame)) this.#deps.ended()
  }

  /** Nothing that is due has come yet. */
  #wait(next: FrameIndex, now: number): void {
    const waited = now - this.#progressMs
    if (waited > HOLD_MS) this.#clock.anchor(next, now)
    if (waited > STUCK_MS) this.#deps.stuck(next)
  }

  #atEnd(now: number): void {
    const { loop, way } = this.#mode
    const begin = loop && this.#liveFrom(way === 1 ? loop.start : loop.stop)
    if (begin === null) {
      this.#deps.ended()
      return
    }
    if (!this.#deps.isReady(begin)) {
      this.#deps.prepare(this.#following(begin, 1))
      this.#wait(begin, now)
      return
    }
    this.#clock.anchor(begin, now)
    this.#progressMs = now
    this.#shownCount += 1
    if (!this.#deps.show(begin)) this.#deps.ended()
  }

  /** The ready frame nearest to the one due, not before `next`. */
  #newestReady(next: FrameIndex, due: FrameIndex): FrameIndex | null {
    const { way } = this.#mode
    for (let at = due; (at - next) * way >= 0; at -= way)
      if (this.#deps.isLive(at) && this.#deps.isReady(at)) return at
    return null
  }

  #prepareFrom(now: number, shown: FrameIndex): void {
    const { everyFrame, way } = this.#mode
    const first = this.#after(shown)
    const inTime = this.#within(this.#clock.dueAt(now + this.#deps.latencyMs()))
    const start = first === null ? null : everyFrame || (inTime - first) * way < 0 ? first : inTime
    this.#deps.prepare(this.#following(start, this.#stride(now)))
  }

  /** Frames to hold ready from `start` on; through the loop's seam where there is one. */
  #following(start: FrameIndex | null, stride: number): FrameIndex[] {
    const { loop, way } = this.#mode
    const most = Math.min(MOST_AHEAD, this.#deps.room())
    const frames: FrameIndex[] = []
    let at = start
    let hasTurned = false
    while (frames.length < most) {
      if (at === null || at < this.#range.start || at > this.#range.stop) {
        if (!loop || hasTurned) break
        hasTurned = true
        at = way === 1 ? loop.start : loop.stop
      }
      if (this.#deps.isLive(at)) frames.push(at)
      at += way * stride
    }
    return frames
  }

  /** At high speeds only so many frames are asked for as can be seen. */
  #stride(now: number): number {
    if (this.#mode.everyFrame || this.#mode.speed <= 1) return 1
    const aSecond = Math.abs(this.#clock.dueAt(now + 1000) - this.#clock.dueAt(now))
    return Math.max(1, Math.round(aSecond / MOST_SHOWN_A_SECOND))
  }

  #within(frame: FrameIndex): FrameIndex {
    return Math.max(this.#range.start, Math.min(this.#range.stop, frame))
  }

  /** The frame that follows; null at the end. */
  #after(frame: FrameIndex): FrameIndex | null {
    return this.#liveFrom(frame + this.#mode.way)
  }

  #liveFrom(frame: FrameIndex): FrameIndex | null {
    for (let at = frame; at >= this.#range.start && at <= this.#range.stop; at += this.#mode.way)
      if (this.#deps.isLive(at)) return at
    return null
  }

  #liveBetween(from: FrameIndex, to: FrameIndex): number {
    let count = 0
    for (let at = from + this.#mode.way; (to - at) * this.#mode.way > 0; at += this.#mode.way)
      if (this.#deps.isLive(at)) count += 1
    return count
  }
}
