import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { shapeTypes, type Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { dropped, droppedShapes, lostDetails, onlyReal } from '../common/census.ts'

/** ImageNet 1.0 keeps the labels of tags, nothing else. */
export function imageNetLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([...droppedShapes(census, shapeTypes), ...lostDetails(census, census.tags)])
}

/** A frame has a label or has it not. */
export function imageNetFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const labels = annotations.filter(({ kind }) => kind === 'tag').map(({ labelId }) => labelId)
  const twice = labels.length - new Set(labels).size
  return onlyReal([dropped(twice, 'tags repeat a label of their frame and are left out')])
}
