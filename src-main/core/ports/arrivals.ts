import type { ProjectId, RequestId, TaskId } from '#shared/domain/ids.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import type { NewTask } from './store.ts'

/**
 * Tasks and projects on their way in. They have ids, labels, frames, jobs and annotations like any other, and nobody sees
 * them until `show`: lists and `get` pass them over. What a crash leaves is in `left` at the next start.
 */
export interface ArrivalRepository {
  createProject(input: { name: string; bugTracker: string; labels: readonly RawLabel[] }): ProjectId
  /** @param mediaPaths  where its media will lie, once its id is known; else those of the input */
  createTask(input: NewTask, mediaPaths?: (id: TaskId) => readonly string[]): TaskId
  /**
   * All of them are there, in one transaction, in which the request gets its result, too: one that is carried out again
   * (a crash hit it right after) finds it and need not make them twice.
   */
  show(arrived: Arrived, requestId: RequestId, result: unknown): void
  /** As if they had never been. */
  drop(arrived: Arrived): void
  /** Those that were never shown. Ask at the start, before any request runs. */
  left(): Arrived
  /**
   * Those of them that were here once and are no more. Ids this library has not given out yet are not among them: an older
   * database may have been put in its place, and what lies there for them is not known to be nobody's.
   */
  gone(of: Arrived): Arrived
}

export interface Arrived {
  readonly projectIds: readonly ProjectId[]
  readonly taskIds: readonly TaskId[]
}
