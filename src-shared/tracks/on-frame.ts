import type { Annotation, AttributeValue, Keyframe, Shape, Track } from '../domain/annotation.ts'
import type { AttributeId, FrameIndex } from '../domain/ids.ts'
import { positionOn, type Skipped } from './interpolate.ts'
import { keyframeAt } from './track-index.ts'

/**
 * How an annotation looks on a frame, as a Shape with the annotation's id; null where it is not seen: a tag, a track
 * before its first keyframe or outside. Panels, tools and operations work on what this answers, so that they need not
 * know a shape from a track.
 * @param skipped  on screen, the frames that are deleted: see `positionOn`
 */
export function shapeOn(
  annotation: Annotation,
  frame: FrameIndex,
  skipped?: Skipped,
): Shape | null {
  switch (annotation.kind) {
    case 'tag':
      return null
    case 'shape':
      return annotation.frame === frame ? annotation : null
    case 'track': {
      const position = positionOn(annotation, frame, skipped)
      return position && !position.outside ? shapeAt(annotation, position) : null
    }
  }
}

/** A track's position as a Shape that carries the track's id. */
export function shapeAt(track: Track, position: Keyframe): Shape {
  return {
    kind: 'shape',
    id: track.id,
    frame: position.frame,
    labelId: track.labelId,
    group: track.group,
    source: track.source,
    attributes: merged(track.attributes, position.attributes),
    type: track.type,
    points: position.points,
    rotation: position.rotation,
    occluded: position.occluded,
    zOrder: position.zOrder,
    score: null,
    elements: position.elements,
  }
}

/**
 * The annotation after it was made to look like `shape` on `frame`: a shape becomes it; a track gets a keyframe there (or
 * the one it has changes). Label and group belong to the whole track and are taken over too; attributes are not, see
 * `withAttributeOn`.
 */
export function withShapeOn(annotation: Annotation, frame: FrameIndex, shape: Shape): Annotation {
  if (annotation.kind !== 'track') return annotation.kind === 'shape' ? shape : annotation
  const { points, rotation, occluded, zOrder, elements, labelId, group } = shape
  const attributes = statedOn(annotation, frame)?.attributes ?? []
  const position = {
    frame,
    points,
    rotation,
    occluded,
    zOrder,
    elements,
    attributes,
    outside: false,
  }
  return { ...withKeyframe(annotation, position), labelId, group }
}

/** What a track states on a frame itself; undefined where it states nothing. */
export function statedOn(track: Track, frame: FrameIndex): Keyframe | undefined {
  const keyframe = track.keyframes[keyframeAt(track.keyframes, frame)]
  return keyframe?.frame === frame ? keyframe : undefined
}

/** A track with this keyframe in the place of the one on that frame, or added. */
export function withKeyframe(track: Track, keyframe: Keyframe): Track {
  const at = keyframeAt(track.keyframes, keyframe.frame)
  const isStated = track.keyframes[at]?.frame === keyframe.frame
  const keyframes = track.keyframes.slice()
  if (isStated) keyframes[at] = keyframe
  else keyframes.splice(at + 1, 0, keyframe)
  return { ...track, frame: keyframes[0]?.frame ?? track.frame, keyframes }
}

/** An attribute's value given on a frame: a mutable one of a track from that frame on, any other for the whole annotation. */
export function withAttributeOn(
  annotation: Annotation,
  frame: FrameIndex,
  { id, mutable }: { readonly id: AttributeId; readonly mutable: boolean },
  value: string,
  skipped?: Skipped,
): Annotation {
  const given = { specId: id, value }
  if (annotation.kind !== 'track' || !mutable)
    return { ...annotation, attributes: merged(annotation.attributes, [given]) }
  const position = positionOn(annotation, frame, skipped)
  if (!position) return annotation
  const attributes = merged(statedOn(annotation, frame)?.attributes ?? [], [given])
  return withKeyframe(annotation, { ...position, attributes })
}

/** Later values take the place of earlier ones of the same attribute. */
function merged(
  values: readonly AttributeValue[],
  newer: readonly AttributeValue[],
): AttributeValue[] {
  const replaced = values.map(
    (value) => newer.find(({ specId }) => specId === value.specId) ?? value,
  )
  const known = new Set(values.map(({ specId }) => specId))
  return [...replaced, ...newer.filter(({ specId }) => !known.has(specId))]
}
