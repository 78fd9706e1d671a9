import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { icdarChanges } from '../common/icdar.ts'
import { arealShapes, classMaskLosses } from '../common/paint/class-mask-losses.ts'
import { paintLosses } from '../common/paint/mask-losses.ts'

/** Attributes that have a column. */
const COLUMNS = ['index', 'color', 'center']

/** ICDAR Segmentation 1.0 keeps the pixels of everything that has an area, and its text. */
export function segmentationLosses(census: AnnotationCensus): Loss[] {
  return classMaskLosses(census, {
    // Told frame by frame.
    attributed: null,
    grouped: 'groups are counted anew on each frame; a group of one is none',
  })
}

export function segmentationFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const shapes = arealShapes(annotations)
  const changes = shapes.flatMap((shape) => {
    const label = labels.find(({ id }) => id === shape.labelId)
    return label === undefined ? [] : icdarChanges(shape, label, COLUMNS)
  })
  return [...paintLosses(shapes, 'apart').losses, ...changes]
}
