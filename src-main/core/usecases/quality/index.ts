import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'

/** Questions about annotations. None of them changes anything; all run as requests, since a task may hold millions. */
export function qualityUsecases({ store, formats, queue }: Deps): Usecases['quality'] {
  return {
    stats: (scope) => {
      const isTask = 'taskId' in scope
      const { name } = isTask ? store.tasks.get(scope.taskId) : store.projects.get(scope.projectId)
      const request = queue.enqueue('stats', isTask ? scope.taskId : null, `Count ${name}`, scope)
      return { requestId: request.id }
    },
    validate: (params) => {
      const { name } = store.tasks.get(params.taskId)
      return { requestId: queue.enqueue('validate', params.taskId, `Check ${name}`, params).id }
    },
    compare: async ({ taskId, with: other, overlap }) => {
      const { name } = store.tasks.get(taskId)
      const second =
        'taskId' in other
          ? { taskId: store.tasks.get(other.taskId).id }
          : { path: resolve(other.path), format: other.format && formats.get(other.format).name }
      if (second.path !== undefined) await mustExist(second.path)
      const what = second.path ?? store.tasks.get(second.taskId).name
      const params = { taskId, with: second, overlap }
      return {
        requestId: queue.enqueue('compare', taskId, `Compare ${name} with ${what}`, params).id,
      }
    },
  }
}

async function mustExist(path: string): Promise<void> {
  await access(path).catch((cause: unknown) => {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  })
}
