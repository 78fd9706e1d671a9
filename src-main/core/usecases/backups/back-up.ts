import { join, resolve } from 'node:path'
import type { RequestId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { exportsDir } from '../../data-layout.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { isThere, readyTask } from '../datasets/ready-task.ts'

type Verbs = Usecases['backups']
type Started = Promise<{ requestId: RequestId }>
interface Target {
  readonly path: string | null
  readonly overwrite: boolean
}

/** @throws NOT_FOUND, INPUT_INVALID while the media are being listed, or when the file is there and is to stay */
export async function backUpTask(
  deps: Deps,
  { taskId, ...target }: Parameters<Verbs['task']>[0],
): Started {
  const { name } = readyTask(deps, taskId)
  const path = await chosen(deps, target, `task_${name}_backup`)
  const params = { what: 'task', taskId, path }
  return { requestId: deps.queue.enqueue('backup', taskId, `Back up ${name}`, params).id }
}

/** Tasks whose media could not be listed are left out, as CVAT does. @throws as `backUpTask` */
export async function backUpProject(
  deps: Deps,
  { projectId, ...target }: Parameters<Verbs['project']>[0],
): Started {
  const { name } = deps.store.projects.get(projectId)
  for (const { id, mediaState } of deps.store.tasks.list({ projectId }))
    if (mediaState === 'scanning') readyTask(deps, id)
  const path = await chosen(deps, target, `project_${name}_backup`)
  const params = { what: 'project', projectId, path }
  return { requestId: deps.queue.enqueue('backup', null, `Back up ${name}`, params).id }
}

/** @throws INPUT_INVALID when the file is there and is to stay */
export async function backUpLibrary(
  deps: Deps,
  { withModels, ...target }: Parameters<Verbs['snapshot']>[0],
): Started {
  const path = await chosen(deps, target, 'library_snapshot')
  const params = { what: 'library', withModels, path }
  return { requestId: deps.queue.enqueue('backup', null, 'Back up the library', params).id }
}

async function chosen(
  { dataDir }: Deps,
  { path, overwrite }: Target,
  what: string,
): Promise<string> {
  const file = path === null ? join(exportsDir(dataDir), downloadName(what)) : resolve(path)
  if (overwrite || !(await isThere(file))) return file
  throw new AppError('EXPORT_EXISTS', { path: file })
}

/** CVAT's: `task_street_backup_2024_07_01_12_00_00.zip`, lower case. */
function downloadName(what: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-T:]/g, '_')
  // A file name has room for 255 bytes, a task's name for any number.
  const short = what.replace(/^(task|project)_(.*)_backup$/s, (_, kind: string, name: string) => {
    return `${kind}_${name.slice(0, 60)}_backup`
  })
  return `${short}_${stamp}.zip`.toLowerCase().replace(/[^\p{L}\p{N}._-]+/gu, '_')
}
