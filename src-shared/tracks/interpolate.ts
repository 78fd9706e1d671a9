import type {
  AttributeValue,
  Keyframe,
  ShapeType,
  SkeletonElement,
  Track,
} from '../domain/annotation.ts'
import type { FrameIndex, LabelId } from '../domain/ids.ts'
import { interpolateCurves } from './match-curves.ts'
import { indexOf, keyframeAt, lastUpTo } from './track-index.ts'

/** Frames whose keyframes count for nothing, `FrameMarks` for one. */
export interface Skipped {
  isDeleted(frame: FrameIndex): boolean
}

/**
 * Where a track is on a frame, as a Keyframe of that frame; null before its first keyframe. From the keyframe at or
 * before it come occluded, outside and zOrder; from the last that sets it, each mutable attribute; the geometry lies
 * between it and the next one, by the type's rule. After the last keyframe everything stays as it is.
 * Found by halving: 10,000 keyframes cost what ten do.
 * @param skipped  keyframes of deleted frames are no neighbours on screen, as in CVAT; exports leave this out and count them
 * @see formats.md 36.1
 */
export function positionOn(track: Track, frame: FrameIndex, skipped?: Skipped): Keyframe | null {
  const { keyframes } = track
  const here = keyframeAt(keyframes, frame)
  let at = here
  if (skipped) while (at >= 0 && isSkipped(keyframes, at, skipped)) at -= 1
  const left = keyframes[at]
  if (!left) return null
  const attributes = valuesOn(keyframes, here)
  const elements = track.type === 'skeleton' ? jointsOn(keyframes, frame, skipped) : left.elements
  let after = here + 1
  if (skipped) while (after < keyframes.length && isSkipped(keyframes, after, skipped)) after += 1
  const right = keyframes[after]
  if (left.frame === frame || left.outside || !right)
    return { ...left, frame, attributes, elements }
  const share = (frame - left.frame) / (right.frame - left.frame)
  return {
    ...left,
    frame,
    attributes,
    elements,
    points: between(track.type, left.points, right.points, share),
    rotation: turnBetween(left.rotation, right.rotation, share),
  }
}

function isSkipped(keyframes: readonly Keyframe[], at: number, skipped: Skipped): boolean {
  return skipped.isDeleted(keyframes[at]?.frame ?? 0)
}

/** Flat points between two keyframes' by the type's rule. @param share 0 = left, 1 = right */
export function between(
  type: ShapeType,
  left: readonly number[],
  right: readonly number[],
  share: number,
): number[] {
  switch (type) {
    case 'polygon':
    case 'polyline':
      return interpolateCurves(left, right, share, type === 'polygon')
    case 'rectangle':
    case 'ellipse':
    case 'cuboid':
      return linear(left, right, share)
    case 'points':
      return left.length === 2 && right.length === 2 ? linear(left, right, share) : [...left]
    case 'mask':
    case 'skeleton':
      return [...left]
  }
}

function linear(left: readonly number[], right: readonly number[], share: number): number[] {
  return left.map((value, at) => value + ((right[at] ?? value) - value) * share)
}

/** Degrees the short way round; exactly half a turn goes clockwise. */
export function turnBetween(left: number, right: number, share: number): number {
  const turn = ((((right - left) % 360) + 540) % 360) - 180
  const short = turn === -180 ? 180 : turn
  return (((left + short * share) % 360) + 360) % 360
}

/** The values in force at a keyframe: of each attribute the last one set so far. */
function valuesOn(keyframes: readonly Keyframe[], at: number): AttributeValue[] {
  const { values } = indexOf(keyframes)
  if (values.size === 0) return []
  const inForce: AttributeValue[] = []
  for (const [specId, places] of values) {
    const place = places[lastUpTo(places, at)]
    if (place === undefined) continue
    const value = keyframes[place]?.attributes.find((one) => one.specId === specId)
    if (value) inForce.push(value)
  }
  return inForce
}

/**
 * A skeleton's joints on a frame. Each joint is a track of its own: a keyframe states only the joints it lists, and a
 * joint lies between the nearest keyframes that list it.
 */
function jointsOn(
  keyframes: readonly Keyframe[],
  frame: FrameIndex,
  skipped: Skipped | undefined,
): SkeletonElement[] {
  const joints: SkeletonElement[] = []
  for (const [labelId, places] of indexOf(keyframes).joints) {
    const joint = jointOn(keyframes, { labelId, places, frame, skipped })
    if (joint) joints.push(joint)
  }
  return joints
}

interface JointQuery {
  readonly labelId: LabelId
  /** Indices of the keyframes that list the joint. */
  readonly places: readonly number[]
  readonly frame: FrameIndex
  readonly skipped: Skipped | undefined
}

function jointOn(
  keyframes: readonly Keyframe[],
  { labelId, places, frame, skipped }: JointQuery,
): SkeletonElement | null {
  const stated = (at: number | undefined) => {
    const keyframe = at === undefined ? undefined : keyframes[at]
    const joint = keyframe?.elements.find((one) => one.labelId === labelId)
    return keyframe && joint && { at: keyframe.frame, joint }
  }
  const here = lastUpTo(places, keyframeAt(keyframes, frame))
  let before = here
  let next = here + 1
  if (skipped) {
    while (before >= 0 && isSkipped(keyframes, places[before] ?? 0, skipped)) before -= 1
    while (next < places.length && isSkipped(keyframes, places[next] ?? 0, skipped)) next += 1
  }
  const right = stated(places[next])
  const left = stated(places[before])
  // Before the joint's own first keyframe it is not seen, but it has a place to come from.
  if (!left) return right ? { ...right.joint, outside: true } : null
  if (left.at === frame || left.joint.outside || !right) return left.joint
  const share = (frame - left.at) / (right.at - left.at)
  return { ...left.joint, points: linear(left.joint.points, right.joint.points, share) }
}
