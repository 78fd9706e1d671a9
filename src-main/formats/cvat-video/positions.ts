/** What is written of a track: a position on every frame it is seen on, and wherever a keyframe hides it. */
import type { DatasetSource } from '#main/core/ports.ts'
import type {
  AttributeValue,
  Keyframe,
  Shape,
  SkeletonElement,
  Track,
} from '#shared/domain/annotation.ts'
import type { FrameIndex, LabelId } from '#shared/domain/ids.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { shapeAt } from '#shared/tracks/on-frame.ts'

export interface WrittenJoint extends SkeletonElement {
  readonly keyframe: boolean
}

export interface Position extends Omit<Keyframe, 'attributes' | 'elements'> {
  readonly type: Shape['type']
  readonly keyframe: boolean
  /** All in force on the frame, those of the whole track among them. */
  readonly values: readonly AttributeValue[]
  /** Of a skeleton, those to write: seen, or hidden by a keyframe on this very frame. */
  readonly joints: readonly WrittenJoint[]
}

type Place = Pick<DatasetSource, 'range' | 'deletedFrames'>

export function* trackPositions(track: Track, place: Place): Generator<Position> {
  const stated = statedFrames(track, place)
  // In a project's file it ends, at the latest, on the frame after its task: that one is another task's.
  const end = track.keyframes.at(-1)?.outside ? lastOf(stated) : place.range.stop
  const last = Math.min(end, place.range.stop)
  const hidden = new Map<LabelId, boolean>()
  for (let frame = track.frame; frame <= last; frame += 1) {
    if (place.deletedFrames.has(frame)) continue
    const at = positionOn(track, frame)
    const named = stated.get(frame)
    if (at === null || (at.outside && named === undefined)) continue
    const joints = jointsToWrite(at, named, hidden)
    if (track.type === 'skeleton' && joints.length === 0) continue
    const { attributes: values, type } = shapeAt(track, at)
    yield { ...at, type, keyframe: named !== undefined, values, joints }
  }
}

/** Joints stated on a frame. */
type Named = 'all' | ReadonlySet<LabelId>

/**
 * Frames to write as keyframes. Deleted frames are not written; a keyframe on one is made good by the frames next to it,
 * so that what is seen on frames that are there does not move when the file is read.
 */
function statedFrames(track: Track, place: Place): ReadonlyMap<FrameIndex, Named> {
  const stated = new Map<FrameIndex, Named>()
  for (const { frame, elements } of track.keyframes) {
    if (!place.deletedFrames.has(frame)) {
      const known = stated.get(frame)
      stated.set(frame, known ?? new Set(elements.map(({ labelId }) => labelId)))
      continue
    }
    const before = neighbour(frame, -1, place)
    const after = neighbour(frame, 1, place)
    const isSeen = (at: FrameIndex | null) =>
      at !== null && positionOn(track, at)?.outside === false
    if (before !== null && isSeen(before)) stated.set(before, 'all')
    // Hidden on both sides, it need not be hidden again; one that nobody sees at all is not written.
    if (after !== null && (isSeen(before) || isSeen(after))) stated.set(after, 'all')
  }
  return stated
}

/** The nearest frame that is written; null at the end of what is exported. */
function neighbour(frame: FrameIndex, way: 1 | -1, place: Place): FrameIndex | null {
  let at = frame + way
  while (place.deletedFrames.has(at)) at += way
  return at >= place.range.start && at <= place.range.stop ? at : null
}

function lastOf(stated: ReadonlyMap<FrameIndex, Named>): FrameIndex {
  let last = -1
  for (const frame of stated.keys()) last = Math.max(last, frame)
  return last
}

/**
 * What hides or shows a whole skeleton is, in the file, said by each of its joints that it hides or shows.
 * @param hidden  whether each joint was, on the frame written before; brought up to this one
 */
function jointsToWrite(
  at: Keyframe,
  named: Named | undefined,
  hidden: Map<LabelId, boolean>,
): WrittenJoint[] {
  return at.elements.flatMap((joint): WrittenJoint | [] => {
    const outside = at.outside || joint.outside
    const isChanged = outside !== (hidden.get(joint.labelId) ?? true)
    hidden.set(joint.labelId, outside)
    const keyframe = isChanged || named === 'all' || named?.has(joint.labelId) === true
    return keyframe || !outside ? { ...joint, outside, keyframe } : []
  })
}

/** A plain shape as CVAT writes it: seen on its frame, and hidden on the next one, if there is one. */
export function* shapePositions(shape: Shape, place: Place): Generator<Position> {
  const { frame, type, points, rotation, occluded, zOrder, attributes: values } = shape
  const on = (at: FrameIndex, outside: boolean): Position => {
    const joints = shape.elements.map((joint) => ({
      ...joint,
      outside: outside || joint.outside,
      keyframe: true,
    }))
    const form = { type, points, rotation, occluded, zOrder, values }
    return { ...form, frame: at, outside, keyframe: true, joints }
  }
  yield on(frame, false)
  const next = neighbour(frame, 1, place)
  if (next !== null) yield on(next, true)
}
