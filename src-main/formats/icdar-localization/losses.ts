import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
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
import { icdarChanges, textOf } from '../common/icdar.ts'

/** ICDAR Localization 1.0 keeps rectangles and polygons with their text. */
export function localizationLosses(census: AnnotationCensus): Loss[] {
  const kept = shapeCount(census, 'rectangle') + shapeCount(census, 'polygon')
  return onlyReal([
    ...droppedShapes(census, ['polyline', 'points', 'ellipse', 'cuboid', 'mask', 'skeleton']),
    dropped(census.tags, 'tags are left out'),
    changed(census.rotatedRectangles, 'rotated rectangles are written upright'),
    // Which attributes are lost is told frame by frame.
    ...lostDetails(census, kept, { attributed: null }),
  ])
}

export function localizationFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  return annotations.flatMap((annotation) => {
    if (annotation.kind === 'tag' || !['rectangle', 'polygon'].includes(annotation.type)) return []
    const label = labels.find(({ id }) => id === annotation.labelId)
    if (label === undefined) return []
    const hasQuotes = textOf(annotation, label)?.includes('"') ?? false
    return [
      ...icdarChanges(annotation, label),
      ...(hasQuotes ? [changed(1, 'quotes in texts become apostrophes')] : []),
    ]
  })
}
