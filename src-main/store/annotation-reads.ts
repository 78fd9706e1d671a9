import { type Annotation, shapeTypes } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationCensus, AnnotationRepository, FrameRange, KeptType } from '../core/ports.ts'
import { type AnnotationRow, FACT, fromRow } from './annotation-row.ts'
import { SEARCHES } from './annotation-search.ts'
import { type AnnotationTable, LIVE } from './annotation-table.ts'
import { connect, type Handle } from './connection.ts'
import { countAnnotations } from './frame-counts.ts'
import { MARKS } from './frame-marks.ts'
import { behindDoor } from './sqlite-errors.ts'
import { taskRow } from './task-row.ts'
import { countTracks, LiveFrames, type TrackCensus } from './track-census.ts'

const ON_LIVE_FRAME = `NOT EXISTS (SELECT 1 FROM frame
  WHERE frame.task_id = annotation.task_id AND number = annotation.frame AND deleted = 1)`

/** Hot ones have a test of their query plan (query-plans.test.ts). */
export const READS = {
  frame: `SELECT * FROM annotation WHERE task_id = ? AND frame = ? AND ${LIVE} AND kind <> 'track'`,
  tracks: `SELECT * FROM annotation WHERE task_id = ? AND frame <= ? AND kind = 'track' AND ${LIVE}`,
  page: `SELECT * FROM annotation WHERE task_id = ? AND frame >= ? AND ${LIVE} ORDER BY frame LIMIT ?`,
  all: `SELECT * FROM annotation WHERE task_id = ? AND frame = ? AND ${LIVE}`,
  ids: `SELECT id FROM annotation WHERE task_id = ? AND ${LIVE}`,
  byFrame: `SELECT * FROM annotation WHERE task_id = ? AND ${LIVE} AND kind <> 'track' ORDER BY frame`,
  forward: `SELECT frame FROM annotation WHERE task_id = ? AND frame > ? AND ${LIVE} ORDER BY frame LIMIT 1`,
  backward: `SELECT frame FROM annotation WHERE task_id = ? AND frame < ? AND ${LIVE} ORDER BY frame DESC LIMIT 1`,
  forwardLive: `SELECT frame FROM annotation WHERE task_id = ? AND frame > ? AND ${LIVE} AND ${ON_LIVE_FRAME}
    ORDER BY frame LIMIT 1`,
  backwardLive: `SELECT frame FROM annotation WHERE task_id = ? AND frame < ? AND ${LIVE} AND ${ON_LIVE_FRAME}
    ORDER BY frame DESC LIMIT 1`,
  census: `SELECT facts, count(*) AS count FROM annotation WHERE task_id = ? AND frame BETWEEN ? AND ? AND ${LIVE}
    AND frame NOT IN (SELECT number FROM frame INDEXED BY frame_deleted WHERE task_id = ? AND deleted = 1)
    GROUP BY facts`,
} as const

type Reads = Pick<
  AnnotationRepository,
  | 'ids'
  | 'ofFrame'
  | 'byIds'
  | 'byFrame'
  | 'page'
  | 'count'
  | 'countByFrame'
  | 'searchFrame'
  | 'census'
>

export function createAnnotationReads(handle: Handle, table: AnnotationTable): Reads {
  const { sql, path } = handle
  const tracksOf = (
    taskId: TaskId,
    range: FrameRange | undefined,
    keeps: readonly KeptType[] | undefined,
  ): TrackCensus => {
    const rows = sql<AnnotationRow>(SEARCHES.tracks).all(taskId, taskId).map(table.parse)
    const deleted = sql<{ number: number }>(MARKS.deleted).all(taskId)
    const { size } = taskRow(handle, taskId)
    const live = new LiveFrames(
      size,
      rows.length === 0 ? [] : deleted.map(({ number }) => number),
      range,
    )
    return countTracks(
      rows.filter((one) => one.kind === 'track'),
      live,
      keeps,
    )
  }
  return {
    ofFrame(taskId, frame, which = 'with') {
      const own = sql<AnnotationRow>(READS.frame).all(taskId, frame, taskId)
      if (which === 'omit') return own.sort(byDrawingOrder).map(table.parse)
      const tracks = sql<AnnotationRow>(READS.tracks).all(taskId, frame, taskId)
      return own.concat(tracks).sort(byDrawingOrder).map(table.parse)
    },
    byIds: (taskId, ids) => ids.flatMap((id) => table.get(taskId, id)?.annotation ?? []),
    ids: (taskId) =>
      sql<{ id: AnnotationId }>(READS.ids)
        .all(taskId, taskId)
        .map(({ id }) => id)
        .sort((a, b) => a - b),
    byFrame: (taskId) => ({ [Symbol.iterator]: () => streamFrames(path, taskId) }),
    page(taskId, from, limit) {
      const rows = sql<AnnotationRow>(READS.page).all(taskId, from, taskId, limit)
      const last = rows.at(-1)
      if (!last || rows.length < limit)
        return { annotations: rows.sort(byFrameAndId).map(table.parse), next: null }
      // The last frame may be cut: it is read whole, so that the next page begins with a frame of its own.
      const whole = rows.filter((row) => row.frame < last.frame)
      const rest = sql<AnnotationRow>(READS.all).all(taskId, last.frame, taskId)
      const annotations = whole.concat(rest).sort(byFrameAndId).map(table.parse)
      const next = sql<{ frame: FrameIndex }>(READS.forward).get(taskId, last.frame, taskId)
      return { annotations, next: next?.frame ?? null }
    },
    count: (taskId) => taskRow(handle, taskId).object_count,
    countByFrame: (taskId, from, count, of) =>
      countAnnotations(handle, taskId, { from, count, of }),
    searchFrame(taskId, from, direction, deleted = 'show') {
      const query = deleted === 'skip' ? READS[`${direction}Live`] : READS[direction]
      const row = sql<{ frame: FrameIndex }>(query).get(taskId, from, taskId)
      return row?.frame ?? null
    },
    census(taskId, range, keeps) {
      const { start, stop } = range ?? { start: 0, stop: Number.MAX_SAFE_INTEGER }
      const facts = sql<FactCount>(READS.census).all(taskId, start, stop, taskId, taskId)
      const turned = sql<{ count: number }>(
        `SELECT count(*) AS count FROM frame INDEXED BY frame_turned
         WHERE task_id = ? AND orientation > 1 AND deleted = 0 AND number BETWEEN ? AND ?`,
      ).get(taskId, start, stop)
      return summarise(facts, tracksOf(taskId, range, keeps), turned?.count ?? 0, keeps)
    },
  }
}

