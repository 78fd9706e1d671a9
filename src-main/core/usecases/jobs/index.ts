import { type Deps, publishTask, type Usecases } from '../../usecase.ts'

export function jobUsecases(deps: Deps): Usecases['jobs'] {
  return {
    get: ({ id }) => deps.store.jobs.get(id),
    update: ({ id, stage, state }) => {
      const job = deps.store.jobs.update(id, {
        ...(stage === undefined ? {} : { stage }),
        ...(state === undefined ? {} : { state }),
      })
      publishTask(deps, job.taskId)
      return job
    },
  }
}
