import type { ChangeResult } from '#shared/contract/index.ts'
import { annotationIdSchema, type FrameIndex, type TaskId } from '#shared/domain/ids.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { queryAnnotations } from '../search/query-annotations.ts'
import { createPreviews } from './bulk/previews.ts'
import { startBulk } from './bulk/start.ts'
import { summaryOf } from './summary.ts'

export function annotationUsecases(deps: Deps): Usecases['annotations'] {
  const { store, events, sidecars } = deps
  const tell = (taskId: TaskId, by: string | null, result: ChangeResult): ChangeResult => {
    // Told before it is published: of what is only published nobody knows the frames.
    sidecars.touched(taskId, sidecarFrames(result))
    events.publish({ type: 'annotations', taskId, revision: result.revision, by })
    // As in CVAT, the first edit puts a new job in progress.
    if (store.jobs.touch(taskId, framesOf(result)))
      events.publish({ type: 'task', id: taskId, task: store.tasks.get(taskId) })
    // What was accepted, and is undone now, is open to be decided on again.
    if (result.entry.title.key === 'accept')
      events.publish({ type: 'predictions', taskId, open: store.predictions.open(taskId) })
    return result
  }
  const previews = createPreviews(store)
  return {
    list: ({ taskId, from, limit }) => {
      const { annotations, next } = store.annotations.page(taskId, from, limit)
      return { objects: annotations.map(summaryOf), next }
    },
    get: ({ taskId, ids }) => ({
      revision: store.tasks.get(taskId).revision,
      annotations: store.annotations.byIds(taskId, ids),
    }),
    frame: ({ taskId, frame, tracks }) => {
      sidecars.looked(taskId)
      return {
        revision: store.tasks.get(taskId).revision,
        annotations: store.annotations.ofFrame(taskId, frame, tracks),
      }
    },
    lanes: ({ taskId, afterFrame, afterId, limit }) => ({
      revision: store.tasks.get(taskId).revision,
      ...store.annotations.lanes(taskId, { frame: afterFrame, id: afterId }, limit),
    }),
    tracks: ({ taskId, after }) => ({
      revision: store.tasks.get(taskId).revision,
      ...store.annotations.trackPage(taskId, after),
    }),
    query: (input) => queryAnnotations(deps, input),
    reserveIds: ({ count }) => {
      const block = store.annotations.reserveIds(count)
      return { first: annotationIdSchema.parse(block.first), count: block.count }
    },
    apply: ({ taskId, baseRevision, clientStepId, step }) =>
      tell(taskId, clientStepId, store.annotations.apply(taskId, baseRevision, clientStepId, step)),
    undo: ({ taskId }) => tell(taskId, null, store.annotations.undo(taskId)),
    redo: ({ taskId }) => tell(taskId, null, store.annotations.redo(taskId)),
    preview: ({ taskId, ...bulk }) => previews.preview(taskId, bulk),
    run: ({ taskId, ...bulk }) => startBulk(deps, taskId, bulk),
    history: ({ taskId, before, limit }) => store.annotations.history(taskId, before, limit),
  }
}

/** Frames whose files are to follow a change; null where nobody can say: tracks are seen anywhere, an import undone lists nothing. */
function sidecarFrames(result: ChangeResult): FrameIndex[] | null {
  const { operations } = result
  const hasTrack = operations.some((operation) => {
    if (operation.kind === 'frame') return false
    if (operation.kind === 'track') return true
    return (operation.kind === 'delete' ? operation.before : operation.after).kind === 'track'
  })
  return hasTrack || operations.length === 0 ? null : framesOf(result)
}

/** Frames a change touched; an answer too large to carry its operations says where to look. */
function framesOf({ operations, entry }: ChangeResult): FrameIndex[] {
  const frames = operations.map((operation) => {
    if (operation.kind === 'frame') return operation.frame
    return operation.kind === 'delete' ? operation.before.frame : operation.after.frame
  })
  return [...new Set([entry.frame, ...frames])]
}
