/** The losses of formats that hold nothing but the pixels of masks: Segmentation mask, CamVid, Cityscapes. */
import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { ShapeType, Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  plurals,
  shapeCount,
} from '../census.ts'
import { paintLosses } from './mask-losses.ts'

/** Shapes that have an area, which is what such a format keeps of them. */
export const AREAL = ['rectangle', 'polygon', 'ellipse', 'mask'] as const satisfies ShapeType[]
const WITHOUT_AREA = ['polyline', 'points', 'cuboid', 'skeleton'] as const

/** @param but  as of `lostDetails` */
export function classMaskLosses(
  census: AnnotationCensus,
  but: Parameters<typeof lostDetails>[2] = {},
): Loss[] {
  const kept = AREAL.reduce((sum, type) => sum + shapeCount(census, type), 0)
  return onlyReal([
    ...droppedShapes(census, WITHOUT_AREA),
    dropped(census.tags, 'tags are left out'),
    ...AREAL.filter((type) => type !== 'mask').map((type) =>
      changed(shapeCount(census, type), `${plurals[type]} become masks`),
    ),
    ...lostDetails(census, kept, but),
  ])
}

/** The shapes of a frame that such a format paints. */
export function arealShapes(annotations: readonly (Tag | WovenShape)[]): WovenShape[] {
  return annotations.filter(
    (one): one is WovenShape =>
      one.kind === 'shape' && (AREAL as readonly ShapeType[]).includes(one.type),
  )
}

export function classMaskFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  return [...paintLosses(arealShapes(annotations)).losses]
}
