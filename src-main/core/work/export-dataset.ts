import { dirname } from 'node:path'
import { z } from 'zod'
import type { Shape, Tag, Track } from '#shared/domain/annotation.ts'
import { type FrameIndex, type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import type { ExportReport } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { DatasetFrame, DatasetSource } from '../ports.ts'
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
  const counted = { frames: 0, annotations: 0 }
  const unreadable: string[] = []
  const source = datasetSource(deps, taskId, hooks, counted, unreadable)
  await makeFolder(dirname(path))
  const { sizeBytes } = await deps.formats.writeZip(path, (output) =>
    format.write(source, output, { withImages, context: hooks }),
  )
  const losses = format.losses(deps.store.annotations.census(taskId))
  const leftOut = losses.reduce(
    (sum, { severity, count }) => sum + (severity === 'dropped' ? count : 0),
    0,
  )
  const annotations = Math.max(0, counted.annotations - leftOut)
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
  counted: { frames: number; annotations: number },
  unreadable: string[],
): DatasetSource {
  const dataset = datasetTask(deps, taskId)
  return {
    ...dataset,
    *frames() {
      counted.frames = 0
      counted.annotations = 0
      for (const item of mergeFrames(deps, taskId, dataset)) {
        counted.frames += 1
        counted.annotations += item.annotations.length
        hooks.progress(
          counted.frames,
          dataset.frameCount,
          `frame ${counted.frames} of ${dataset.frameCount}`,
        )
        yield item
      }
    },
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

/** Both streams come in frame order, so one pass joins them: nothing but a page of either is in memory. */
function* mergeFrames(
  deps: WorkDeps,
  taskId: TaskId,
  dataset: ReturnType<typeof datasetTask>,
): Iterable<{ frame: DatasetFrame; annotations: (Tag | Shape)[] }> {
  const annotated = deps.store.annotations.byFrame(taskId)[Symbol.iterator]()
  const tracks = deps.store.annotations.tracks(taskId)
  let next = annotated.next()
  try {
    for (const record of frameRecords(deps, taskId)) {
      while (!next.done && next.value.frame < record.index) next = annotated.next()
      const here = !next.done && next.value.frame === record.index ? next.value.annotations : []
      if (record.deleted) continue
      const own = here.filter((annotation) => annotation.kind !== 'track')
      const annotations = withTracks(own, tracks, record.index)
      yield { frame: toDatasetFrame(dataset, record), annotations }
    }
  } finally {
    annotated.return?.()
  }
}

/** Every track that is seen on the frame, as the shape it is there, in drawing order with the others. */
function withTracks(
  own: (Tag | Shape)[],
  tracks: readonly Track[],
  frame: FrameIndex,
): (Tag | Shape)[] {
  const seen = tracks.flatMap((track) => shapeOn(track, frame) ?? [])
  if (seen.length === 0) return own
  const layer = (one: Tag | Shape) => (one.kind === 'tag' ? 0 : one.zOrder)
  return [...own, ...seen].sort((a, b) => layer(a) - layer(b) || a.id - b.id)
}
