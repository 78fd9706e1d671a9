import type { ProjectId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Store } from '../../ports.ts'
import { inSubsetOrder, subsetNames } from './dataset-parts.ts'
import type { Selection } from './dataset-selection.ts'
import { TaskStream } from './dataset-stream.ts'

/**
 * The tasks of a project that an export has, in its order. Tasks whose media could not be listed have nothing to give.
 * @param subsets  as exports call them; null: all
 * @throws INPUT_INVALID where there are none, or media are still being listed
 */
export function projectStreams(
  store: Store,
  projectId: ProjectId,
  { subsets, selection }: { subsets: readonly string[] | null; selection: Selection },
): TaskStream[] {
  const tasks = store.tasks.list({ projectId })
  const waiting = tasks.find(({ mediaState }) => mediaState === 'scanning')
  if (waiting) {
    const problem = 'its media are still being listed; wait a moment'
    throw new AppError('INPUT_INVALID', { where: `task ${waiting.id}`, problem })
  }
  const listed = inSubsetOrder(tasks.filter(({ size }) => size > 0))
  const nameOf = subsetNames(listed)
  const known = new Set(listed.map(nameOf))
  const unknown = subsets?.find((name) => !known.has(name))
  if (unknown !== undefined || known.size === 0) {
    throw new AppError('INPUT_INVALID', {
      where: `project ${projectId}`,
      problem:
        unknown === undefined
          ? 'it has no task with media'
          : `it has no subset "${unknown}", only ${[...known].join(', ')}`,
    })
  }
  return listed
    .filter((task) => subsets?.includes(nameOf(task)) ?? true)
    .map(({ id }) => new TaskStream(store, id, { job: null, selection }))
}
