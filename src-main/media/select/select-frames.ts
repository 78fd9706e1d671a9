import type { SortingMethod } from '#shared/domain/task.ts'
import { naturalKey, sortedBy } from './order.ts'
import { shuffled } from './shuffle.ts'

export interface Selection {
  readonly sortingMethod: SortingMethod
  readonly startFrame: number
  /** Inclusive; null = the last one. */
  readonly stopFrame: number | null
  readonly frameStep: number
  readonly seed: number
}

interface Named {
  readonly name: string
}

/** See `MediaScanner.select`. */
export function selectFrames<T extends Named>(frames: T[], how: Selection): T[] {
  const sorted = sortFrames(frames, how)
  const end = how.stopFrame === null ? sorted.length : Math.min(sorted.length, how.stopFrame + 1)
  if (how.frameStep === 1) return sorted.slice(how.startFrame, end)
  const kept: T[] = []
  for (let at = how.startFrame; at < end; at += how.frameStep) {
    const frame = sorted[at]
    if (frame) kept.push(frame)
  }
  return kept
}

function sortFrames<T extends Named>(frames: T[], { sortingMethod, seed }: Selection): T[] {
  if (sortingMethod === 'predefined') return frames
  if (sortingMethod === 'natural') return sortedBy(frames, naturalKey)
  const byName = sortedBy(frames, (name) => name)
  // From sorted names, so that the shuffle does not depend on the order a disk lists its files in.
  return sortingMethod === 'random' ? shuffled(byName, seed) : byName
}
