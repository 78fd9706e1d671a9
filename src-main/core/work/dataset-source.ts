/** What an export reads: a task, or one job of it, as a stream of frames. */
import type { Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Job } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { cutTrack } from '#shared/tracks/join-jobs.ts'
import { TrackWeaver } from '#shared/tracks/weave.ts'
import type { DatasetSource, FrameRange } from '../ports.ts'
import { datasetTask, frameRecords, toDatasetFrame } from './dataset-task.ts'
import type { WorkDeps, WorkHooks } from './work.ts'

interface Wanted {
  readonly taskId: TaskId
  readonly job: Job | null
  readonly hooks: WorkHooks
  /** Kept up to date while frames are read. */
  readonly counted: { frames: number }
  /** Gets the names of pictures that could not be read. */
  readonly unreadable: string[]
}

/** The frames of a job; undefined for no job, which stands for the whole task. */
export function rangeOfJob(job: Job | null): FrameRange | undefined {
  return job ? { start: job.startFrame, stop: job.stopFrame } : undefined
}

export function datasetSource(
  deps: WorkDeps,
  { taskId, job, hooks, counted, unreadable }: Wanted,
): DatasetSource {
  const whole = datasetTask(deps, taskId)
  const range = rangeOfJob(job) ?? { start: 0, stop: whole.frameCount - 1 }
  const dataset = { ...whole, job, range, frameCount: range.stop - range.start + 1 }
  return {
    ...dataset,
    project: null,
    subsets: ['default'],
    deletedFrames: new Set(deps.store.frames.marks(taskId).deleted),
    *frames(tracks = 'woven') {
      counted.frames = 0
      for (const item of mergeFrames(deps, dataset, tracks)) {
        counted.frames += 1
        hooks.progress(
          counted.frames,
          dataset.frameCount,
          `frame ${counted.frames} of ${dataset.frameCount}`,
        )
        yield item
      }
    },
    tracks: () => numberedTracks(deps, dataset),
    *framesOnly() {
      for (const record of frameRecords(deps, taskId, range)) {
        if (!record.deleted) yield toDatasetFrame(dataset, record)
      }
    },
    async image(frame) {
      const record = deps.store.frames.record(taskId, frame.index)
      try {
        return (await deps.reader.read(record, 'upright', hooks.signal)).body
      } catch (error) {
        // One lost file of 50,000 must not keep the others from being exported.
        if (!isUnreadable(error)) throw error
        unreadable.push(frame.name)
        return null
      }
    },
  }
}

function isUnreadable(error: unknown): boolean {
  return (
    error instanceof AppError &&
    (error.code === 'FRAME_MISSING' || error.code === 'IMAGE_UNREADABLE')
  )
}

type Dataset = Pick<DatasetSource, 'task' | 'job' | 'range' | 'frameCount' | 'labels' | 'jobs'>

/** A page of tracks in memory at a time, however many keyframes they have. */
function* numberedTracks(
  { store }: WorkDeps,
  { task, job }: Dataset,
): ReturnType<DatasetSource['tracks']> {
  let id = 0
  for (let after: number | null = 0; after !== null; ) {
    const page = store.annotations.trackPage(task.id, after)
    for (const whole of page.tracks) {
      const track = job ? cutTrack(whole, job.startFrame, job.stopFrame) : whole
      if (track) yield { id: id++, track }
    }
    after = page.next
  }
}

/** Both streams come in frame order, so one pass joins them: nothing but a page of either, and the tracks, is in memory. */
function* mergeFrames(
  deps: WorkDeps,
  dataset: Dataset,
  tracks: 'woven' | 'apart',
): ReturnType<DatasetSource['frames']> {
  const taskId = dataset.task.id
  const annotated = deps.store.annotations.byFrame(taskId)[Symbol.iterator]()
  const weaver = new TrackWeaver(tracks === 'woven' ? tracksOf(deps, dataset) : [])
  let next = annotated.next()
  try {
    for (const record of frameRecords(deps, taskId, dataset.range)) {
      while (!next.done && next.value.frame < record.index) next = annotated.next()
      const here = !next.done && next.value.frame === record.index ? next.value.annotations : []
      if (record.deleted) continue
      const own = here.filter((annotation) => annotation.kind !== 'track')
      yield {
        frame: toDatasetFrame(dataset, record),
        annotations: weaver.weave(own, record.index),
      }
    }
  } finally {
    annotated.return?.()
  }
}

function tracksOf({ store }: WorkDeps, { task, job }: Dataset): Track[] {
  const tracks = store.annotations.tracks(task.id)
  if (!job) return tracks
  return tracks.flatMap((track) => cutTrack(track, job.startFrame, job.stopFrame) ?? [])
}
