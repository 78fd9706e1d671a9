import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { type Deps, publishTask, type Usecases } from '../../usecase.ts'
import { createTask } from './create.ts'
import { deleteTask } from './delete.ts'
import { openTask } from './open.ts'
import { relinkTask } from './relink.ts'
import { searchTasks } from './search.ts'

export function taskUsecases(deps: Deps): Usecases['tasks'] {
  const { store } = deps
  return {
    list: ({ projectId, search }) => {
      const tasks = store.tasks.list(projectId === undefined ? {} : { projectId })
      return search === undefined ? tasks : searchTasks(store, tasks, search)
    },
    get: ({ id }) => ({
      ...store.tasks.get(id),
      labels: store.labels.ofTask(id),
      jobs: store.jobs.ofTask(id),
    }),
    create: (input) => createTask(deps, input),
    open: ({ paths }) => openTask(deps, paths),
    update: ({ id, labels, ...change }) => {
      const task = store.tasks.get(id)
      const parsed = labels === undefined ? undefined : parseRawLabels(labels)
      if (parsed && task.projectId !== null) {
        throw new AppError('INPUT_INVALID', {
          where: 'labels',
          problem: 'this task uses the labels of its project; change them there',
        })
      }
      if (parsed) store.labels.replace({ taskId: id }, parsed)
      const updated = store.tasks.update(id, withoutUndefined(change))
      publishTask(deps, id)
      return updated
    },
    delete: async ({ id }) => {
      await deleteTask(deps, id)
      return { deleted: true }
    },
    relink: ({ id, from, to }) => relinkTask(deps, id, to, from),
  }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(change: T): Partial<Defined<T>> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<Defined<T>>
}
