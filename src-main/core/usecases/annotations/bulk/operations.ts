import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { Bulk, BulkAction, SkipReason } from '#shared/domain/bulk.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { trackToShapes } from '#shared/tracks/convert.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { withoutRange } from '#shared/tracks/split.ts'
import type { Store } from '../../../ports.ts'
import { BulkFrames } from './frames.ts'
import { BulkLabels, skipReasonOf } from './judge.ts'
import { matching } from './matching.ts'
import type { Skipped } from './skipped.ts'
import { isTogether, togetherOperations } from './together.ts'
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
  if (isTogether(bulk)) {
    yield* togetherOperations(store, taskId, bulk, skipped)
    return
  }
  const labels = new BulkLabels(store.labels.ofTask(taskId))
  const lastFrame = store.tasks.get(taskId).size - 1
  const frames = new BulkFrames(store, taskId, bulk.deletedFrames)
  for await (const { annotations } of matching(store, taskId, bulk)) {
    for (const annotation of annotations) {
      const reason = skipReasonOf(bulk, annotation, labels)
      if (reason) {
        skipped.add(reason)
        continue
      }
      const operations = operationsFor(annotation, bulk, frames, lastFrame)
      if (operations.length === 0) skipped.add(nothingOf(bulk))
      else yield operations
    }
  }
}

const nothingOf = ({ action }: Bulk): SkipReason =>
  action.kind === 'tracks-to-shapes' ? 'not-seen' : 'nothing-left'

function operationsFor(
  annotation: Annotation,
  { action, frame, scope }: Bulk,
  frames: BulkFrames,
  lastFrame: FrameIndex,
): AnnotationOperation[] {
  if (action.kind === 'propagate') {
    const source = annotation.kind === 'track' ? shapeOn(annotation, frame) : annotation
    if (!source) return []
    const targets = frames.targets(source.frame, action.first, action.last)
    return targets.frames.map((to) => ({ kind: 'create', after: copyOn(source, to) }))
  }
  if (action.kind === 'tracks-to-shapes')
    return annotation.kind === 'track' ? asShapes(annotation, action, frames, lastFrame) : []
  if (action.kind === 'link-shapes' || action.kind === 'join-tracks') return []
  if (action.kind === 'remove' && action.tracks === 'range' && scope.kind === 'frames')
    if (annotation.kind === 'track')
      return replaced(annotation, withoutRange(annotation, scope, lastFrame))
  const [first, ...more] = transformed(action, annotation, frames.size(annotation.frame))
  if (!first) return action.kind === 'remove' ? [{ kind: 'delete', before: annotation }] : []
  return [
    { kind: 'update', before: annotation, after: first },
    ...more.map((one): AnnotationOperation => ({ kind: 'create', after: { ...one, id: NEW_ID } })),
  ]
}

/** The shapes a track is on the frames meant; what it is on others stays a track. */
function asShapes(
  track: Track,
  { first, last, every }: Extract<BulkAction, { kind: 'tracks-to-shapes' }>,
  frames: BulkFrames,
  lastFrame: FrameIndex,
): AnnotationOperation[] {
  const skipped = { isDeleted: (frame: FrameIndex) => frames.deleted.has(frame) }
  const shapes = [...trackToShapes(track, { first, last, every, skipped }, () => NEW_ID)]
  if (shapes.length === 0) return []
  const created = shapes.map((after): AnnotationOperation => ({ kind: 'create', after }))
  return [...replaced(track, withoutRange(track, { first, last }, lastFrame)), ...created]
}

function replaced(before: Track, after: Track | null): AnnotationOperation[] {
  return [after ? { kind: 'update', before, after } : { kind: 'delete', before }]
}

/** A copy belongs to no group: groups are of one task, and its likes on the other frames are other things. */
function copyOn(annotation: Annotation, frame: FrameIndex): Annotation {
  return { ...annotation, id: NEW_ID, frame, group: 0, source: 'manual' }
}
