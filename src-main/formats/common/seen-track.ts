import type { Keyframe, SkeletonElement } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { KeyframeLane } from './keyframe-lane.ts'

/** A position of a track on a frame it is seen on. */
export type SeenPosition = Omit<Keyframe, 'outside'>

/**
 * A track from a file that tells where it is seen and nothing of where it is not: where a frame is missing it is outside,
 * as CVAT reads such files. Of positions between keyframes only those at the edge of a gap are kept.
 */
export class SeenTrack {
  readonly #lane = new KeyframeLane<SeenPosition & { readonly keyframe: boolean }>()
  readonly #seen = new Set<FrameIndex>()
  #last = Number.NaN

  has(frame: FrameIndex): boolean {
    return this.#seen.has(frame)
  }

  /** @returns false when the frame was told before: the last one counts */
  add(position: SeenPosition, keyframe: boolean): boolean {
    const { frame } = position
    if (frame !== this.#last + 1) this.#lane.breakOff()
    this.#last = frame
    this.#lane.add(frame, keyframe, { ...position, keyframe })
    const isNew = !this.#seen.has(frame)
    this.#seen.add(frame)
    return isNew
  }

  /** In order; with one that hides the track after each stretch it is seen on. */
  keyframes(frameCount: number): Keyframe[] {
    this.#lane.breakOff()
    const keyframes: Keyframe[] = []
    for (const frame of this.#lane.frames()) {
      const told = this.#lane.at(frame)
      if (told === undefined) continue
      const { keyframe, ...position } = told
      const before = keyframes.at(-1)
      const seen: Keyframe = { ...position, outside: false }
      // At the edge of a gap, and no keyframe: it is one only if the track came to another place by then.
      if (keyframe || !before || before.outside || !isSame(before, seen)) keyframes.push(seen)
      const next = frame + 1
      if (next < frameCount && !this.#seen.has(next)) {
        keyframes.push({ ...seen, frame: next, outside: true, attributes: [] })
      }
    }
    return keyframes
  }
}

function isSame(a: Keyframe, b: Keyframe): boolean {
  return (
    a.rotation === b.rotation &&
    isSameList(a.points, b.points) &&
    a.elements.length === b.elements.length &&
    a.elements.every((joint, at) => isSameJoint(joint, b.elements[at]))
  )
}

function isSameJoint(a: SkeletonElement, b: SkeletonElement | undefined): boolean {
  return (
    a.labelId === b?.labelId &&
    a.outside === b.outside &&
    a.occluded === b.occluded &&
    isSameList(a.points, b.points)
  )
}

function isSameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}
