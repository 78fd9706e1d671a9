import type {
  AttributeValue,
  Keyframe,
  ShapeType,
  SkeletonElement,
  Track,
} from '../domain/annotation.ts'
import type { FrameIndex, LabelId } from '../domain/ids.ts'
import { interpolateCurves } from './match-curves.ts'

/**
 * Where a track is on a frame, as a Keyframe of that frame; null before its first keyframe. From the keyframe at or
 * before it come occluded, outside and zOrder; from the last that sets it, each mutable attribute; the geometry lies
 * between it and the next one, by the type's rule. After the last keyframe everything stays as it is.
 */
export function positionOn(track: Track, frame: FrameIndex): Keyframe | null {
  const at = track.keyframes.findLastIndex((keyframe) => keyframe.frame <= frame)
  const left = track.keyframes[at]
  if (!left) return null
  const attributes = valuesUntil(track.keyframes, at)
  const elements = track.type === 'skeleton' ? jointsOn(track.keyframes, frame) : left.elements
  const right = track.keyframes[at + 1]
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
function valuesUntil(keyframes: readonly Keyframe[], at: number): AttributeValue[] {
  const values = new Map<AttributeValue['specId'], AttributeValue>()
  for (const keyframe of keyframes.slice(0, at + 1))
    for (const value of keyframe.attributes) values.set(value.specId, value)
  return [...values.values()]
}

/**
 * A skeleton's joints on a frame. Each joint is a track of its own: a keyframe states only the joints it lists, and a
 * joint lies between the nearest keyframes that list it.
 */
function jointsOn(keyframes: readonly Keyframe[], frame: FrameIndex): SkeletonElement[] {
  const labels = new Set(
    keyframes.flatMap(({ elements }) => elements.map((joint) => joint.labelId)),
  )
  return [...labels].flatMap((labelId) => jointOn(keyframes, labelId, frame) ?? [])
}

function jointOn(
  keyframes: readonly Keyframe[],
  labelId: LabelId,
  frame: FrameIndex,
): SkeletonElement | null {
  const stated = keyframes.flatMap(({ frame: at, elements }) => {
    const joint = elements.find((one) => one.labelId === labelId)
    return joint ? [{ at, joint }] : []
  })
  const place = stated.findLastIndex(({ at }) => at <= frame)
  const [left, right] = [stated[Math.max(0, place)], stated[place + 1]]
  if (!left) return null
  // Before the joint's own first keyframe it is not seen, but it has a place to come from.
  if (place < 0) return { ...left.joint, outside: true }
  if (left.at === frame || left.joint.outside || !right) return left.joint
  const share = (frame - left.at) / (right.at - left.at)
  return { ...left.joint, points: linear(left.joint.points, right.joint.points, share) }
}
