import { rm } from 'node:fs/promises'
import type { TaskId } from '#shared/domain/ids.ts'
import { ownFolders, uploadOf } from '../../data-layout.ts'
import type { Deps } from '../../usecase.ts'
import { cancelVideoIndex } from './index-video.ts'

/**
 * Delete a task with its annotations. Its media stay where they are, except those that Fieldmark itself holds for this
 * task alone: copied ones, and pictures dropped on the page of the web shell.
 * @throws NOT_FOUND
 */
export async function deleteTask(deps: Deps, id: TaskId): Promise<void> {
  const { mediaPaths } = deps.store.tasks.get(id)
  cancelVideoIndex(deps, id)
  deps.store.tasks.delete(id)
  deps.events.publish({ type: 'task', id, task: null })
  const inUse = new Set(deps.store.tasks.list().flatMap((task) => uploadsOf(deps, task.mediaPaths)))
  const own = uploadsOf(deps, mediaPaths).filter((folder) => !inUse.has(folder))
  for (const folder of [...ownFolders(deps.dataDir, { taskIds: [id] }), ...own])
    await rm(folder, { recursive: true, force: true })
}

/** The upload folders (one a drop) that these paths lie in. */
const uploadsOf = ({ dataDir }: Deps, paths: readonly string[]): string[] =>
  paths.flatMap((path) => uploadOf(dataDir, path) ?? [])
