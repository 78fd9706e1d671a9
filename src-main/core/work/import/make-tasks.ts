import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { DatasetFrame, ScannedFrame } from '../../ports.ts'
import type { ArchivePictures } from '../media/archive-pictures.ts'
import { copyMedia } from '../media/copy-media.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import type { Stretch } from './project-target.ts'
import type { PlannedTask } from './subset-plan.ts'

/** A task that has its pictures and that nobody sees yet. */
export interface MadeTask extends Stretch {
  readonly id: TaskId
  readonly subset: string
  readonly frames: readonly { readonly picture: number; readonly frame: DatasetFrame }[]
}

interface Making {
  readonly projectId: ProjectId
  /** The data set. */
  readonly path: string
  readonly tasks: readonly PlannedTask[]
  readonly media: ArchivePictures
  /** The pictures are there for the time of the import only. */
  readonly isPassing: boolean
}

/**
 * A task for each subset. Pictures of an archive are taken out of it into the data directory; those of a folder stay where
 * they are.
 * @throws DISK_FULL, CANCELLED
 */
export async function makeTasks(
  deps: WorkDeps,
  { projectId, path, tasks, media, isPassing }: Making,
  { hooks, made }: { hooks: WorkHooks; made: (id: TaskId) => void },
): Promise<MadeTask[]> {
  const result: MadeTask[] = []
  let first = 0
  for (const { subset, frames } of tasks) {
    const isFolder = !isPassing && media.sources.every(({ kind }) => kind === 'folder')
    const id = deps.store.arrivals.createTask(newTask(projectId, subset, path))
    made(id)
    const scanned = frames.map(({ picture, name }) => scannedAs(media, picture, name))
    const own = isFolder
      ? { sources: media.sources, frames: scanned }
      : await copyMedia(deps, id, media.sources, scanned, hooks)
    deps.store.frames.setAll(id, own.sources, own.frames, own.frames.length)
    await readHeaders(deps, id, hooks)
    const placed = frames.map(({ picture, name }, at) => {
      const { width = 0, height = 0 } = media.pictures[picture] ?? {}
      const place = { index: first + at, absolute: at, subset, width, height }
      return { picture, frame: { ...place, name, fileName: name } }
    })
    result.push({ id, subset, first, frameCount: frames.length, frames: placed })
    first += frames.length
  }
  return result
}

function newTask(projectId: ProjectId, subset: string, path: string) {
  return {
    ...{ name: subset, subset, projectId, labels: [], bugTracker: '', segmentSize: 0, overlap: 0 },
    ...{ frameStep: 1, startFrame: 0, stopFrame: null, mediaPaths: [path] },
    sortingMethod: 'lexicographical' as const,
  }
}

function scannedAs({ pictures }: ArchivePictures, picture: number, name: string): ScannedFrame {
  const found = pictures[picture]
  if (!found) throw new AppError('INTERNAL', { detail: `picture ${picture} is not there` })
  return { ...found.scanned, name }
}

const PAGE = 2000

async function readHeaders(deps: WorkDeps, taskId: TaskId, hooks: WorkHooks): Promise<void> {
  for (;;) {
    const records = deps.store.frames.pending(taskId, PAGE)
    if (records.length === 0) return
    for await (const headers of deps.scanner.readHeaders(records, hooks.signal))
      deps.store.frames.setHeaders(taskId, headers)
  }
}
