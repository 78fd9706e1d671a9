import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { changed, dropped, onlyReal } from '../common/census.ts'
import { arealShapes, classMaskLosses } from '../common/paint/class-mask-losses.ts'
import { paintLosses } from '../common/paint/mask-losses.ts'
import { IS_CROWD, isCrowdShape } from './crowd.ts'

export function cityscapesLosses(census: AnnotationCensus): Loss[] {
  // One attribute is kept: the others are counted frame by frame.
  return classMaskLosses(census, { attributed: null })
}

/** Crowds of one label become one mask; attributes but `is_crowd` are lost. */
export function cityscapesFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const shapes = arealShapes(annotations)
  const byId = new Map(labels.map((label) => [label.id, label]))
  const { losses, seen } = paintLosses(shapes)
  const crowds = seen.filter(({ leader }) => isCrowdShape(leader, byId.get(leader.labelId)))
  const crowdLabels = new Set(crowds.map(({ leader }) => leader.labelId))
  const kept = new Set(
    labels
      .flatMap(({ attributes }) => attributes.filter(({ name }) => name === IS_CROWD))
      .map(({ id }) => id),
  )
  const losing = shapes.filter(({ attributes }) =>
    attributes.some(({ specId }) => !kept.has(specId)),
  )
  return onlyReal([
    ...losses,
    dropped(crowds.length - crowdLabels.size, 'crowds become one mask with others of their label'),
    changed(losing.length, `annotations lose their attributes, but for "${IS_CROWD}"`),
  ])
}
