import { stat } from 'node:fs/promises'
import type { TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import type { Deps } from '../../usecase.ts'

/** More than a person looks at; what is older is over. */
const RECENT = 200

/** Have a video's frames made certain, behind everything else. */
export function enqueueVideoIndex({ store, queue }: Pick<Deps, 'store' | 'queue'>, taskId: TaskId) {
  const { name } = store.tasks.get(taskId)
  return queue.enqueue('index-video', taskId, `Checking every frame of ${name}`, { taskId })
}

/** A file that was changed since it was last looked at is looked at again; one that is gone is not. */
export async function indexIfStale(deps: Deps, taskId: TaskId): Promise<void> {
  const file = deps.store.videos.ofTask(taskId)
  const stats = file && (await stat(file.path).catch(() => null))
  if (!stats || (stats.size === file.sizeBytes && stats.mtimeMs === file.mtimeMs)) return
  if (unfinishedIndices(deps, taskId).length === 0) enqueueVideoIndex(deps, taskId)
}

/** Nobody needs the frames of a task that is gone. */
export function cancelVideoIndex(deps: Deps, taskId: TaskId): void {
  for (const { id } of unfinishedIndices(deps, taskId)) deps.queue.cancel(id)
}

function unfinishedIndices({ store }: Deps, taskId: TaskId): WorkRequest[] {
  return store.requests
    .list(RECENT)
    .filter((one) => one.kind === 'index-video' && one.taskId === taskId)
    .filter(({ state }) => state === 'queued' || state === 'started')
}
