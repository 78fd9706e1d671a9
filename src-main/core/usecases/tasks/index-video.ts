import { stat } from 'node:fs/promises'
import type { TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import type { Deps } from '../../usecase.ts'

/** More than a person looks at; what is older is over. */
const RECENT = 200

/**
 * Have a video's frames made certain, behind everything else. One that has to wait for another's check, which may take hours,
 * has its packets read at once: then any of its frames is found without decoding from the start.
 */
export function enqueueVideoIndex({ store, queue }: Pick<Deps, 'store' | 'queue'>, taskId: TaskId) {
  const { name } = store.tasks.get(taskId)
  const others = unfinished(store).filter(({ kind }) => kind === 'index-video')
  if (others.some((one) => one.taskId !== taskId))
    queue.enqueue('index', taskId, `Reading ${name}`, { taskId })
  return queue.enqueue('index-video', taskId, `Checking every frame of ${name}`, { taskId })
}

/** A file that was changed since it was last looked at is looked at again; one that is gone is not. */
export async function indexIfStale(deps: Deps, taskId: TaskId): Promise<void> {
  const file = deps.store.videos.ofTask(taskId)
  const stats = file && (await stat(file.path).catch(() => null))
  if (!stats || (stats.size === file.sizeBytes && stats.mtimeMs === file.mtimeMs)) return
  const isUnderWay = unfinished(deps.store).some((one) => one.taskId === taskId)
  if (!isUnderWay) enqueueVideoIndex(deps, taskId)
}

/** Nobody needs the frames of a task that is gone. */
export function cancelVideoIndex(deps: Deps, taskId: TaskId): void {
  for (const one of unfinished(deps.store)) if (one.taskId === taskId) deps.queue.cancel(one.id)
}

function unfinished({ requests }: Deps['store']): WorkRequest[] {
  return requests
    .list(RECENT)
    .filter(({ kind }) => kind === 'index-video' || kind === 'index')
    .filter(({ state }) => state === 'queued' || state === 'started')
}
