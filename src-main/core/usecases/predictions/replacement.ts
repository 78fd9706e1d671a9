import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId, TaskId } from '#shared/domain/ids.ts'
import type { Prediction, Proposal } from '#shared/domain/prediction.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { withShapeOn } from '#shared/tracks/on-frame.ts'
import type { Store } from '../../ports.ts'

/**
 * One prediction takes the place of an annotation of its frame.
 * @throws NOT_FOUND; INPUT_INVALID when there are several, or they do not go together
 */
export function replacement(
  store: Pick<Store, 'annotations'>,
  taskId: TaskId,
  id: AnnotationId,
  predictions: readonly Prediction[],
): AnnotationOperation {
  const [only, ...more] = predictions
  if (!only || more.length > 0) throw invalid('one prediction can take the place of an annotation')
  const [before] = store.annotations.byIds(taskId, [id])
  if (!before) throw new AppError('NOT_FOUND', { what: 'annotation', id })
  return { kind: 'update', before, after: replaced(before, only.proposal) }
}

function replaced(before: Annotation, proposal: Proposal): Annotation {
  const { id, group } = before
  const isSameLabel = before.labelId === proposal.labelId
  if (before.kind === 'track') {
    if (proposal.kind !== 'shape' || proposal.type !== before.type || !isSameLabel)
      throw invalid('on one of its frames a track keeps its label and its type')
    return withShapeOn(before, proposal.frame, { ...proposal, id, group })
  }
  if (before.kind !== proposal.kind || before.frame !== proposal.frame)
    throw invalid('the annotation is another kind of thing, or on another frame')
  const attributes = isSameLabel ? before.attributes : proposal.attributes
  const after = { ...proposal, id, group, attributes }
  if (after.kind === 'tag' || before.kind === 'tag') return after
  return { ...after, occluded: before.occluded, zOrder: before.zOrder }
}

const invalid = (problem: string) => new AppError('INPUT_INVALID', { where: 'replaces', problem })
