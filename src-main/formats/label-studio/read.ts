import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { type Batch, createBatch } from '../common/new-shape.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'
import { TrackedShapes } from '../common/tracked-shapes.ts'
import { describeConfigs } from './config-in.ts'
import { annotationsOf } from './picture-in.ts'
import { pictureNames } from './picture-url.ts'
import { addressOf, parseTask, type RawTask } from './task-in.ts'
import { eachTask } from './task-stream.ts'
import { isVideoTask, tracksOf } from './videos-in.ts'

/**
 * Import Label Studio's JSON or JSON_MIN: one file of all tasks, or one for each as cloud storages get them.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readLabelStudio(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const tracks = new TrackedShapes(tally)
  const batch = createBatch()
  const reading: Reading = { target, tally, tracks, batch, seen: { tasks: 0 } }
  await describeConfigs(input, tally)
  const entries = input.entries.filter(({ name }) => /\.json$/i.test(name))
  for (const [done, { name: entry, sizeBytes }] of entries.entries()) {
    const refuse = refuseIn(input.file, entry)
    for await (const values of eachTask(input, entry)) {
      throwIfCancelled(target.signal, 'The import')
      target.progress(done, entries.length, entry)
      for (const { value, where } of values) readTask(value, where, refuse, reading)
      const full = batch.take()
      if (full !== null) yield full
    }
    target.progress(done + 1, entries.length, `${entry}, ${sizeBytes} bytes`)
  }
  if (reading.seen.tasks === 0) throw notThisFormat(input.file)
  const rest = batch.take(true)
  if (rest !== null) yield rest
  yield* tracks.take(target)
  tally.finish()
}

interface Reading {
  readonly target: ReadTarget
  readonly tally: ImportTally
  readonly tracks: TrackedShapes
  readonly batch: Batch
  readonly seen: { tasks: number }
}

function readTask(value: unknown, where: string, refuse: Refuse, reading: Reading): void {
  if (!looksLikeTask(value)) return
  const { target, tally, tracks, batch, seen } = reading
  const task = parseTask(value, where, refuse)
  seen.tasks += 1
  if (task.passedOver > 0) {
    tally.note('pictures were annotated more than once; the first annotation was taken')
  }
  if (isVideoTask(task)) {
    const { width, height } = sizeOfVideo(task, target)
    for (const one of tracksOf(task, { target, tally, refuse, size: { width, height } }))
      batch.add(one)
    return
  }
  const frame = findFrame(task, target, tally)
  if (frame === null) return
  for (const one of annotationsOf(task, { frame, tally, tracks, refuse })) batch.add(one)
}

/** Anything else in the file is none of our business: other JSON files lie in the same archives. */
function looksLikeTask(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const keys = Object.keys(value)
  return (
    keys.includes('data') ||
    keys.includes('task') ||
    keys.includes('annotation_id') ||
    keys.includes('annotator')
  )
}

function findFrame(task: RawTask, target: ReadTarget, tally: ImportTally): DatasetFrame | null {
  const said = task.data.subset
  const subset = typeof said === 'string' && said !== '' ? said : undefined
  const address = addressOf(task)
  const names = address === null ? [] : pictureNames(address)
  const within = subset === undefined ? [] : names.map((name) => withoutFolder(name, subset))
  const all = [...within, ...names, ...(task.upload === null ? [] : pictureNames(task.upload))]
  const known = all.find((name) => target.matcher.match(name, undefined, subset))
  return tally.frame(known ?? all[0] ?? 'a task without a picture', undefined, subset)
}

/** Where an export puts a subset's pictures. */
function withoutFolder(name: string, subset: string): string {
  const path = name.replace(/^images\//, '')
  return path.startsWith(`${subset}/`) ? path.slice(subset.length + 1) : path
}

/** Percent are of the video as it is here; as the file says where that is not known. */
function sizeOfVideo({ results }: RawTask, { task }: ReadTarget) {
  const told = results.find(({ width, height }) => width > 0 && height > 0)
  return task.video ?? told ?? { width: 100, height: 100 }
}

function notThisFormat(file: string): AppError {
  const expected = 'it needs a JSON list of tasks with "data" and "annotations"'
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'Label Studio JSON', expected })
}
