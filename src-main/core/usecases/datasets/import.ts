import { basename, resolve } from 'node:path'
import type { RequestId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { cannot, isThere, jobOf, readyTask } from './ready-task.ts'

type TaskInput = Parameters<Usecases['datasets']['import']>[0]
type ProjectInput = Parameters<Usecases['datasets']['importProject']>[0]

/** @throws NOT_FOUND, FORMAT_UNKNOWN, MEDIA_NOT_FOUND, INPUT_INVALID */
export async function importIntoTask(
  deps: Deps,
  input: TaskInput,
): Promise<{ requestId: RequestId }> {
  const { task, params } = await checked(deps, input)
  const title = `Import ${params.format ?? basename(params.path)} into ${task.name}`
  return { requestId: deps.queue.enqueue('import-dataset', task.id, title, params).id }
}

/** @throws NOT_FOUND, FORMAT_UNKNOWN, MEDIA_NOT_FOUND, INPUT_INVALID */
export async function previewImport(
  deps: Deps,
  input: TaskInput,
): Promise<{ requestId: RequestId }> {
  const { task, params } = await checked(deps, input)
  const title = `Look into ${basename(params.path)} for ${task.name}`
  return { requestId: deps.queue.enqueue('preview-import', task.id, title, params).id }
}

/** @throws NOT_FOUND, FORMAT_UNKNOWN, MEDIA_NOT_FOUND, INPUT_INVALID */
export async function importIntoProject(
  deps: Deps,
  { projectId, projectName, ...input }: ProjectInput,
): Promise<{ requestId: RequestId }> {
  const project = projectId === null ? null : deps.store.projects.get(projectId)
  if (project === null && input.media === 'existing') {
    const problem = 'a new project has no pictures that annotations could go to'
    throw new AppError('INPUT_INVALID', { where: 'media', problem })
  }
  const { format, path } = await readable(deps, input)
  const name = projectName ?? basename(path).replace(/\.[^.]*$/, '')
  const params = { projectId, projectName: name, format, path, media: input.media }
  const title = `Import ${format ?? basename(path)} into ${project?.name ?? name}`
  return { requestId: deps.queue.enqueue('import-project', null, title, params).id }
}

async function checked(deps: Deps, input: TaskInput) {
  const task = readyTask(deps, input.taskId)
  jobOf(deps, task.id, input.jobId)
  const known = new Set([
    ...deps.store.labels.ofTask(task.id).map(({ name }) => name),
    ...input.createLabels,
  ])
  for (const [from, to] of Object.entries(input.labels)) {
    if (to === null || known.has(to)) continue
    const problem = `the task has no label "${to}"`
    throw new AppError('INPUT_INVALID', { where: `labels["${from}"]`, problem })
  }
  return { task, params: { ...input, ...(await readable(deps, input)) } }
}

async function readable(
  deps: Deps,
  { format: name, path }: { format: string | null; path: string },
): Promise<{ format: string | null; path: string }> {
  const format = name === null ? null : deps.formats.get(name)
  if (format && !format.import) throw cannot(format, 'imported')
  const file = resolve(path)
  if (!(await isThere(file))) throw new AppError('MEDIA_NOT_FOUND', { path: file })
  return { format: format?.name ?? null, path: file }
}
