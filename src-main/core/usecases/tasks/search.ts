import type { Task } from '#shared/domain/task.ts'
import { taskMatcher } from '#shared/filter/task-facts.ts'
import { parseTaskSearch } from '#shared/filter/task-search.ts'
import type { Store } from '../../ports.ts'

/** The tasks a search text finds, in the order given; nothing asked finds all. */
export function searchTasks(store: Store, tasks: readonly Task[], text: string): Task[] {
  const filter = parseTaskSearch(text)
  if (!filter) return [...tasks]
  const matches = taskMatcher(filter)
  const projects = new Map(store.projects.list().map(({ id, name }) => [id, name]))
  return tasks.filter((task) =>
    matches({
      task,
      projectName: (task.projectId === null ? null : projects.get(task.projectId)) ?? '',
      stages: store.jobs.ofTask(task.id).map(({ stage }) => stage),
    }),
  )
}
