import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { type ShapeType, shapeTypes, type Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import type { PictureSize } from '../common/relative-numbers.ts'
import { outlinesOf } from './segmentation.ts'

/** Shape types with a line of their own; all else is left out. */
function keptOnly(census: AnnotationCensus, kept: readonly ShapeType[]): Loss[] {
  return [
    ...droppedShapes(
      census,
      shapeTypes.filter((type) => !kept.includes(type)),
    ),
    dropped(census.tags, 'tags are left out'),
  ]
}

function count(census: AnnotationCensus, types: readonly ShapeType[]): number {
  return types.reduce((sum, type) => sum + shapeCount(census, type), 0)
}

const BOXES: readonly ShapeType[] = ['rectangle']
const NUMBERED = 'tracks are one box for each frame, numbered, joined again on import'

/** @param tracks  what becomes of tracks, where not plain shapes */
export function detectionLosses(census: AnnotationCensus, tracks?: string): Loss[] {
  return onlyReal([
    ...keptOnly(census, BOXES),
    dropped(census.rotatedRectangles, 'rotated rectangles are left out'),
    ...lostDetails(
      census,
      shapeCount(census, 'rectangle') - census.rotatedRectangles,
      tracks === undefined ? {} : { tracks },
    ),
  ])
}

export function detectionTrackLosses(census: AnnotationCensus): Loss[] {
  return detectionLosses(census, NUMBERED)
}

export function orientedBoxLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...keptOnly(census, BOXES),
    ...lostDetails(census, shapeCount(census, 'rectangle')),
  ])
}

export const OUTLINED: readonly ShapeType[] = ['polygon', 'ellipse', 'mask']

export function segmentationLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...keptOnly(census, OUTLINED),
    changed(shapeCount(census, 'mask'), 'masks become polygons along the edges of their pixels'),
    changed(
      shapeCount(census, 'ellipse'),
      'ellipses become polygons, a tenth of a pixel beside them at most',
    ),
    ...lostDetails(census, count(census, OUTLINED)),
  ])
}

/** One more of each further part, none of a mask without pixels. */
export function segmentationFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  _labels: readonly Label[],
  size: PictureSize = { width: 0, height: 0 },
): Loss[] {
  const shapes = annotations.filter(
    (one) => one.kind === 'shape' && (one.type === 'mask' || one.type === 'ellipse'),
  ) as WovenShape[]
  return shapes.flatMap((shape) => {
    const parts = outlinesOf(shape, size).length
    if (parts === 0) return [dropped(1, 'shapes without a single pixel are left out')]
    const what = 'masks of several parts become a polygon for each'
    return parts === 1 ? [] : [{ ...changed(1, what), extra: parts - 1 }]
  })
}

export function poseLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...keptOnly(census, ['skeleton']),
    // Joints say themselves whether they are occluded.
    ...lostDetails(census, shapeCount(census, 'skeleton'), { occluded: null }),
  ])
}

/** A joint's visibility is one number: outside, occluded or seen. */
export function poseFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const joints = annotations.flatMap((one) => (one.kind === 'shape' ? one.elements : []))
  const both = joints.filter(({ outside, occluded }) => outside && occluded).length
  return onlyReal([changed(both, 'joints that are outside lose their occluded mark')])
}
