import { rm } from 'node:fs/promises'
import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import type { ProjectImportReport } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { copiedMediaDir } from '../../data-layout.ts'
import type { DatasetInput, LabelDraft, NewAnnotation } from '../../ports.ts'
import { type ArchivePictures, picturesIn } from '../media/archive-pictures.ts'
import { unpackPictures } from '../media/unpack-pictures.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { type FilledTask, fillTasks } from './fill-tasks.ts'
import { FoundLabels } from './found-labels.ts'
import type { ProjectImport } from './import-project.ts'
import { ReportMaker } from './import-report.ts'
import { type MadeTask, makeTasks } from './make-tasks.ts'
import { type PictureFrames, pictureTarget, unsorted } from './new-task-target.ts'
import { PictureIndex } from './picture-index.ts'
import { addedTo, newLabel } from './raw-labels-of.ts'
import { matchesNothing } from './read-format.ts'
import { type PlannedTask, SubsetPlan } from './subset-plan.ts'

/** What the first reading tells: which picture goes where, and which labels there are. */
interface Learnt {
  readonly tasks: readonly PlannedTask[]
  readonly leftOut: number
  readonly found: FoundLabels
  readonly media: ArchivePictures
  readonly index: PictureIndex
}

/**
 * Tasks of a data set's pictures, one for each subset, in a new project or one that is there. The file is read twice: to
 * learn what is in it, and, once there are tasks and labels, for its annotations. Nothing of it is seen before all is there.
 */
export async function importNewTasks(
  deps: WorkDeps,
  what: ProjectImport,
  hooks: WorkHooks,
): Promise<ProjectImportReport> {
  const unpacked = await unpackPictures(deps, what, hooks)
  try {
    return await importPictures(deps, { ...what, unpacked }, hooks)
  } finally {
    if (unpacked !== null) await rm(unpacked, { recursive: true, force: true })
  }
}

/** `unpacked`: the folder its pictures are in for now, where they were inside its records. */
type WithPictures = ProjectImport & { readonly unpacked: string | null }

async function importPictures(
  deps: WorkDeps,
  what: WithPictures,
  hooks: WorkHooks,
): Promise<ProjectImportReport> {
  const known = what.projectId === null ? [] : deps.store.labels.ofProject(what.projectId)
  const learnt = await learn(deps, what, known, hooks)
  const made = { projectIds: [] as ProjectId[], taskIds: [] as TaskId[] }
  let draft: LabelDraft | null = null
  try {
    const raw = labelsToMake(learnt.found, known)
    let { projectId } = what
    if (projectId === null) {
      const input = { name: what.projectName, bugTracker: '', labels: raw }
      projectId = deps.store.arrivals.createProject(input)
      made.projectIds.push(projectId)
    } else if (raw.length > 0) draft = deps.store.labels.draft({ projectId }, raw)
    const labels = draft?.labels ?? deps.store.labels.ofProject(projectId)
    const plan = { ...learnt, projectId, path: what.path, isPassing: what.unpacked !== null }
    const tasks = await makeTasks(deps, plan, { hooks, made: (id) => made.taskIds.push(id) })
    const { report, filled } = await fill(deps, { what, learnt, labels, tasks }, hooks)
    const result = reported({ projectId, report, filled, learnt, known, tasks })
    deps.store.together(() => {
      for (const { batch } of filled) batch.settle()
      if (draft) deps.store.labels.publishDraft(draft)
      deps.store.arrivals.show(made, what.requestId, result)
    })
    announce(deps, projectId, made.taskIds, hooks)
    return result
  } catch (error) {
    // Files first: as long as rows say that something is on its way in, the next start takes its folders away.
    for (const id of made.taskIds)
      await rm(copiedMediaDir(deps.dataDir, id), { recursive: true, force: true })
    deps.store.arrivals.drop(made)
    if (draft) deps.store.labels.dropDraft(draft)
    throw error
  }
}

