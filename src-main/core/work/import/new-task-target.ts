/** The pictures of an archive as readers see them, before and after tasks are made of them. */
import type { Label } from '#shared/domain/label.ts'
import type { Task } from '#shared/domain/task.ts'
import type { DatasetFrame, ReadTarget } from '../../ports.ts'
import type { ArchivePicture } from '../media/archive-pictures.ts'
import type { TargetOptions } from './import-target.ts'
import type { PictureIndex } from './picture-index.ts'
import { longTask } from './project-target.ts'

export interface PictureFrames {
  readonly frames: readonly DatasetFrame[]
  /** By picture: which frame it is; undefined where it is none. */
  readonly frameOf: (picture: number) => DatasetFrame | undefined
}

/** Before anybody knows which task a picture belongs to: all of them one after the other. */
export function unsorted(pictures: readonly ArchivePicture[]): PictureFrames {
  const frames = pictures.map(({ scanned, width, height }, index) => ({
    ...{ index, absolute: index, name: scanned.entry, fileName: scanned.entry },
    ...{ subset: 'default', width, height },
  }))
  return { frames, frameOf: (picture) => frames[picture] }
}

const NO_DATE = new Date(0).toISOString()

/** What readers ask of a task, of one that is made of pictures only at the end. */
function futureTask(size: number): Task {
  const nothing = { problemCount: 0, objectCount: 0, annotatedFrameCount: 0, deletedFrameCount: 0 }
  const task = {
    ...{ id: 1 as Task['id'], projectId: null, name: '', mode: 'annotation' as const },
    ...{ dimension: '2d' as const, subset: '', bugTracker: '', segmentSize: 0, overlap: 0, size },
    ...{ startFrame: 0, stopFrame: 0, frameStep: 1, sortingMethod: 'lexicographical' as const },
    ...{ mediaState: 'ready' as const, mediaPaths: [], video: null, ...nothing },
    ...{ checkedFrameCount: 0, completedJobCount: 0, jobCount: 0, revision: 0 },
    ...{ createdAt: NO_DATE, updatedAt: NO_DATE },
  }
  return longTask(task, size)
}

/** An item of the file was found among the pictures; by its number alone, where it has no name. */
export type Heard = (
  picture: number,
  item: { readonly name: string | null; readonly subset?: string | undefined },
) => void

export function pictureTarget(
  index: PictureIndex,
  { frames, frameOf }: PictureFrames,
  {
    labels,
    heard,
    report,
    hooks,
    labelIndex,
    describe,
  }: TargetOptions & { readonly labels: readonly Label[]; readonly heard?: Heard },
): ReadTarget {
  const nth = countedBySubset(frames)
  const match: ReadTarget['matcher']['match'] = (name, number, subset) => {
    const picture = index.find({ name, number, subset })
    if (picture === null) return null
    heard?.(picture, { name, subset })
    return frameOf(picture) ?? null
  }
  return {
    task: futureTask(frames.length),
    labels,
    jobs: [],
    frameCount: frames.length,
    taskFrames: () => frames,
    matcher: { match },
    frameAt(absolute, subset) {
      const named = match(`frame_${String(absolute).padStart(6, '0')}`, undefined, subset)
      if (named) return named
      const counted = nth(absolute, subset)
      if (counted) heard?.(counted.index, { name: null, subset })
      return counted
    },
    signal: hooks.signal,
    progress: hooks.progress,
    unmatched: (name) => report.miss(name),
    note: (what, count = 1) => report.note(what, count),
    labelIndex,
    describe: describe ?? (() => undefined),
  }
}

/** Pictures that are not called by their numbers are counted: of their subset, as folders or the task tell it. */
function countedBySubset(frames: readonly DatasetFrame[]) {
  const known = new Map<string, readonly DatasetFrame[]>()
  const isOf = (frame: DatasetFrame, subset: string) =>
    frame.subset === subset || frame.name.split('/').slice(0, -1).includes(subset)
  return (number: number, subset?: string): DatasetFrame | null => {
    if (subset === undefined) return frames[number] ?? null
    const own = known.get(subset) ?? frames.filter((frame) => isOf(frame, subset))
    known.set(subset, own)
    return (own.length > 0 ? own : frames)[number] ?? null
  }
}
