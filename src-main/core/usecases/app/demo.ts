import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTaskInput } from '#shared/contract/index.ts'
import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Deps } from '../../usecase.ts'
import { createTask } from '../tasks/create.ts'

const SETTING = 'sampleTaskId'

/**
 * The sample project, made once: its pictures and its video are copied into the data directory (the application's own
 * folder may be read-only or replaced by an update), a task each, the ground truth imported.
 * @returns the task of pictures
 */
export async function openDemo(deps: Deps): Promise<{ taskId: number; requestIds: number[] }> {
  const known = deps.store.settings.all()[SETTING]
  const there = deps.store.tasks.list().find((task) => task.id === known)
  if (there) return { taskId: there.id, requestIds: [] }
  const sample = await createSample(deps)
  const pictures = await withAnnotations(deps, sample, {
    name: 'Desk sample',
    media: 'images',
    file: 'coco.json',
    format: 'COCO 1.0',
  })
  const video = await withAnnotations(deps, sample, {
    name: 'Desk video',
    media: 'video/desk.mp4',
    file: 'video/tracks.zip',
    format: 'MOT 1.1',
  })
  deps.store.settings.merge({ [SETTING]: pictures.taskId })
  return { taskId: pictures.taskId, requestIds: [...pictures.requestIds, ...video.requestIds] }
}

interface Sample {
  readonly folder: string
  readonly projectId: ProjectId
}

async function createSample(deps: Deps): Promise<Sample> {
  const folder = join(deps.dataDir, 'sample')
  await cp(deps.sampleDir, folder, { recursive: true })
  const labels = parseRawLabels(JSON.parse(await readFile(join(folder, 'labels.json'), 'utf8')))
  const project = deps.store.projects.create({ name: 'Desk sample', bugTracker: '', labels })
  deps.events.publish({ type: 'project', id: project.id })
  return { folder, projectId: project.id }
}

interface SampleTask {
  readonly name: string
  /** In the sample's folder. */
  readonly media: string
}

function createSampleTask(deps: Deps, { folder, projectId }: Sample, { name, media }: SampleTask) {
  const paths = [join(folder, media)]
  return createTask(deps, createTaskInput.parse({ name, projectId, paths }))
}

/** A task and, once it is listed, the import of what is known of it. @throws INTERNAL when it cannot be listed */
async function withAnnotations(
  deps: Deps,
  sample: Sample,
  of: SampleTask & { readonly file: string; readonly format: string },
): Promise<{ taskId: TaskId; requestIds: number[] }> {
  const { task, requestId } = await createSampleTask(deps, sample, of)
  const scan = await deps.queue.settled(requestId)
  if (scan.state !== 'finished') {
    throw new AppError('INTERNAL', {
      detail: scan.error?.message ?? 'the sample could not be listed',
    })
  }
  const path = join(sample.folder, of.file)
  const params = { taskId: task.id, format: of.format, path, mode: 'add' }
  const title = 'Import the sample annotations'
  const imported = deps.queue.enqueue('import-dataset', task.id, title, params)
  return { taskId: task.id, requestIds: [requestId, imported.id] }
}
