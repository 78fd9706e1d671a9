import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { LIVE } from './annotation-table.ts'
import type { Handle } from './connection.ts'
import type { TaskRow } from './task-row.ts'

/** Hot ones have a test of their query plan (query-plans.test.ts). Of keyframes only those that hide are looked at. */
export const ANNOTATED = {
  tracks: `SELECT id, frame, revision FROM annotation WHERE task_id = ? AND kind = 'track' AND ${LIVE}`,
  gaps: `SELECT frame AS gone, (SELECT next.frame FROM keyframe AS next
      WHERE next.annotation_id = keyframe.annotation_id AND next.frame > keyframe.frame AND next.outside = 0
      ORDER BY next.frame LIMIT 1) AS back
    FROM keyframe INDEXED BY keyframe_outside WHERE annotation_id = ? AND outside = 1 ORDER BY frame`,
  next: `SELECT frame FROM annotation WHERE task_id = ? AND frame >= ? AND ${LIVE} ORDER BY frame LIMIT 1`,
} as const

/** Tasks whose tracks are remembered one by one: those that somebody may be working on. */
const TASKS_AT_HAND = 4

type Counted = Pick<TaskRow, 'id' | 'size' | 'revision' | 'annotated_frame_count'>

interface TrackFacts {
  readonly id: number
  readonly frame: FrameIndex
  readonly revision: number
}

/** Frames up to, but not including, `end`. */
interface Span {
  readonly start: FrameIndex
  readonly end: FrameIndex
}

interface SeenTrack extends TrackFacts {
  readonly spans: readonly Span[]
}

/**
 * On how many frames anything is seen. The task's row counts frames on which something begins; frames on which tracks go on
 * are added here, once for every revision of the task. An edit costs a look at each track's row and at the gaps of those
 * that changed, however many keyframes there are, and at most half the frames.
 */
export class AnnotatedFrames {
  readonly #sql: Handle['sql']
  readonly #known = new Map<number, { readonly task: Counted; readonly count: number }>()
  readonly #tracks = new Map<number, ReadonlyMap<number, SeenTrack>>()

  constructor({ sql }: Handle) {
    this.#sql = sql
  }

  count({ id, size, revision, annotated_frame_count }: Counted): number {
    const task = { id, size, revision, annotated_frame_count }
    const known = this.#known.get(id)
    if (known && isSame(known.task, task)) return known.count
    const count = this.#counted(task)
    this.#known.set(id, { task, count })
    return count
  }

  #counted({ id, size, annotated_frame_count: begun }: Counted): number {
    const seen = unionOf(this.#spans(id as TaskId), size)
    const length = seen.reduce((sum, { start, end }) => sum + end - start, 0)
    // Frames on which something begins, where no track is seen: looked for there, or elsewhere, whichever is shorter.
    if (2 * length <= size) return length + begun - this.#begunIn(id, seen)
    return length + this.#begunIn(id, restOf(seen, size))
  }

  #begunIn(id: number, spans: readonly Span[]): number {
    let count = 0
    for (const { start, end } of spans) {
      for (let at = this.#nextBegun(id, start); at !== null && at < end; ) {
        count += 1
        at = this.#nextBegun(id, at + 1)
      }
    }
    return count
  }

  /** The next frame on which an annotation begins. */
  #nextBegun(id: number, from: FrameIndex): FrameIndex | null {
    const row = this.#sql<{ frame: FrameIndex }>(ANNOTATED.next).get(id, from, id)
    return row?.frame ?? null
  }

  #spans(id: TaskId): readonly Span[] {
    const before = this.#tracks.get(id)
    const rows = this.#sql<TrackFacts>(ANNOTATED.tracks).all(id, id)
    const tracks = rows.map((row): SeenTrack => {
      const known = before?.get(row.id)
      if (known?.revision === row.revision && known.frame === row.frame) return known
      return { ...row, spans: this.#spansOf(row) }
    })
    this.#remember(id, tracks)
    return tracks.flatMap(({ spans }) => spans)
  }

  #spansOf({ id, frame }: TrackFacts): Span[] {
    const gaps = this.#sql<{ gone: FrameIndex; back: FrameIndex | null }>(ANNOTATED.gaps).all(id)
    const spans: Span[] = []
    let start: FrameIndex | null = frame
    for (const { gone, back } of gaps) {
      // Hidden already by the keyframe before.
      if (start === null || gone < start) continue
      if (gone > start) spans.push({ start, end: gone })
      start = back
    }
    return start === null ? spans : [...spans, { start, end: Number.POSITIVE_INFINITY }]
  }

  #remember(id: TaskId, tracks: readonly SeenTrack[]): void {
    this.#tracks.delete(id)
    if (tracks.length === 0) return
    this.#tracks.set(id, new Map(tracks.map((track) => [track.id, track])))
    const [oldest] = this.#tracks.keys()
    if (this.#tracks.size > TASKS_AT_HAND && oldest !== undefined) this.#tracks.delete(oldest)
  }
}

function isSame(a: Counted, b: Counted): boolean {
  return (
    a.revision === b.revision &&
    a.size === b.size &&
    a.annotated_frame_count === b.annotated_frame_count
  )
}

/** What lies in any of them, within a task of so many frames; in order, without touching. */
function unionOf(spans: readonly Span[], size: number): Span[] {
  if (spans.length === 0) return []
  /** At a frame, how many more spans cover it than the one before. */
  const turns = new Int32Array(size + 1)
  for (const { start, end } of spans) {
    if (start >= size) continue
    turns[start] = (turns[start] ?? 0) + 1
    turns[Math.min(end, size)] = (turns[Math.min(end, size)] ?? 0) - 1
  }
  const union: Span[] = []
  let now = 0
  let start = 0
  for (const [at, turn] of turns.entries()) {
    if (now === 0 && turn > 0) start = at
    if (now > 0 && now + turn === 0) union.push({ start, end: at })
    now += turn
  }
  return union
}

function restOf(spans: readonly Span[], size: number): Span[] {
  const starts = [0, ...spans.map(({ end }) => end)]
  const ends = [...spans.map(({ start }) => start), size]
  return starts.map((start, at) => ({ start, end: ends[at] ?? size }))
}
