import type { SkeletonElement, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex, LabelId } from '#shared/domain/ids.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'

/** One joint of a skeleton's track, as a track of its own. */
export interface JointTrack {
  readonly labelId: LabelId
  readonly positions: readonly {
    readonly frame: FrameIndex
    readonly zOrder: number
    readonly joint: SkeletonElement
  }[]
}

/**
 * A skeleton's track as CVAT keeps it: a track for each joint, stated on the frames where the joint is. What hides or shows
 * the whole skeleton is said by each joint that it hides or shows.
 */
export function jointTracks(track: Track): JointTrack[] {
  if (track.type !== 'skeleton') return []
  const joints = new Map<LabelId, JointTrack['positions'][number][]>()
  for (const keyframe of track.keyframes) {
    const { frame, zOrder } = keyframe
    const stated = new Set(keyframe.elements.map(({ labelId }) => labelId))
    const at = positionOn(track, frame)
    for (const element of at?.elements ?? []) {
      const outside = keyframe.outside || element.outside
      const positions = joints.get(element.labelId) ?? []
      const before = positions.at(-1)
      const isChanged = before ? before.joint.outside !== outside : !outside
      if (!stated.has(element.labelId) && !isChanged) continue
      positions.push({ frame, zOrder, joint: { ...element, outside } })
      joints.set(element.labelId, positions)
    }
  }
  return [...joints].map(([labelId, positions]) => ({ labelId, positions }))
}
