/** What an export reads: a task, one job of it, or all tasks of a project, as a stream of frames. */
import type { Tag, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Project } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { DatasetFrame, DatasetSource, FrameRecord } from '../../ports.ts'
import { toDatasetFrame } from '../dataset-task.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { createParts, frameOfPart, type Part } from './dataset-parts.ts'
import type { TaskStream } from './dataset-stream.ts'

/** What is exported: one task or job, or a project with its tasks in order. */
export interface Exported {
  readonly project: Project | null
  /** At least one. */
  readonly streams: readonly TaskStream[]
}

interface Wanted extends Exported {
  readonly hooks: WorkHooks
  /** Kept up to date while frames are read. */
  readonly counted: { frames: number }
  /** Gets the names of pictures that could not be read. */
  readonly unreadable: string[]
}

export function datasetSource(deps: WorkDeps, wanted: Wanted): DatasetSource {
  const { project, streams, hooks, counted } = wanted
  const [stream] = streams
  if (!stream) throw new AppError('INTERNAL', { detail: 'an export of nothing' })
  const parts = project ? projectParts(streams) : [wholeTask(stream)]
  const frameCount = parts.reduce((sum, part) => sum + part.stream.frameCount, 0)
  const of = (subset?: string) =>
    subset === undefined ? parts : parts.filter((part) => part.subset === subset)
  return {
    task: stream.task,
    jobs: stream.jobs,
    labels: project ? project.labels : stream.labels,
    job: stream.job,
    project: project && { project, parts: parts.flatMap(({ part }) => part ?? []) },
    subsets: [...new Set(parts.map(({ subset }) => subset))],
    range: project ? { start: 0, stop: frameCount - 1 } : stream.range,
    frameCount,
    deletedFrames: leftOutOf(parts),
    *frames(tracks = 'woven', subset) {
      if (subset === undefined || subset === parts[0]?.subset) counted.frames = 0
      for (const part of of(subset)) {
        for (const item of framesOf(part, tracks)) {
          counted.frames += 1
          hooks.progress(counted.frames, frameCount, `frame ${counted.frames} of ${frameCount}`)
          yield item
        }
      }
    },
    *tracks() {
      let id = 0
      for (const part of parts)
        for (const track of part.stream.tracks())
          yield { id: id++, track: trackOfPart(part, track) }
    },
    *framesOnly(subset) {
      for (const part of of(subset))
        for (const record of part.stream.records()) yield part.toFrame(record)
    },
    image: (frame) => picture(deps, wanted, parts, frame),
  }
}

/** A part and how its frames and tracks stand in the export. */
interface Placed {
  readonly stream: TaskStream
  readonly subset: string
  /** Of its first frame. */
  readonly first: FrameIndex
  readonly part: Part | null
  /** Whether other tasks come after it. */
  readonly isLast: boolean
  /** How many tracks come before its own. Asked for where there are any. */
  tracksBefore(): number
  toFrame(record: FrameRecord): DatasetFrame
}

function wholeTask(stream: TaskStream): Placed {
  const toFrame = (record: FrameRecord) => toDatasetFrame(stream, record)
  const place = { subset: 'default', first: 0, part: null, isLast: true }
  return { stream, ...place, tracksBefore: () => 0, toFrame }
}

function projectParts(streams: readonly TaskStream[]): Placed[] {
  const placed: Placed[] = []
  for (const [at, part] of createParts(streams).entries()) {
    const before = placed.at(-1)
    let counted: number | null = null
    placed.push({
      stream: part.stream,
      subset: part.subset,
      first: part.first,
      part,
      isLast: at === streams.length - 1,
      tracksBefore() {
        counted ??= before ? before.tracksBefore() + countOf(before.stream.tracks()) : 0
        return counted
      },
      toFrame: (record) => frameOfPart(part, record),
    })
  }
  return placed
}

function countOf(items: Iterable<unknown>): number {
  let count = 0
  for (const _ of items) count += 1
  return count
}

function leftOutOf(parts: readonly Placed[]): ReadonlySet<FrameIndex> {
  const [only] = parts
  if (only && parts.length === 1) return only.stream.leftOut()
  return new Set(
    parts.flatMap(({ stream, first }) => [...stream.leftOut()].map((frame) => first + frame)),
  )
}

function* framesOf(
  placed: Placed,
  tracks: 'woven' | 'apart',
): Generator<{ frame: DatasetFrame; annotations: readonly (Tag | WovenShape)[] }> {
  const { stream, toFrame } = placed
  for (const { record, annotations } of stream.frames(tracks)) {
    const frame = toFrame(record)
    const isMoved = placed.part !== null && annotations.length > 0
    yield {
      frame,
      annotations: isMoved ? annotations.map((one) => moved(placed, one)) : annotations,
    }
  }
}

function moved<T extends Tag | WovenShape>(placed: Placed, one: T): T {
  const frame = placed.first + one.frame
  const track = one.kind === 'shape' ? one.track : undefined
  if (!track) return { ...one, frame }
  return { ...one, frame, track: { ...track, id: track.id + placed.tracksBefore() } }
}

/** One that is not over when its task is ends there: on the next frame begins another task. */
function trackOfPart({ stream, first, part, isLast }: Placed, track: Track): Track {
  if (part === null) return track
  const end = stream.range.stop + 1
  const last = isLast ? null : positionOn(track, end)
  const keyframes =
    last && !last.outside
      ? [...track.keyframes, { ...last, frame: end, outside: true, attributes: [] }]
      : track.keyframes
  return {
    ...track,
    frame: first + track.frame,
    keyframes: keyframes.map((one) => ({ ...one, frame: first + one.frame })),
  }
}

async function picture(
  deps: WorkDeps,
  { hooks, unreadable }: Wanted,
  parts: readonly Placed[],
  frame: DatasetFrame,
): Promise<Uint8Array | null> {
  const part = parts.findLast(({ first }) => first <= frame.index)
  if (!part) return null
  const record = deps.store.frames.record(part.stream.task.id, frame.index - part.first)
  try {
    return (await deps.reader.read(record, 'upright', hooks.signal)).body
  } catch (error) {
    // One lost file of 50,000 must not keep the others from being exported.
    if (!isUnreadable(error)) throw error
    unreadable.push(frame.name)
    return null
  }
}

function isUnreadable(error: unknown): boolean {
  return (
    error instanceof AppError &&
    (error.code === 'FRAME_MISSING' || error.code === 'IMAGE_UNREADABLE')
  )
}
