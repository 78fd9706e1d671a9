import type { AnnotationId, FrameIndex, RequestId, TaskId } from '#shared/domain/ids.ts'
import type { Prediction, PredictionChoice } from '#shared/domain/prediction.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { Store } from '../../ports.ts'
import { replacement } from './replacement.ts'

/** Predictions of a page: what memory holds of them. */
const PAGE = 2000

export interface Accepting {
  readonly taskId: TaskId
  readonly choice: PredictionChoice
  /** The annotation whose place the only one takes. */
  readonly replaces?: AnnotationId | undefined
}

export interface Accepted {
  readonly count: number
  readonly revision: number
  readonly frames: FrameIndex[]
}

/**
 * Few predictions become annotations at once: one step, whose undoing opens them again.
 * @param clientStepId  of the step
 */
export function acceptNow(
  store: Store,
  { taskId, choice, replaces }: Accepting,
  clientStepId: string,
): Accepted {
  return store.together(() => {
    const predictions = [...pages(store, taskId, choice)].flat()
    const { revision } = store.tasks.get(taskId)
    const [first] = predictions
    if (!first) return { count: 0, revision, frames: [] }
    const operations =
      replaces === undefined
        ? creations(store, predictions)
        : [replacement(store, taskId, replaces, predictions)]
    accept(store, taskId, clientStepId, predictions)
    const step = {
      title: { key: 'accept', count: predictions.length },
      frame: first.proposal.frame,
      operations,
    }
    const result = store.annotations.apply(taskId, revision, clientStepId, step)
    return { count: predictions.length, revision: result.revision, frames: framesOf(predictions) }
  })
}

function creations(store: Store, predictions: readonly Prediction[]): AnnotationOperation[] {
  const ids = store.annotations.reserveIds(predictions.length)
  return predictions.map(({ proposal }, at) => ({
    kind: 'create',
    after: { ...proposal, id: (ids.first + at) as AnnotationId },
  }))
}

/**
 * Any number of them, a page at a time; they show all at once, at the end. Cancelled or killed on the way, nothing has happened:
 * predictions of a step that is not there are open.
 * @param progress  called now and then; throws to stop
 */
export async function acceptMany(
  store: Store,
  { taskId, choice }: Accepting,
  requestId: RequestId,
  progress: (done: number) => void,
): Promise<Accepted> {
  const batch = store.annotations.beginBatch(taskId, requestId)
  const frames = new Set<FrameIndex>()
  let count = 0
  try {
    for (const predictions of pages(store, taskId, choice)) {
      batch.add(predictions.map(({ proposal }) => proposal))
      accept(store, taskId, `request:${requestId}`, predictions)
      for (const frame of framesOf(predictions)) frames.add(frame)
      count += predictions.length
      progress(count)
      await new Promise(setImmediate)
    }
    const { revision } = batch.commit('add', { key: 'accept' })
    return { count, revision, frames: [...frames] }
  } catch (error) {
    batch.abort()
    throw error
  }
}

function* pages(store: Store, taskId: TaskId, choice: PredictionChoice): Generator<Prediction[]> {
  for (let from: FrameIndex | null = 0; from !== null; ) {
    const page = store.predictions.page(taskId, choice, from, PAGE)
    if (page.predictions.length > 0) yield page.predictions
    from = page.next
  }
}

function accept(
  store: Store,
  taskId: TaskId,
  clientStepId: string,
  predictions: readonly Prediction[],
): void {
  const ids = predictions.map(({ id }) => id)
  store.predictions.accept(taskId, clientStepId, ids)
}

function framesOf(predictions: readonly Prediction[]): FrameIndex[] {
  return [...new Set(predictions.map(({ proposal }) => proposal.frame))]
}
