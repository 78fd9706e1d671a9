import { isDeepStrictEqual } from 'node:util'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { TrackReport } from '#shared/domain/track-report.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { ledTrack } from '#shared/tracks/lead.ts'
import type { Store } from '../ports.ts'
import type { LedObjects } from './lead-objects.ts'

export interface ApplyLed {
  readonly taskId: TaskId
  readonly from: FrameIndex
  readonly keyframeEvery: number
  /** The same again when it is carried out a second time after a crash. */
  readonly clientStepId: string
}

/** Somebody who saves this often in a row is not outrun: then the request fails with what they did. */
const MOST_ATTEMPTS = 5

/**
 * Write what a tracker found, as one undoable step. What a person changed meanwhile stays as they left it.
 * @throws REVISION_CONFLICT, ANNOTATION_INVALID
 */
export function applyLed(
  store: Pick<Store, 'annotations' | 'tasks'>,
  led: LedObjects,
  how: ApplyLed,
): TrackReport {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return attemptTo(store, led, how)
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !isConflict(error)) throw error
    }
  }
}

function attemptTo(
  store: Pick<Store, 'annotations' | 'tasks'>,
  { objects, passedOver }: LedObjects,
  { taskId, from, keyframeEvery, clientStepId }: ApplyLed,
): TrackReport {
  const { revision, size } = store.tasks.get(taskId)
  const options = { keyframeEvery, lastFrame: size - 1 }
  const found = objects.filter(({ path }) => path.found.length > 0)
  const ids = found.map(({ annotation }) => annotation.id)
  const now = new Map(store.annotations.byIds(taskId, ids).map((one) => [one.id, one]))
  const same = found.filter(({ annotation }) =>
    isDeepStrictEqual(now.get(annotation.id), annotation),
  )
  const operations = same.flatMap(({ annotation, seen, path }): AnnotationOperation[] => {
    const after = ledTrack(annotation, seen, path, options)
    return after
      ? [{ kind: 'update', before: annotation, after: { ...after, source: 'semi-auto' } }]
      : []
  })
  if (operations.length > 0) {
    const type = same[0]?.seen.type
    const title = { key: 'follow', count: operations.length, ...(type && { type }) }
    store.annotations.apply(taskId, revision, clientStepId, { title, frame: from, operations })
  }
  return {
    tracked: operations.length,
    lost: objects.filter(({ path }) => path.lostOn !== null).length,
    notFound: objects.length - found.length,
    changedMeanwhile: found.length - same.length,
    passedOver,
    frames: Math.max(0, ...objects.map(({ path }) => path.found.length)),
  }
}

const isConflict = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'REVISION_CONFLICT'
