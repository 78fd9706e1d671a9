import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTaskInput } from '#shared/contract/index.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Deps } from '../../usecase.ts'
import { createTask } from '../tasks/create.ts'

const SETTING = 'sampleTaskId'

/**
 * The sample project, made once: its pictures are copied into the data directory (the application's own folder may be
 * read-only or replaced by an update), its ground truth imported.
 */
export async function openDemo(deps: Deps): Promise<{ taskId: number; requestIds: number[] }> {
  const known = deps.store.settings.all()[SETTING]
  const there = deps.store.tasks.list().find((task) => task.id === known)
  if (there) return { taskId: there.id, requestIds: [] }
  const { taskId, scanId } = await createSample(deps)
  const scan = await deps.queue.settled(scanId)
  if (scan.state !== 'finished') {
    throw new AppError('INTERNAL', {
      detail: scan.error?.message ?? 'the sample could not be listed',
    })
  }
  const title = 'Import the sample annotations'
  const params = {
    taskId,
    format: 'COCO 1.0',
    path: join(deps.dataDir, 'sample', 'coco.json'),
    mode: 'add',
  }
  const imported = deps.queue.enqueue('import-dataset', taskId, title, params)
  deps.store.settings.merge({ [SETTING]: taskId })
  return { taskId, requestIds: [scanId, imported.id] }
}

async function createSample(deps: Deps): Promise<{ taskId: TaskId; scanId: RequestId }> {
  const folder = join(deps.dataDir, 'sample')
  await cp(deps.sampleDir, folder, { recursive: true })
  const labels = parseRawLabels(JSON.parse(await readFile(join(folder, 'labels.json'), 'utf8')))
  const name = 'Desk sample'
  const project = deps.store.projects.create({ name, bugTracker: '', labels })
  deps.events.publish({ type: 'project', id: project.id })
  const input = createTaskInput.parse({
    name,
    projectId: project.id,
    paths: [join(folder, 'images')],
  })
  const { task, requestId } = await createTask(deps, input)
  return { taskId: task.id, scanId: requestId }
}
