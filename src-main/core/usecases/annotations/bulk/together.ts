import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { Bulk, BulkAction } from '#shared/domain/bulk.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { squash } from '#shared/operations/algebra.ts'
import { type AnnotationOperation, isAnnotationOperation } from '#shared/operations/operation.ts'
import { joinsAcrossJobs } from '#shared/tracks/join-jobs.ts'
import { chainToTrack, ShapeLinker } from '#shared/tracks/link-shapes.ts'
import type { MutableDefaults } from '#shared/tracks/merge.ts'
import type { Store } from '../../../ports.ts'
import { matching } from './matching.ts'
import type { Skipped } from './skipped.ts'

/** Actions that look at several annotations together: what becomes of one depends on the others. */
type Together = Extract<BulkAction, { kind: 'link-shapes' | 'join-tracks' }>
type TogetherBulk = Bulk & { readonly action: Together }

export function isTogether(bulk: Bulk): bulk is TogetherBulk {
  return bulk.action.kind === 'link-shapes' || bulk.action.kind === 'join-tracks'
}

/** Each list of operations makes one track: the first updates what becomes it, the others delete what went into it. */
export async function* togetherOperations(
  store: Store,
  taskId: TaskId,
  bulk: TogetherBulk,
  skipped: Skipped,
): AsyncGenerator<AnnotationOperation[]> {
  if (bulk.action.kind === 'join-tracks') yield* joinOperations(store, taskId, bulk, skipped)
  else yield* linkOperations(store, taskId, { ...bulk, action: bulk.action }, skipped)
}

async function* linkOperations(
  store: Store,
  taskId: TaskId,
  bulk: Bulk & { readonly action: Extract<Together, { kind: 'link-shapes' }> },
  skipped: Skipped,
): AsyncGenerator<AnnotationOperation[]> {
  const { overlap, gap } = bulk.action
  const mutable = mutableOf(store, taskId)
  const lastFrame = store.tasks.get(taskId).size - 1
  const linker = new ShapeLinker({ overlap, gap })
  const tracksOf = (chains: readonly Shape[][]) =>
    chains.flatMap((chain) => {
      const [first, ...rest] = chain
      const options = { lastFrame, mutable: mutable.get(first?.labelId ?? 0) ?? new Map() }
      const after = chainToTrack(chain, options)
      if (!first || !after) {
        skipped.add('no-partner')
        return []
      }
      const gone = rest.map((before): AnnotationOperation => ({ kind: 'delete', before }))
      return [[{ kind: 'update', before: first, after } satisfies AnnotationOperation, ...gone]]
    })
  for await (const { frame, annotations } of inFrameOrder(store, taskId, bulk)) {
    const shapes = annotations.filter((one) => one.kind === 'shape')
    for (let at = shapes.length; at < annotations.length; at += 1) skipped.add('kind')
    yield* tracksOf(linker.add(frame, shapes))
  }
  yield* tracksOf(linker.finish())
}

/** Ids may be asked for in any order; a range comes frame by frame. */
async function* inFrameOrder(
  store: Store,
  taskId: TaskId,
  bulk: Bulk,
): AsyncGenerator<{ frame: number; annotations: Annotation[] }> {
  if (bulk.scope.kind === 'frames') {
    yield* matching(store, taskId, bulk)
    return
  }
  const all = await whole(matching(store, taskId, bulk))
  yield* all.sort((a, b) => a.frame - b.frame)
}

async function* joinOperations(
  store: Store,
  taskId: TaskId,
  bulk: Bulk,
  skipped: Skipped,
): AsyncGenerator<AnnotationOperation[]> {
  const frames = await whole(matching(store, taskId, bulk))
  const meant = frames.flatMap(({ annotations }) => annotations)
  const tracks = meant.filter((one) => one.kind === 'track')
  for (let at = tracks.length; at < meant.length; at += 1) skipped.add('kind')
  const jobs = store.jobs
    .ofTask(taskId)
    .map(({ startFrame, stopFrame }) => ({ start: startFrame, stop: stopFrame }))
    .sort((a, b) => a.start - b.start)
  const operations = joinsAcrossJobs(tracks, jobs).flatMap(
    ({ earlier, later, joined }): AnnotationOperation[] => [
      { kind: 'update', before: earlier, after: joined },
      { kind: 'delete', before: later },
    ],
  )
  // A track over three jobs is joined twice; what counts is what it becomes.
  const joins = squash(operations).filter(isAnnotationOperation)
  for (let at = joins.length; at < tracks.length; at += 1) skipped.add('no-partner')
  for (const operation of joins) yield [operation]
}

async function whole<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** The mutable attributes of each label, with their default values. */
function mutableOf(store: Store, taskId: TaskId): ReadonlyMap<number, MutableDefaults> {
  return new Map(
    store.labels
      .ofTask(taskId)
      .map(({ id, attributes }) => [
        id,
        new Map(
          attributes
            .filter(({ mutable }) => mutable)
            .map(({ id: specId, defaultValue }) => [specId, defaultValue]),
        ),
      ]),
  )
}
