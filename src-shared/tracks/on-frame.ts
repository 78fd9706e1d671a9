import type { Annotation, Keyframe, Shape, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'

/**
 * How an annotation looks on a frame, as a Shape with the annotation's id; null where it is not seen: a tag, a track
 * before its first keyframe or outside. Panels, tools and operations work on what this answers, so that they need not
 * know a shape from a track.
 */
export function shapeOn(annotation: Annotation, frame: FrameIndex): Shape | null {
  switch (annotation.kind) {
    case 'tag':
      return null
    case 'shape':
      return annotation.frame === frame ? annotation : null
    case 'track':
      return shapeOfTrack(annotation, frame)
  }
}

/**
 * The annotation after it was made to look like `shape` on `frame`: a shape becomes it; a track gets a keyframe there (or
 * the one it has changes). Label, group and immutable attributes belong to the whole track and are taken over too.
 */
export function withShapeOn(annotation: Annotation, frame: FrameIndex, shape: Shape): Annotation {
  if (annotation.kind !== 'track') return annotation.kind === 'shape' ? shape : annotation
  const known = annotation.keyframes.find((keyframe) => keyframe.frame === frame)
  const keyframe: Keyframe = {
    ...(known ?? { attributes: [], elements: [] }),
    frame,
    points: shape.points,
    rotation: shape.rotation,
    occluded: shape.occluded,
    outside: false,
    zOrder: shape.zOrder,
  }
  const keyframes = [...annotation.keyframes.filter((other) => other.frame !== frame), keyframe]
  keyframes.sort((a, b) => a.frame - b.frame)
  const first = keyframes[0]?.frame ?? annotation.frame
  return { ...annotation, labelId: shape.labelId, group: shape.group, frame: first, keyframes }
}

function shapeOfTrack(track: Track, frame: FrameIndex): Shape | null {
  const before = track.keyframes.findLast((keyframe) => keyframe.frame <= frame)
  if (!before || before.outside) return null
  return {
    kind: 'shape',
    id: track.id,
    frame,
    labelId: track.labelId,
    group: track.group,
    source: track.source,
    attributes: track.attributes,
    type: track.type,
    points: before.points,
    rotation: before.rotation,
    occluded: before.occluded,
    zOrder: before.zOrder,
    score: null,
    elements: [],
  }
}
