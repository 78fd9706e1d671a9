import type { Annotation, AttributeValue, Shape, Track } from '#shared/domain/annotation.ts'
import type { BulkAction } from '#shared/domain/bulk.ts'
import type { AttributeId } from '#shared/domain/ids.ts'
import { convertForm } from '#shared/geometry/convert.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'

/** The changes that put annotations in the place of one; others add, or look at several together. */
export type Transforming = Extract<
  BulkAction,
  { kind: 'remove' | 'convert' | 'change-label' | 'change-attribute' }
>

/**
 * What an annotation becomes: [] = it is removed, or (convert) nothing would be left of it; the first keeps its id.
 * @param size  of its frame's picture; null while nobody knows it
 */
export function transformed(
  action: Transforming,
  annotation: Annotation,
  size: { width: number; height: number } | null,
): Annotation[] {
  switch (action.kind) {
    case 'remove':
      return []
    case 'convert':
      if (annotation.kind === 'track') return convertedTrack(annotation, action, size)
      return annotation.kind === 'shape' ? converted(annotation, action, size) : [annotation]
    case 'change-label':
      // Attributes belong to the old label and go with it, as in CVAT.
      return [relabelled(annotation, action.labelId)]
    case 'change-attribute':
      return [withValue(annotation, action.specId, action.value)]
  }
}

function converted(
  shape: Shape,
  { to, density }: Extract<BulkAction, { kind: 'convert' }>,
  size: { width: number; height: number } | null,
): Shape[] {
  const joints = shape.elements.flatMap((element) => element.points)
  return convertForm(shape, to, { size, density }, joints).map((form) => ({
    ...shape,
    type: form.type,
    points: [...form.points],
    rotation: form.rotation,
    elements: [],
  }))
}

/** Each keyframe by itself; [] when one of them would not become just one shape. */
function convertedTrack(
  track: Track,
  { to, density }: Extract<BulkAction, { kind: 'convert' }>,
  size: { width: number; height: number } | null,
): Track[] {
  const keyframes: Track['keyframes'] = []
  for (const keyframe of track.keyframes) {
    // Joints that a keyframe does not state lie where they lie there, all the same.
    const position = positionOn(track, keyframe.frame) ?? keyframe
    const joints = position.elements.flatMap(({ outside, points }) => (outside ? [] : points))
    const form = { type: track.type, points: position.points, rotation: position.rotation }
    const [only, ...more] = convertForm(form, to, { size, density }, joints)
    if (!only || more.length > 0) return []
    const { points, rotation } = only
    keyframes.push({ ...keyframe, points: [...points], rotation, elements: [] })
  }
  return [{ ...track, type: to, keyframes }]
}

function relabelled(annotation: Annotation, labelId: Annotation['labelId']): Annotation {
  if (annotation.kind !== 'track') return { ...annotation, labelId, attributes: [] }
  const keyframes = annotation.keyframes.map((keyframe) => ({ ...keyframe, attributes: [] }))
  return { ...annotation, labelId, attributes: [], keyframes }
}

/** In all of a track: where a keyframe says otherwise, it says so no longer. */
function withValue(annotation: Annotation, specId: AttributeId, value: string): Annotation {
  const set = (values: readonly AttributeValue[]) => [
    ...values.filter((one) => one.specId !== specId),
    { specId, value },
  ]
  const attributes = set(annotation.attributes)
  if (annotation.kind !== 'track') return { ...annotation, attributes }
  const keyframes = annotation.keyframes.map((keyframe) => ({
    ...keyframe,
    attributes: keyframe.attributes.some((one) => one.specId === specId)
      ? set(keyframe.attributes)
      : keyframe.attributes,
  }))
  return { ...annotation, attributes, keyframes }
}
