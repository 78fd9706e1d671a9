import { access } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import type { Job, Task } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { exportsDir } from '../../data-layout.ts'
import type { AnnotationCensus, DatasetFormat } from '../../ports.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { rangeOfJob } from '../../work/dataset-source.ts'
import { deletedFrameLosses } from '../../work/deleted-frames.ts'

export function datasetUsecases(deps: Deps): Usecases['datasets'] {
  const { store, formats, queue } = deps
  return {
    formats: () => formats.list(),
    lossReport: ({ taskId, jobId, format: name }) => {
      const format = formats.get(name)
      const range = rangeOfJob(jobOf(deps, taskId, jobId))
      const census = store.annotations.census(taskId, range, format.keeps)
      const deleted = deletedFrameLosses(store, taskId, range)
      return {
        annotations: range
          ? objectsOf(store.annotations.census(taskId, range))
          : store.annotations.count(taskId),
        losses: [...deleted, ...format.losses(census)],
      }
    },
    export: async ({ taskId, jobId, format: name, path, withImages, overwrite }) => {
      const task = readyTask(deps, taskId)
      const job = jobOf(deps, taskId, jobId)
      const format = formats.get(name)
      if (!format.export) throw cannot(format, 'exported')
      const target = path === null ? defaultPath(deps.dataDir, task, job, format) : resolve(path)
      if (!overwrite && (await isThere(target))) {
        throw new AppError('INPUT_INVALID', { where: target, problem: 'the file is there already' })
      }
      const params = { taskId, jobId, format: format.name, path: target, withImages }
      const title = `Export ${format.name} of ${job ? `job ${job.id} of ` : ''}${task.name}`
      return { requestId: queue.enqueue('export-dataset', taskId, title, params).id }
    },
    import: async ({ taskId, format: name, path, mode }) => {
      const task = readyTask(deps, taskId)
      const format = formats.get(name)
      if (!format.import) throw cannot(format, 'imported')
      const file = resolve(path)
      if (!(await isThere(file))) throw new AppError('MEDIA_NOT_FOUND', { path: file })
      const params = { taskId, format: format.name, path: file, mode }
      const title = `Import ${format.name} into ${task.name}`
      return { requestId: queue.enqueue('import-dataset', taskId, title, params).id }
    },
  }
}

/** @throws INPUT_INVALID while the media are still being listed */
function readyTask(deps: Deps, id: Task['id']): Task {
  const task = deps.store.tasks.get(id)
  if (task.mediaState === 'ready') return task
  throw new AppError('INPUT_INVALID', {
    where: `task ${id}`,
    problem:
      task.mediaState === 'scanning'
        ? 'its media are still being listed; wait a moment'
        : 'its media could not be listed; relink it first',
  })
}

/** @throws NOT_FOUND for a job of another task */
function jobOf({ store }: Deps, taskId: Task['id'], jobId: Job['id'] | null): Job | null {
  if (jobId === null) return null
  const job = store.jobs.get(jobId)
  if (job.taskId !== taskId) throw new AppError('NOT_FOUND', { what: 'job', id: jobId })
  return job
}

/** A track is one object, on however many frames it is seen. */
function objectsOf({ tags, tracks, shapes, trackShapes }: AnnotationCensus): number {
  const sum = (counts: AnnotationCensus['shapes']) =>
    Object.values(counts).reduce((total, count) => total + count, 0)
  return tags + tracks + sum(shapes) - sum(trackShapes)
}

function cannot(format: DatasetFormat, verb: string): AppError {
  return new AppError('INPUT_INVALID', {
    where: `format ${format.name}`,
    problem: `it cannot be ${verb}`,
  })
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** CVAT's download name, in the data directory's exports folder. */
function defaultPath(dataDir: string, task: Task, job: Job | null, format: DatasetFormat): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-T:]/g, '_')
  // A file name has room for 255 bytes, a task's name for any number.
  const what = job ? `job_${job.id}` : `task_${task.name.slice(0, 50)}`
  const name = `${what}_dataset_${stamp}_${format.name}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
  const extension = extname(name) === `.${format.extension}` ? '' : `.${format.extension}`
  return join(exportsDir(dataDir), `${name}${extension}`)
}
