/** From what a file states of one track to the annotation it is. */
import type { NewAnnotation } from '#main/core/ports.ts'
import type {
  AttributeValue,
  Keyframe,
  ShapeType,
  SkeletonElement,
  Source,
  Track,
} from '#shared/domain/annotation.ts'
import type { FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import type { KeyframeLane } from '../common/keyframe-lane.ts'
import { newShape } from '../common/new-shape.ts'
import { newTrack } from '../common/new-track.ts'

/** All a keyframe says but its frame and joints. */
export type Statement = Omit<Keyframe, 'frame' | 'elements'>

export interface TrackDraft {
  readonly label: Label | null
  readonly group: number
  readonly source: Source
  /** The file says that it stands for a plain shape. */
  readonly plain: boolean
  /** Null before its first shape. */
  type: ShapeType | null
  /** Shapes on frames of the task that are not outside, keyframes or not. */
  seen: number
  readonly lane: KeyframeLane<Statement>
  readonly joints: Map<LabelId, KeyframeLane<SkeletonElement>>
}

/** Null when it states nothing on any frame of the task. */
export function buildTrack(draft: TrackDraft & { readonly label: Label }): NewAnnotation | null {
  const { label, group, source, type } = draft
  if (type === null) return null
  const keyframes = type === 'skeleton' ? skeletonKeyframes(draft) : plainKeyframes(draft)
  const [first] = keyframes
  if (first === undefined) return null
  const common = { labelId: label.id, group, source, type }
  const one = standsForShape(draft, keyframes)
  if (one === null) return newTrack({ ...common, keyframes, label })
  const { outside: _outside, ...form } = one
  return newShape({ ...common, ...form })
}

/**
 * The keyframe that is the shape, where a track stands for a plain one: seen on one frame and closed after it. CVAT has
 * masks in no other form, so a mask like that is a shape whoever wrote it.
 */
function standsForShape({ plain, type, seen }: TrackDraft, keyframes: Keyframe[]): Keyframe | null {
  if (!(plain || type === 'mask')) return null
  const [first, second] = keyframes
  if (type === 'skeleton') {
    const isClosed = second === undefined || second.outside
    return first && isClosed && keyframes.length <= 2 ? first : null
  }
  return seen === 1 ? (keyframes.find(({ outside }) => !outside) ?? null) : null
}

function plainKeyframes({ lane }: TrackDraft): Keyframe[] {
  return lane.frames().flatMap((frame) => {
    const statement = lane.at(frame)
    return statement ? { ...statement, frame, elements: [] } : []
  })
}

/**
 * A skeleton is stated wherever one of its joints is, and not seen where none of them is seen. Where only the skeleton
 * itself states something, its joints lie between their keyframes; they are stated there if its values change.
 */
function skeletonKeyframes(draft: TrackDraft & { readonly label: Label }): Keyframe[] {
  const { lane, joints, label } = draft
  for (const sublabel of label.sublabels) fixImmutable(joints.get(sublabel.id), sublabel)
  const stated = new Set([...joints.values()].flatMap((joint) => joint.frames()))
  const byJoints = jointKeyframes(joints, [...stated])
  const frames = [...new Set([...stated, ...lane.frames()])].sort((a, b) => a - b)
  const here = new Map(byJoints.map((keyframe) => [keyframe.frame, keyframe]))
  let zOrder = 0
  let values = ''
  return frames.flatMap((frame) => {
    const said = lane.at(frame)
    const before = values
    if (said) [zOrder, values] = [said.zOrder, JSON.stringify(said.attributes)]
    const keyframe = here.get(frame) ?? (values === before ? null : jointsOn(byJoints, frame))
    return keyframe ? { ...keyframe, zOrder, attributes: said?.attributes ?? [] } : []
  })
}

function jointKeyframes(joints: TrackDraft['joints'], frames: FrameIndex[]): Keyframe[] {
  const now = new Map<LabelId, SkeletonElement>()
  return frames
    .sort((a, b) => a - b)
    .map((frame) => {
      const elements = elementsAt(joints, frame)
      for (const element of elements) now.set(element.labelId, element)
      const all = [...now.values()]
      const outside = all.every((joint) => joint.outside)
      const occluded = isOccludedByJoints(all)
      const place = { points: [], rotation: 0, zOrder: 0, attributes: [] }
      return { ...place, frame, occluded, outside, elements }
    })
}

/** Null before the first keyframe. */
function jointsOn(keyframes: Keyframe[], frame: FrameIndex): Keyframe | null {
  return positionOn({ type: 'skeleton', keyframes } as Track, frame)
}

function elementsAt(joints: TrackDraft['joints'], frame: FrameIndex): SkeletonElement[] {
  return [...joints.values()].flatMap((joint) => joint.at(frame) ?? [])
}

/** Immutable values are the same on every frame: those of the last keyframe, as in CVAT. */
function fixImmutable(lane: KeyframeLane<SkeletonElement> | undefined, label: Sublabel): void {
  const frames = lane?.frames() ?? []
  const last = lane?.at(frames.at(-1) ?? -1)
  const fixed = label.attributes.filter(({ mutable }) => !mutable).map(({ id }) => id)
  if (!lane || !last || fixed.length === 0) return
  const isFixed = ({ specId }: AttributeValue) => fixed.includes(specId)
  const values = last.attributes.filter(isFixed)
  for (const frame of frames) {
    const joint = lane.at(frame)
    if (joint === undefined) continue
    const attributes = [...joint.attributes.filter((value) => !isFixed(value)), ...values]
    lane.add(frame, true, { ...joint, attributes })
  }
}
