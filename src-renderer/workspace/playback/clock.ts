import type { FrameIndex } from '#shared/domain/ids.ts'
import type { FrameTimes } from './frame-times.ts'

export type Way = 1 | -1

/**
 * Which frame is due. Time runs from an anchor, a frame shown at a moment, at `speed` and one way or the other; whoever
 * falls behind or changes the pace sets a new anchor.
 */
export class PlayClock {
  readonly #times: FrameTimes
  readonly #way: Way
  readonly #speed: number
  #anchor: { readonly frame: FrameIndex; readonly atMs: number }

  /** @param speed  1 = as the video was taken */
  constructor(
    times: FrameTimes,
    how: { way: Way; speed: number; frame: FrameIndex; nowMs: number },
  ) {
    this.#times = times
    this.#way = how.way
    this.#speed = how.speed
    this.#anchor = { frame: how.frame, atMs: how.nowMs }
  }

  /** The frame is on screen since `nowMs`: go on from there. */
  anchor(frame: FrameIndex, nowMs: number): void {
    this.#anchor = { frame, atMs: nowMs }
  }

  /** The frame that is to be on screen; may lie beyond the last one. Played backwards, a frame is due when its own time has come. */
  dueAt(nowMs: number): FrameIndex {
    const { frame, atMs } = this.#anchor
    const passed = Math.max(0, (nowMs - atMs) / 1000) * this.#speed
    const time = this.#times.timeOf(frame) + this.#way * passed
    const at = this.#times.frameAt(time)
    if (this.#way === 1) return Math.max(frame, at)
    // The earliest frame whose time has come on the way back.
    const due = this.#times.timeOf(at) >= time - 1e-9 ? at : at + 1
    return Math.min(frame, due)
  }

  /** When a frame's turn comes, as `nowMs`. */
  momentOf(frame: FrameIndex): number {
    const distance = this.#times.timeOf(frame) - this.#times.timeOf(this.#anchor.frame)
    return this.#anchor.atMs + ((distance * this.#way) / this.#speed) * 1000
  }
}
