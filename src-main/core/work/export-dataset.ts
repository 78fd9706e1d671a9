import { dirname } from 'node:path'
import { z } from 'zod'
import { jobIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import type { ExportReport } from '#shared/domain/request.ts'
import { datasetSource, rangeOfJob } from './dataset-source.ts'
import { deletedFrameLosses } from './deleted-frames.ts'
import { readPendingHeaders } from './index-headers.ts'
import { makeFolder } from './make-folder.ts'
import type { Work } from './work.ts'

const exportParams = z.object({
  taskId: taskIdSchema,
  jobId: jobIdSchema.nullable().default(null),
  format: z.string(),
  path: z.string(),
  withImages: z.boolean(),
})

/** Stream a task, or one job of it, through a format into a zip that takes its final name only when it is whole. */
export const exportDataset: Work = async (deps, params, hooks): Promise<ExportReport> => {
  const { taskId, jobId, format: name, path, withImages } = exportParams.parse(params)
  const format = deps.formats.get(name)
  await readPendingHeaders(deps, taskId, hooks)
  const counted = { frames: 0 }
  const unreadable: string[] = []
  const job = jobId === null ? null : deps.store.jobs.get(jobId)
  const source = datasetSource(deps, { taskId, job, hooks, counted, unreadable })
  await makeFolder(dirname(path))
  const { sizeBytes } = await deps.formats.writeZip(path, (output) =>
    format.write(source, output, { withImages, context: hooks }),
  )
  const census = deps.store.annotations.census(taskId, rangeOfJob(job), format.keeps)
  const losses = format.losses(census)
  const leftOut = losses.reduce(
    (sum, { severity, count }) => sum + (severity === 'dropped' ? count : 0),
    0,
  )
  const written = Object.values(census.shapes).reduce((sum, count) => sum + count, census.tags)
  const annotations = Math.max(0, written - leftOut)
  const leftOutFrames = deletedFrameLosses(deps.store, taskId, rangeOfJob(job))
  const notes = [...leftOutFrames, ...losses].map(({ count, what }) => `${count} ${what}`)
  if (unreadable.length > 0) notes.push(leftOutPictures(unreadable))
  const facts = { path, sizeBytes, frames: counted.frames, annotations }
  return { ...facts, picturesLeftOut: unreadable.length, notes }
}

const NAMED = 20

function leftOutPictures(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ')
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  const who = names.length === 1 ? 'picture' : 'pictures'
  return `${names.length} ${who} could not be read, so not in the file: ${shown}${more}`
}
