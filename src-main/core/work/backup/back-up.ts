import { dirname } from 'node:path'
import type { BackupReport } from '#shared/domain/backup.ts'
import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { projectGuideDir } from '../../data-layout.ts'
import type { DatasetOutput } from '../../ports.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import { makeFolder } from '../media/make-folder.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { writeGuide } from './guides.ts'
import { createNotes, type Notes } from './notes.ts'
import { backupParams } from './params.ts'
import { snapshotLibrary } from './snapshot-library.ts'
import { type TaskCounts, writeTask } from './write-task.ts'

/**
 * Back up a task, a project or the whole library into one file that appears whole or not at all.
 * @throws FRAME_MISSING for a lost video, DISK_FULL, EXPORT_NOT_WRITABLE, CANCELLED
 */
export const backup: Work = async (deps, params, hooks) => {
  const wanted = backupParams.parse(params)
  switch (wanted.what) {
    case 'task':
      return backUp(deps, hooks, wanted.path, { taskIds: [wanted.taskId], projectId: null })
    case 'project': {
      const { projectId } = wanted
      const taskIds = deps.store.tasks.list({ projectId }).map(({ id }) => id)
      return backUp(deps, hooks, wanted.path, { taskIds, projectId })
    }
    case 'library':
      return snapshotLibrary(deps, wanted, hooks)
  }
}

interface Wanted {
  readonly taskIds: readonly TaskId[]
  /** Null: the one task alone. */
  readonly projectId: ProjectId | null
}

async function backUp(
  deps: WorkDeps,
  hooks: WorkHooks,
  path: string,
  { taskIds, projectId }: Wanted,
): Promise<BackupReport> {
  await makeFolder(dirname(path))
  // The sizes of pictures stand in for lost ones; reading them writes to the store, so it comes before the snapshot.
  for (const id of taskIds) await readPendingHeaders(deps, id, hooks)
  const notes = createNotes()
  const counts: TaskCounts = { tasks: 0, frames: 0, annotations: 0, picturesLeftOut: 0 }
  const { sizeBytes } = await deps.store.inOneSnapshot(() =>
    deps.formats.writeZip(path, (output) =>
      projectId === null
        ? writeOne(deps, output, taskIds, { counts, notes, hooks })
        : writeProject(deps, output, { projectId, taskIds }, { counts, notes, hooks }),
    ),
  )
  return { path, sizeBytes, ...counts, notes: notes.list() }
}

interface Telling {
  readonly counts: TaskCounts
  readonly notes: Notes
  readonly hooks: WorkHooks
}

async function writeOne(
  deps: WorkDeps,
  output: DatasetOutput,
  [taskId]: readonly TaskId[],
  telling: Telling,
): Promise<void> {
  if (taskId === undefined) return
  const { total } = framesOf(deps, [taskId])
  await writeTask(deps, output, { taskId, folder: '' }, { ...telling, before: 0, total })
}

async function writeProject(
  deps: WorkDeps,
  output: DatasetOutput,
  { projectId, taskIds }: { projectId: ProjectId; taskIds: readonly TaskId[] },
  telling: Telling,
): Promise<void> {
  const project = deps.store.projects.get(projectId)
  const { ready, total, empty } = framesOf(deps, taskIds)
  if (empty.length > 0) telling.notes.say(`Tasks without media are left out: ${empty.join(', ')}.`)
  const jobs = ready.flatMap((id) => deps.store.jobs.ofTask(id))
  await deps.backups.writeProject(output, project, jobs)
  await writeGuide(output, '', projectGuideDir(deps.dataDir, projectId))
  let before = 0
  for (const [at, taskId] of ready.entries()) {
    const place = { taskId, folder: `task_${at}/` }
    await writeTask(deps, output, place, { ...telling, before, total })
    before += deps.store.tasks.get(taskId).size
  }
}

/** Tasks that have frames, in the order of their ids. @throws INPUT_INVALID while media are being listed */
function framesOf({ store }: WorkDeps, taskIds: readonly TaskId[]) {
  const tasks = taskIds.map((id) => store.tasks.get(id)).sort((a, b) => a.id - b.id)
  const waiting = tasks.find(({ mediaState }) => mediaState === 'scanning')
  if (waiting) {
    const problem = 'its media are still being listed; wait a moment'
    throw new AppError('INPUT_INVALID', { where: `task ${waiting.id}`, problem })
  }
  const ready = tasks.filter(({ size }) => size > 0)
  return {
    ready: ready.map(({ id }) => id),
    empty: tasks.filter(({ size }) => size === 0).map(({ name }) => name),
    total: ready.reduce((sum, { size }) => sum + size, 0),
  }
}
