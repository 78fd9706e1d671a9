/** `annotations.json`: what CVAT keeps job by job, put together to a task's annotations. */
import type { DatasetInput, NewAnnotation, RestoredJob, RestoreTarget } from '#main/core/ports.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import { joinJobs } from '#shared/tracks/join-jobs.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createLabelIndex } from '../common/label-index.ts'
import { createBatch } from '../common/new-shape.ts'
import { shapeSchema, tagSchema, trackSchema } from './annotation-schema.ts'
import { JobLists, type ListElement } from './job-lists.ts'
import { parsed } from './read-value.ts'
import { asBackupError, type Refuse, refuseBackup } from './refuse.ts'
import { type Host, toShape, toTag, toTrack } from './to-annotation.ts'

/** A job in the order of the file. */
export interface CutJob extends RestoredJob {
  readonly isOrdinary: boolean
}

interface How {
  readonly jobs: readonly CutJob[]
  readonly into: RestoreTarget
}

/**
 * Tags and shapes that only one job can have go through one by one. What lies where jobs overlap, and all tracks of a task with
 * several jobs, wait until all of it is read and are joined as CVAT joins them.
 * @throws BACKUP_INVALID, CANCELLED
 */
export async function* readAnnotations(
  input: DatasetInput,
  entry: string,
  { jobs, into }: How,
): AsyncGenerator<NewAnnotation[]> {
  const refuse = refuseBackup(input.file, entry)
  const sizeBytes = input.entries.find(({ name }) => name === entry)?.sizeBytes ?? null
  const lists = new JobLists(refuse)
  const batch = createBatch()
  const waiting = new WaitingJobs(jobs)
  const convert = converter(into, refuse)
  const sort = () => {
    for (const element of lists.take()) {
      const job = jobs[element.job]
      if (job && !job.isOrdinary) continue
      const annotation = convert(element)
      if (!job) refuse(`[${element.job}]`, `task.json has only ${jobs.length} jobs`)
      else if (annotation && !waiting.take(annotation, element.job, into)) batch.add(annotation)
    }
  }
  let done = 0
  try {
    for await (const piece of input.text(entry)) {
      throwIfCancelled(into.signal, 'The restore')
      lists.write(piece)
      sort()
      done += piece.length
      into.progress(done, sizeBytes, 'annotations')
      const full = batch.take()
      if (full !== null) yield full
    }
  } catch (error) {
    throw asBackupError(error, input.file)
  }
  const count = lists.end()
  if (count < jobs.length) into.note('jobs have no annotations in the archive', jobs.length - count)
  for (const annotation of waiting.joined()) batch.add(annotation)
  const rest = batch.take(true)
  if (rest !== null) yield rest
}

function converter(
  { labels, frameCount, note }: RestoreTarget,
  refuse: Refuse,
): (element: ListElement) => NewAnnotation | null {
  const host = { labels: createLabelIndex(labels), frameCount, note: (what: string) => note(what) }
  return ({ job, list, index, value }) => {
    const where = `[${job}].${list}[${index}]`
    const at = (key: string) => (key === '' ? where : `${where}.${key}`)
    const here: Host = { ...host, refuse: (key, problem) => refuse(at(key), problem) }
    switch (list) {
      case 'tags':
        return toTag(parsed(tagSchema, value, refuse, where), here)
      case 'shapes':
        return toShape(parsed(shapeSchema, value, refuse, where), here)
      case 'tracks':
        return toTrack(parsed(trackSchema, value, refuse, where), here)
    }
  }
}

const OUTSIDE = 'objects outside the frames of their job were left out'

/** A job, and the frames that no other one has. */
interface Span {
  readonly start: FrameIndex
  readonly stop: FrameIndex
  readonly ownFrom: FrameIndex
  readonly ownTo: FrameIndex
}

/** What can only be said once all jobs are read. */
class WaitingJobs {
  /** By place in the file, in the order of their frames. */
  readonly #spans = new Map<number, Span>()
  readonly #annotations = new Map<number, Annotation[]>()
  #id = 0

  constructor(jobs: readonly CutJob[]) {
    const ordered = [...jobs.entries()]
      .filter(([, job]) => job.isOrdinary)
      .sort(([, a], [, b]) => a.startFrame - b.startFrame)
    let ownFrom = 0
    for (const [place, [at, { startFrame: start, stopFrame: stop }]] of ordered.entries()) {
      const next = ordered[place + 1]?.[1].startFrame ?? Number.POSITIVE_INFINITY
      this.#spans.set(at, { start, stop, ownFrom, ownTo: next - 1 })
      ownFrom = Math.max(ownFrom, stop + 1)
    }
  }

  /** @returns false: nothing has to wait for it */
  take(annotation: NewAnnotation, at: number, { note }: RestoreTarget): boolean {
    const span = this.#spans.get(at)
    if (!span || this.#spans.size === 1) return false
    if (annotation.kind !== 'track') {
      const { frame } = annotation
      if (frame < span.start || frame > span.stop) {
        note(OUTSIDE)
        return true
      }
      if (frame >= span.ownFrom && frame <= span.ownTo) return false
    }
    const list = this.#annotations.get(at) ?? []
    this.#annotations.set(at, list)
    list.push({ ...annotation, id: this.#id++ as AnnotationId } as Annotation)
    return true
  }

  *joined(): Generator<NewAnnotation> {
    const joined = joinJobs(
      [...this.#spans].map(([at, { start, stop }]) => ({
        start,
        stop,
        annotations: this.#annotations.get(at) ?? [],
      })),
    )
    for (const { id: _id, ...annotation } of joined) yield annotation as NewAnnotation
  }
}
