import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { shapeTypes } from '#shared/domain/annotation.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationKind, Candidates } from '#shared/filter/prefilter.ts'
import type { AnnotationRepository } from '../core/ports.ts'
import { type AnnotationRow, FACT } from './annotation-row.ts'
import { type AnnotationTable, LIVE } from './annotation-table.ts'
import type { Handle } from './connection.ts'

/** Label and kind are in the index: what cannot match is passed over without its row being read. */
const CANDIDATE = `task_id = ? AND frame >= ? AND frame <= ? AND ${LIVE}
  AND label_id IN (SELECT value FROM json_each(?)) AND (facts & ${FACT.kinds}) IN (SELECT value FROM json_each(?))`

/** Hot ones have a test of their query plan (query-plans.test.ts). */
export const SEARCHES = {
  rows: `SELECT * FROM annotation WHERE ${CANDIDATE} ORDER BY frame`,
  forward: `SELECT frame FROM annotation WHERE ${CANDIDATE} ORDER BY frame LIMIT 1`,
  backward: `SELECT frame FROM annotation WHERE ${CANDIDATE} ORDER BY frame DESC LIMIT 1`,
  tracks: `SELECT * FROM annotation WHERE task_id = ? AND kind = 'track' AND ${LIVE} ORDER BY frame`,
  trackIds: `SELECT * FROM annotation WHERE task_id = ? AND kind = 'track' AND id > ? AND ${LIVE} ORDER BY id`,
} as const

type Searches = Pick<AnnotationRepository, 'candidates' | 'candidateFrame' | 'tracks' | 'trackPage'>

/** A page of tracks is 4 MB on its way to the page. */
const KEYFRAMES_A_PAGE = 20_000

/** Reads of a search by filter: the store leaves out what the index can tell, the rest is judged by who asked. */
export function createAnnotationSearches({ sql }: Handle, table: AnnotationTable): Searches {
  return {
    candidates: (taskId, frames, wanted) =>
      sql<AnnotationRow>(SEARCHES.rows)
        .all(...values(taskId, frames, wanted))
        .map(table.parse),

    candidateFrame(taskId, frames, wanted, direction) {
      const row = sql<{ frame: FrameIndex }>(SEARCHES[direction]).get(
        ...values(taskId, frames, wanted),
      )
      return row?.frame ?? null
    },

    tracks: (taskId) =>
      sql<AnnotationRow>(SEARCHES.tracks).all(taskId, taskId).map(table.parse).filter(isTrack),

    trackPage(taskId, after) {
      const rows = sql<AnnotationRow>(SEARCHES.trackIds).all(taskId, after, taskId)
      const tracks: Track[] = []
      let keyframes = 0
      for (const row of rows) {
        if (keyframes >= KEYFRAMES_A_PAGE) return { tracks, next: tracks.at(-1)?.id ?? null }
        const track = table.parse(row)
        if (!isTrack(track)) continue
        keyframes += track.keyframes.length
        tracks.push(track)
      }
      return { tracks, next: null }
    },
  }
}

function values(
  taskId: TaskId,
  { first, last }: { first: FrameIndex; last: FrameIndex },
  { labelIds, kinds }: Pick<Candidates, 'labelIds' | 'kinds'>,
) {
  const facts = kinds.filter((kind) => kind !== 'track').map(factOf)
  return [taskId, first, last, taskId, JSON.stringify(labelIds), JSON.stringify(facts)] as const
}

function factOf(kind: Exclude<AnnotationKind, 'track'>): number {
  return kind === 'tag' ? FACT.tag : FACT.firstShape + shapeTypes.indexOf(kind)
}

function isTrack(annotation: Annotation): annotation is Track {
  return annotation.kind === 'track'
}
