import { rm } from 'node:fs/promises'
import type { RestoreReport } from '#shared/domain/backup.ts'
import { type ProjectId, requestIdSchema, type TaskId } from '#shared/domain/ids.ts'
import { ownFolders, projectGuideDir, taskGuideDir } from '../../data-layout.ts'
import type { BackupFile, DatasetInput, OpenBackup, RestoredProject } from '../../ports.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { takeOut } from './files-in.ts'
import { createNotes, type Notes } from './notes.ts'
import { restoreParams } from './params.ts'
import { restoreTask } from './restore-task.ts'
import { requireRoom } from './room.ts'

/**
 * A task or a project from its backup, CVAT's or ours. Media go into the data directory. Nobody sees anything of it until
 * all of it is there, in one transaction; refused archives, a cancel and kill -9 leave nothing.
 * @throws BACKUP_INVALID, BACKUP_WRONG_KIND, ARCHIVE_*, MEDIA_*, VIDEO_*, DISK_FULL, CANCELLED
 */
export const restore: Work = async (deps, params, hooks, id) => {
  const { what, path } = restoreParams.parse(params)
  const requestId = requestIdSchema.parse(id)
  // A crash hit it between its last transaction and its end: all is there.
  const { result } = deps.store.requests.get(requestId)
  if (result !== null) return result
  const input = await deps.formats.openInput(path)
  const made = { projectIds: [] as ProjectId[], taskIds: [] as TaskId[] }
  try {
    const opened = await deps.backups.open(input, what)
    await requireRoom(deps.dataDir, path, filesOf(opened))
    const report = await fill(deps, { input, opened, made }, { hooks, requestId })
    deps.store.arrivals.show(made, requestId, report)
    tell(deps, report, hooks)
    return report
  } catch (error) {
    await forget(deps, made)
    throw error
  } finally {
    input.close()
  }
}

function filesOf({ project, tasks }: OpenBackup): BackupFile[] {
  return [...(project?.guide ?? []), ...tasks.flatMap(({ data, guide }) => [...data, ...guide])]
}

interface Filling {
  readonly input: DatasetInput
  readonly opened: OpenBackup
  /** What nobody sees yet: ids are noted before anything is done with them. */
  readonly made: { readonly projectIds: ProjectId[]; readonly taskIds: TaskId[] }
}

async function fill(
  deps: WorkDeps,
  { input, opened, made }: Filling,
  { hooks, requestId }: { hooks: WorkHooks; requestId: number },
): Promise<RestoreReport> {
  const notes = createNotes()
  for (const note of opened.notes) notes.say(note)
  const projectId = opened.project ? makeProject(deps, opened.project) : null
  if (projectId !== null) made.projectIds.push(projectId)
  if (projectId !== null && opened.project) {
    const { guide } = opened.project
    const root = projectGuideDir(deps.dataDir, projectId)
    await takeOut(input, guide, root, hooks)
    tellGuide(notes, guide.length, root)
  }
  const tasks: RestoreReport['tasks'] = []
  for (const task of opened.tasks) {
    const started = (id: TaskId) => void made.taskIds.push(id)
    const place = { projectId, requestId, notes, started }
    const restored = await restoreTask(deps, { input, task }, place, hooks)
    tellGuide(notes, task.guide.length, taskGuideDir(deps.dataDir, restored.id))
    tasks.push(restored)
  }
  return { projectId, tasks, notes: notes.list() }
}

function makeProject(
  { store }: WorkDeps,
  { name, bugTracker, labels }: RestoredProject,
): ProjectId {
  return store.arrivals.createProject({ name, bugTracker, labels })
}

function tellGuide(notes: Notes, files: number, root: string): void {
  if (files === 0) return
  notes.say(`The annotation guide is kept in ${root} and goes along with the next backup.`)
}

function tell({ store }: WorkDeps, { projectId, tasks }: RestoreReport, hooks: WorkHooks): void {
  if (projectId !== null) hooks.event({ type: 'project', id: projectId })
  for (const { id } of tasks) hooks.event({ type: 'task', id, task: store.tasks.get(id) })
}

/** Files first: as long as rows say that something is on its way in, the next start takes its folders away. */
async function forget({ dataDir, store }: WorkDeps, made: Filling['made']): Promise<void> {
  for (const folder of ownFolders(dataDir, made)) await rm(folder, { recursive: true, force: true })
  store.arrivals.drop(made)
}
