import { basename } from 'node:path'
import { createTaskInput } from '#shared/contract/index.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import type { Task } from '#shared/domain/task.ts'
import type { Deps } from '../../usecase.ts'
import { createTask, existingPaths } from './create.ts'

/** The task made from these very paths, or a new one named after the first: opening a folder twice is one task. */
export async function openTask(
  deps: Deps,
  paths: readonly string[],
): Promise<{ task: Task; requestId: WorkRequest['id'] | null; created: boolean }> {
  const wanted = await existingPaths(paths)
  const known = deps.store.tasks
    .list()
    .find((task) => task.mediaState !== 'failed' && samePaths(task.mediaPaths, wanted))
  if (known) return { task: known, requestId: null, created: false }
  const name = basename(wanted[0] ?? '') || (wanted[0] ?? 'Untitled')
  const input = createTaskInput.parse({ name, labels: [], paths: wanted })
  return { ...(await createTask(deps, input)), created: true }
}

function samePaths(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path, index) => path === b[index])
}
