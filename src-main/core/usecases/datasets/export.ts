import { basename, extname, join, resolve } from 'node:path'
import type { RequestId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import { exportsDir } from '../../data-layout.ts'
import type { DatasetFormat } from '../../ports.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { projectStreams } from '../../work/export/dataset-project.ts'
import { cannot, isThere, jobOf, readyTask } from './ready-task.ts'

type TaskInput = Parameters<Usecases['datasets']['export']>[0]
type ProjectInput = Parameters<Usecases['datasets']['exportProject']>[0]
type Options = Omit<TaskInput, 'taskId' | 'jobId'>

/** @throws NOT_FOUND, FORMAT_UNKNOWN, FILTER_INVALID, INPUT_INVALID */
export async function exportTask(
  deps: Deps,
  { taskId, jobId, ...options }: TaskInput,
): Promise<{ requestId: RequestId }> {
  const task = readyTask(deps, taskId)
  const job = jobOf(deps, taskId, jobId)
  const wanted = await checked(deps, options, job ? `job_${job.id}` : `task_${task.name}`)
  const title = `Export ${wanted.format} of ${job ? `job ${job.id} of ` : ''}${task.name}`
  const params = { taskId, jobId, ...wanted }
  return { requestId: deps.queue.enqueue('export-dataset', taskId, title, params).id }
}

/** @throws NOT_FOUND, FORMAT_UNKNOWN, FILTER_INVALID, INPUT_INVALID */
export async function exportProject(
  deps: Deps,
  { projectId, subsets, ...options }: ProjectInput,
): Promise<{ requestId: RequestId }> {
  const project = deps.store.projects.get(projectId)
  const { frames, filter } = options
  const wanted = await checked(deps, options, `project_${project.name}`)
  projectStreams(deps.store, projectId, { subsets, selection: { frames, filter } })
  const title = `Export ${wanted.format} of ${project.name}`
  const params = { projectId, subsets, ...wanted }
  return { requestId: deps.queue.enqueue('export-project', null, title, params).id }
}

/** Everything that can be known to be wrong is told now, not by a request that fails later. */
async function checked(deps: Deps, options: Options, what: string) {
  const { path, name, overwrite, ...rest } = options
  const format = deps.formats.get(options.format)
  if (!format.export) throw cannot(format, 'exported')
  if (options.filter.trim() !== '') requireFilter(options.filter)
  const target = path === null ? inExports(deps, format, name, what) : resolve(path)
  if (!overwrite && (await isThere(target))) {
    throw new AppError('EXPORT_EXISTS', { path: target })
  }
  return { ...rest, format: format.name, path: target }
}

/** In the data directory's exports folder, under the name asked for or CVAT's download name. */
function inExports(
  { dataDir }: Deps,
  format: DatasetFormat,
  name: string | null,
  what: string,
): string {
  const file = name === null ? downloadName(format, what) : fileName(name)
  const extension =
    extname(file).toLowerCase() === `.${format.extension}` ? '' : `.${format.extension}`
  return join(exportsDir(dataDir), `${file}${extension}`)
}

function downloadName(format: DatasetFormat, what: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-T:]/g, '_')
  // A file name has room for 255 bytes, a task's name for any number.
  return `${what.slice(0, 60)}_dataset_${stamp}_${format.name}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
}

/** @throws INPUT_INVALID for one that would leave the folder */
function fileName(name: string): string {
  if (name === basename(name) && !/^\.{1,2}$|[\\/\0]/.test(name)) return name
  const problem = 'it is the name of a file, without folders; say where with a path'
  throw new AppError('INPUT_INVALID', { where: `name "${name}"`, problem })
}
