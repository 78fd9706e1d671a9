import { dirname } from 'node:path'
import { z } from 'zod'
import { type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import type { ExportReport } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { TrackWeaver } from '#shared/tracks/weave.ts'
import type { DatasetSource, DatasetTask } from '../ports.ts'
import { datasetTask, frameRecords, toDatasetFrame } from './dataset-task.ts'
import { deletedFrameLosses } from './deleted-frames.ts'
import { readPendingHeaders } from './index-headers.ts'
import { makeFolder } from './make-folder.ts'
import type { Work, WorkDeps, WorkHooks } from './work.ts'

const exportParams = z.object({
  taskId: taskIdSchema,
  format: z.string(),
  path: z.string(),
  withImages: z.boolean(),
})

/** Stream a task through a format into a zip that takes its final name only when it is whole. */
export const exportDataset: Work = async (deps, params, hooks): Promise<ExportReport> => {
  const { taskId, format: name, path, withImages } = exportParams.parse(params)
  const format = deps.formats.get(name)
  await readPendingHeaders(deps, taskId, hooks)
  const counted = { frames: 0 }
  const unreadable: string[] = []
  const source = datasetSource(deps, taskId, hooks, counted, unreadable)
  await makeFolder(dirname(path))
  const { sizeBytes } = await deps.formats.writeZip(path, (output) =>
    format.write(source, output, { withImages, context: hooks }),
  )
  const census = deps.store.annotations.census(taskId)
  const losses = format.losses(census)
  const leftOut = losses.reduce(
    (sum, { severity, count }) => sum + (severity === 'dropped' ? count : 0),
    0,
  )
  const written = Object.values(census.shapes).reduce((sum, count) => sum + count, census.tags)
  const annotations = Math.max(0, written - leftOut)
  const leftOutFrames = deletedFrameLosses(deps.store, taskId)
  const notes = [...leftOutFrames, ...losses].map(({ count, what }) => `${count} ${what}`)
  if (unreadable.length > 0) notes.push(leftOutPictures(unreadable))
  const facts = { path, sizeBytes, frames: counted.frames, annotations }
  return { ...facts, picturesLeftOut: unreadable.length, notes }
}

function datasetSource(
  deps: WorkDeps,
  taskId: TaskId,
  hooks: WorkHooks,
  counted: { frames: number },
  unreadable: string[],
): DatasetSource {
  const dataset = datasetTask(deps, taskId)
  return {
    ...dataset,
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
    tracks: () => numberedTracks(deps, taskId),
    *framesOnly() {
      for (const record of frameRecords(deps, taskId)) {
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

const NAMED = 20

function leftOutPictures(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ')
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  const who = names.length === 1 ? 'picture' : 'pictures'
  return `${names.length} ${who} could not be read, so not in the file: ${shown}${more}`
}

/** A page of tracks in memory at a time, however many keyframes they have. */
function* numberedTracks({ store }: WorkDeps, taskId: TaskId): ReturnType<DatasetSource['tracks']> {
  let id = 0
  for (let after: number | null = 0; after !== null; ) {
    const page = store.annotations.trackPage(taskId, after)
    for (const track of page.tracks) yield { id: id++, track }
    after = page.next
  }
}

/** Both streams come in frame order, so one pass joins them: nothing but a page of either, and the tracks, is in memory. */
function* mergeFrames(
  deps: WorkDeps,
  dataset: DatasetTask,
  tracks: 'woven' | 'apart',
): ReturnType<DatasetSource['frames']> {
  const taskId = dataset.task.id
  const annotated = deps.store.annotations.byFrame(taskId)[Symbol.iterator]()
  const weaver = new TrackWeaver(tracks === 'woven' ? deps.store.annotations.tracks(taskId) : [])
  let next = annotated.next()
  try {
    for (const record of frameRecords(deps, taskId)) {
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
