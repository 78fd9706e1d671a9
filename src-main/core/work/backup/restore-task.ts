import type { RestoreReport } from '#shared/domain/backup.ts'
import { type ProjectId, requestIdSchema, type TaskId } from '#shared/domain/ids.ts'
import type { Job } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { copiedMediaDir, taskGuideDir } from '../../data-layout.ts'
import type { DatasetInput, RestoredTask } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { takeOut } from './files-in.ts'
import { framesOfJobs, type Listed, listMedia } from './media-in.ts'
import { mediaOf } from './media-kind.ts'
import type { Notes } from './notes.ts'

interface Archived {
  readonly input: DatasetInput
  readonly task: RestoredTask
}

interface Place {
  readonly projectId: ProjectId | null
  readonly requestId: number
  readonly notes: Notes
  /** Told as soon as the task has an id, before anything is done with it. */
  started(id: TaskId): void
}

/** One task: its row, its media, its frames, jobs and marks, then its annotations. */
export async function restoreTask(
  deps: WorkDeps,
  archived: Archived,
  place: Place,
  hooks: WorkHooks,
): Promise<RestoreReport['tasks'][number]> {
  const { input, task } = archived
  const { store } = deps
  const media = mediaOf(task, input.file, place.notes)
  const { startFrame, frameStep } = task.numbering ?? task.media
  const id = store.arrivals.createTask(
    {
      name: task.name,
      projectId: place.projectId,
      labels: task.labels,
      subset: task.subset,
      bugTracker: task.bugTracker,
      segmentSize: task.segmentSize,
      overlap: task.overlap,
      frameStep,
      startFrame,
      stopFrame: null,
      sortingMethod: task.media.sortingMethod,
      mediaPaths: [],
    },
    (taskId) => media.paths(copiedMediaDir(deps.dataDir, taskId)),
  )
  place.started(id)
  const root = copiedMediaDir(deps.dataDir, id)
  await takeOut(input, media.files, root, hooks)
  await takeOut(input, task.guide, taskGuideDir(deps.dataDir, id), hooks)
  const listed = await listMedia(deps, { id, root, task, media, file: input.file }, hooks)
  store.jobs.setAll(id, jobsOf(task, listed, input.file))
  const isThere = (frame: number) => frame < listed.frameCount
  const marks = { deleted: task.deleted, checked: task.checked }
  if (![...marks.deleted, ...marks.checked].every(isThere))
    place.notes.count('marks of frames that are not there were left out')
  store.frames.setMarks(id, marks)
  const annotations = await addAnnotations(deps, archived, { ...place, id, listed }, hooks)
  const { name, subset } = task
  return { id, name, subset, frames: listed.frameCount, annotations }
}

/**
 * As the archive has them; the last one ends where the frames do, for of a video it is only known by now how many there are.
 * @throws BACKUP_INVALID when there are fewer pictures than the jobs are about
 */
function jobsOf(
  { jobs }: RestoredTask,
  { frameCount }: Listed,
  file: string,
): Omit<Job, 'id' | 'taskId' | 'updatedAt'>[] {
  const needed = framesOfJobs(jobs)
  if (needed > frameCount) {
    const problem = `the jobs are about ${needed} frames, and there are media for ${frameCount}`
    throw new AppError('BACKUP_INVALID', { file, where: 'data/', problem })
  }
  return jobs.map((job) =>
    job.stopFrame === needed - 1 ? { ...job, stopFrame: frameCount - 1 } : job,
  )
}

async function addAnnotations(
  deps: WorkDeps,
  { input, task }: Archived,
  { id, requestId, notes, listed }: Place & { id: TaskId; listed: Listed },
  hooks: WorkHooks,
): Promise<number> {
  const batch = deps.store.annotations.beginBatch(id, requestIdSchema.parse(requestId))
  try {
    const stream = task.annotations({
      labels: deps.store.labels.ofTask(id),
      frameCount: listed.frameCount,
      signal: hooks.signal,
      progress: hooks.progress,
      note: (what, count) => notes.count(what, count),
    })
    for await (const annotations of stream) batch.add(annotations)
    return batch.settle().added
  } catch (error) {
    batch.abort()
    throw inArchive(error, input.file)
  }
}

/** The store refuses an annotation by its number, which is its place among those read. */
function inArchive(error: unknown, file: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'ANNOTATION_INVALID') return error
  const { annotation, frame, problem } = error.params as {
    annotation: number
    frame: number
    problem: string
  }
  const where = `annotation ${annotation}, on frame ${frame}`
  return new AppError('BACKUP_INVALID', { file, where, problem }, { cause: error })
}
