import type { DatasetInput, OpenBackup, RestoredProject, RestoredTask } from '#main/core/ports.ts'
import { SNAPSHOT_SPEC } from '#shared/domain/backup.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { type Entries, sortEntries } from './entries.ts'
import { isOwn } from './is-own.ts'
import { openTask } from './open-task.ts'
import { OWN_SPEC, ownProjectSchema } from './own-record.ts'
import { readLabels } from './read-labels.ts'
import { readSpec } from './read-value.ts'
import { refuseBackup } from './refuse.ts'
import { projectSpecSchema } from './spec.ts'

/** See the port. */
export async function openBackup(
  input: DatasetInput,
  what: 'task' | 'project',
): Promise<OpenBackup> {
  const folders = sortEntries(input)
  const root = folders.get('')
  const is = kindOf(root)
  if (is === null || !root) {
    const problem = 'neither task.json nor project.json is in it, so it is no backup'
    throw new AppError('BACKUP_INVALID', { file: input.file, where: 'the archive', problem })
  }
  if (is !== what) throw new AppError('BACKUP_WRONG_KIND', { file: input.file, is })
  const notes: string[] = []
  const note = (sentence: string) => void notes.push(sentence)
  if (is === 'task') {
    const task = await openTask(input, root, { note, inProject: false })
    return { project: null, tasks: [task], notes }
  }
  const project = await openProject(input, root, note)
  const tasks: RestoredTask[] = []
  for (const [folder, entries] of folders) {
    if (folder === '') continue
    const told = (sentence: string) => note(`${folder.slice(0, -1)}: ${sentence}`)
    tasks.push(await openTask(input, entries, { note: told, inProject: true }))
  }
  return { project, tasks, notes }
}

const KINDS = [
  ['task.json', 'task'],
  ['project.json', 'project'],
  [SNAPSHOT_SPEC, 'library'],
] as const

function kindOf(root: Entries | undefined): (typeof KINDS)[number][1] | null {
  return KINDS.find(([name]) => root?.has(name))?.[1] ?? null
}

async function openProject(
  input: DatasetInput,
  root: Entries,
  note: (sentence: string) => void,
): Promise<RestoredProject> {
  const spec = await readSpec(input, 'project.json', projectSpecSchema)
  const refuse = refuseBackup(input.file, 'project.json')
  const own = (await isOwn(input, root, note))
    ? await readSpec(input, OWN_SPEC, ownProjectSchema)
    : null
  const labels = own
    ? readLabels(own.labels, refuseBackup(input.file, OWN_SPEC))
    : readLabels(spec.labels ?? [], refuse, note)
  return { name: spec.name, bugTracker: spec.bug_tracker, labels, guide: root.guide }
}
