import type { Annotation } from '#shared/domain/annotation.ts'
import type { Bulk } from '#shared/domain/bulk.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { Store } from '../../../ports.ts'
import { BulkFrames } from './frames.ts'
import { BulkLabels, skipReasonOf } from './judge.ts'
import { matching } from './matching.ts'
import type { Skipped } from './skipped.ts'
import { transformed } from './transform.ts'

/** Stands for the ids of annotations to come: who carries the operations out gives them theirs. */
export const NEW_ID = 0 as AnnotationId

/**
 * The operations a bulk action comes to, a few annotations at a time, so that a million need no memory at once.
 * @param skipped  told of everything that matches and is passed over
 * @throws FILTER_INVALID, NOT_FOUND
 */
export async function* bulkOperations(
  store: Store,
  taskId: TaskId,
  bulk: Bulk,
  skipped: Skipped,
): AsyncGenerator<AnnotationOperation[]> {
  const labels = new BulkLabels(store.labels.ofTask(taskId))
  const frames = new BulkFrames(store, taskId, bulk.deletedFrames)
  for await (const { annotations } of matching(store, taskId, bulk)) {
    for (const annotation of annotations) {
      const reason = skipReasonOf(bulk.action, annotation, labels)
      if (reason) {
        skipped.add(reason)
        continue
      }
      const operations = operationsFor(annotation, bulk, frames)
      if (operations.length === 0) skipped.add('nothing-left')
      else yield operations
    }
  }
}

function operationsFor(
  annotation: Annotation,
  { action }: Bulk,
  frames: BulkFrames,
): AnnotationOperation[] {
  if (action.kind === 'propagate') {
    const targets = frames.targets(annotation.frame, action.first, action.last)
    return targets.frames.map((frame) => ({ kind: 'create', after: copyOn(annotation, frame) }))
  }
  const [first, ...more] = transformed(action, annotation, frames.size(annotation.frame))
  if (!first) return action.kind === 'remove' ? [{ kind: 'delete', before: annotation }] : []
  return [
    { kind: 'update', before: annotation, after: first },
    ...more.map((one): AnnotationOperation => ({ kind: 'create', after: { ...one, id: NEW_ID } })),
  ]
}

/** A copy belongs to no group: groups are of one task, and its likes on the other frames are other things. */
function copyOn(annotation: Annotation, frame: FrameIndex): Annotation {
  return { ...annotation, id: NEW_ID, frame, group: 0, source: 'manual' }
}