/**
 * On a connection of its own: the statement stays open while the caller writes a file, which would block every write
 * of the store's connection, and what it reads is one snapshot whatever is drawn meanwhile. A frame in memory at a time.
 */
function* streamFrames(
  path: string,
  taskId: TaskId,
): Generator<{ frame: FrameIndex; annotations: Annotation[] }> {
  const db = behindDoor(path, () => connect(path, { readonly: true }))
  const rows = db.prepare<[number, number], AnnotationRow>(READS.byFrame).iterate(taskId, taskId)
  try {
    let pending: AnnotationRow[] = []
    for (;;) {
      const { value: row, done } = behindDoor(path, () => rows.next())
      if (pending[0] && (done || row.frame !== pending[0].frame)) {
        yield { frame: pending[0].frame, annotations: inOrder(pending) }
        pending = []
      }
      if (done) return
      pending.push(row)
    }
  } finally {
    // Whoever stops early leaves a statement open, and a connection that is busy cannot be closed.
    rows.return?.()
    db.close()
  }
}

function inOrder(rows: AnnotationRow[]): Annotation[] {
  return rows.sort(byDrawingOrder).map((row) => fromRow(row, () => []))
}

function byDrawingOrder(a: AnnotationRow, b: AnnotationRow): number {
  return a.z_order - b.z_order || a.id - b.id
}

function byFrameAndId(a: AnnotationRow, b: AnnotationRow): number {
  return a.frame - b.frame || a.id - b.id
}

interface FactCount {
  readonly facts: number
  readonly count: number
}

/** @param tracks  counted by themselves: what their own rows say is of their first frame only */
function summarise(
  rows: readonly FactCount[],
  tracks: TrackCensus,
  turnedFrames: number,
  keeps: readonly KeptType[] | undefined,
): AnnotationCensus {
  const isKind = (kind: number) => (facts: number) => (facts & FACT.kinds) === kind
  const isTrack = isKind(FACT.track)
  const sum = (test: (facts: number) => boolean) =>
    rows.reduce(
      (total, { facts, count }) => total + (!isTrack(facts) && test(facts) ? count : 0),
      0,
    )
  const kinds = keeps?.map((type) =>
    type === 'tag' ? FACT.tag : FACT.firstShape + shapeTypes.indexOf(type),
  )
  const isKept = (facts: number) => kinds?.includes(facts & FACT.kinds) ?? true
  const has = (flag: number) => sum((facts) => (facts & flag) !== 0 && isKept(facts))
  const shapes = shapeTypes.map(
    (type, index) =>
      [type, sum(isKind(FACT.firstShape + index)) + (tracks.shapes[type] ?? 0)] as const,
  )
  const isTurnedRectangle = (facts: number) =>
    isKind(FACT.firstShape)(facts) && (facts & FACT.rotated) !== 0
  return {
    tags: sum(isKind(FACT.tag)),
    tracks: tracks.tracks,
    shapes: Object.fromEntries(shapes.filter(([, count]) => count !== 0)),
    trackShapes: tracks.shapes,
    rotatedRectangles: sum(isTurnedRectangle) + tracks.rotatedRectangles,
    grouped: has(FACT.grouped) + tracks.grouped,
    layered: has(FACT.layered) + tracks.layered,
    occluded: has(FACT.occluded) + tracks.occluded,
    attributed: has(FACT.attributed) + tracks.attributed,
    scored: has(FACT.scored),
    sourced: has(FACT.sourced) + tracks.sourced,
    sourcedTags: sum((facts) => isKind(FACT.tag)(facts) && (facts & FACT.sourced) !== 0),
    turnedFrames,
  }
}
