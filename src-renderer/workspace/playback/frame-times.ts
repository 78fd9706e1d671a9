import type { FrameIndex } from '#shared/domain/ids.ts'

/** When each frame of a task is shown. Seconds from the task's first frame. */
export interface FrameTimes {
  /** Ascending with the frame. */
  timeOf(frame: FrameIndex): number
  /** The frame on screen at that time: the last one that began; the first one before it began. */
  frameAt(seconds: number): FrameIndex
}

/** Seconds, where nothing tells. */
const SOME_LENGTH = 0.04

/** Frames of one length, from 0. @param frameRate  frames a second, > 0 */
export function evenTimes(frameRate: number): FrameTimes {
  return {
    timeOf: (frame) => frame / frameRate,
    // A frame's own time, computed back and forth, must lead to that frame: hence the billionth.
    frameAt: (seconds) => Math.max(0, Math.floor(seconds * frameRate + 1e-9)),
  }
}

/** A video's own times, one a frame, ascending. Beyond its ends frames go on at the outermost ones' lengths. */
export function ownTimes(times: ArrayLike<number>): FrameTimes {
  const count = times.length
  const at = (frame: FrameIndex) => times[frame] ?? 0
  const [first, last] = [at(0), at(count - 1)]
  const firstLength = at(1) > first ? at(1) - first : SOME_LENGTH
  const lastLength = last > at(count - 2) ? last - at(count - 2) : SOME_LENGTH
  return {
    timeOf(frame) {
      if (frame < 0) return first + frame * firstLength
      return frame < count ? at(frame) : last + (frame - count + 1) * lastLength
    },
    frameAt(seconds) {
      if (seconds >= last) return count - 1 + Math.floor((seconds - last) / lastLength + 1e-9)
      let [low, high] = [0, count - 1]
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (at(middle) <= seconds + 1e-9) low = middle
        else high = middle - 1
      }
      return low
    },
  }
}