/** @throws MEDIA_NONE, DATASET_MATCHES_NOTHING */
async function learn(
  deps: WorkDeps,
  { path, format, input, unpacked }: WithPictures,
  known: readonly Label[],
  hooks: WorkHooks,
): Promise<Learnt> {
  const media = await picturesIn(deps, unpacked ?? path, hooks)
  const index = new PictureIndex(media.pictures.map(({ scanned }) => scanned.entry))
  const plan = new SubsetPlan(media.pictures)
  const found = new FoundLabels(deps.createLabelIndex(known))
  const report = new ReportMaker()
  const { watched, taken } = watch(input)
  const target = pictureTarget(index, unsorted(media.pictures), {
    ...{ labels: known, report, hooks, labelIndex: found },
    describe: found.describe.bind(found),
    heard: (picture, { name, subset }) => plan.list(picture, name, subset),
  })
  let count = 0
  try {
    for await (const annotations of format.read(watched, target)) {
      for (const annotation of annotations) found.saw(annotation)
      count += annotations.length
      hooks.progress(0, null, `${count.toLocaleString('en')} annotations seen`)
    }
  } catch (error) {
    if (!matchesNothing(error)) throw error
  }
  if (count === 0 && report.unmatchedCount > 0 && !plan.hasAny) {
    const [example = ''] = report.unmatched
    throw new AppError('DATASET_MATCHES_NOTHING', { file: input.file, what: 'images', example })
  }
  return { ...plan.tasks((entry) => !taken.has(entry)), found, media, index }
}

/** What a reader asks for whole is part of the annotations, whatever it looks like. */
function watch(input: DatasetInput): { watched: DatasetInput; taken: ReadonlySet<string> } {
  const taken = new Set<string>()
  const noted = <T>(read: (name: string) => T) => {
    return (name: string): T => {
      taken.add(name)
      return read(name)
    }
  }
  const { file, entries, text } = input
  const bytes = noted((name) => input.bytes(name))
  const pieces = noted((name) => input.pieces(name))
  return { watched: { file, entries, text: (name) => text(name), bytes, pieces }, taken }
}

/** A background that no annotation has is what is left of a picture, and no label. */
function labelsToMake({ byName }: FoundLabels, known: readonly Label[]): RawLabel[] {
  return [...byName.values()].flatMap((found) => {
    const own = known.find(({ id }) => id === found.known?.id)
    if (own) return addedTo(own, found) ?? []
    return found.name.toLowerCase() === 'background' && found.count === 0 ? [] : newLabel(found)
  })
}

function fill(
  deps: WorkDeps,
  {
    what,
    learnt: { index },
    labels,
    tasks,
  }: { what: ProjectImport; learnt: Learnt; labels: readonly Label[]; tasks: readonly MadeTask[] },
  hooks: WorkHooks,
): Promise<{ report: ReportMaker; filled: FilledTask[] }> {
  const report = new ReportMaker()
  const labelIndex = deps.createLabelIndex(labels)
  const target = pictureTarget(index, sorted(tasks), { labels, report, hooks, labelIndex })
  const keep = (_annotation: NewAnnotation) => true
  return fillTasks(deps, { ...what, target, parts: tasks, report, keep }, hooks)
}

function sorted(tasks: readonly MadeTask[]): PictureFrames {
  const byPicture = new Map(
    tasks.flatMap(({ frames }) => frames.map(({ picture, frame }) => [picture, frame] as const)),
  )
  const frames = tasks.flatMap((task) => task.frames.map(({ frame }) => frame))
  return { frames, frameOf: (picture) => byPicture.get(picture) }
}

function reported({
  projectId,
  report,
  filled,
  learnt,
  known,
  tasks,
}: {
  projectId: ProjectId
  report: ReportMaker
  filled: readonly FilledTask[]
  learnt: Learnt
  known: readonly Label[]
  tasks: readonly MadeTask[]
}): ProjectImportReport {
  const { leftOut } = learnt
  const notes = report.notes()
  if (leftOut > 0) notes.push(`${leftOut} pictures that no subset lists were left out`)
  return {
    projectId,
    tasks: tasks.map(({ id, subset, frameCount }, at) => {
      const imported = filled[at]?.count ?? 0
      return { id, name: subset, subset, frames: frameCount, imported }
    }),
    labelsCreated: labelsToMake(learnt.found, known).flatMap(({ id, name }) =>
      id === undefined ? [name] : [],
    ),
    imported: report.imported,
    unmatchedCount: report.unmatchedCount,
    unmatched: report.unmatched,
    notes,
  }
}

function announce(
  { store }: WorkDeps,
  projectId: ProjectId,
  taskIds: readonly TaskId[],
  hooks: WorkHooks,
): void {
  hooks.event({ type: 'project', id: projectId })
  for (const id of taskIds) hooks.event({ type: 'task', id, task: store.tasks.get(id) })
}
