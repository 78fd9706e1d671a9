import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANNOTATED } from './annotated-frames.ts'
import { READS } from './annotation-reads.ts'
import { SEARCHES } from './annotation-search.ts'
import { LIVE } from './annotation-table.ts'
import { type Connection, connect } from './connection.ts'
import { newDatabasePath, removeDatabases } from './fixture.ts'
import { COUNTS } from './frame-counts.ts'
import { MARKS } from './frame-marks.ts'
import { FRAMES } from './frames.ts'
import { openStore } from './index.ts'
import { OPEN_PREDICTIONS } from './prediction-choice.ts'
import { RELATED } from './related-images.ts'
import { TASKS } from './tasks.ts'
import { LANES } from './track-lanes.ts'

let db: Connection
beforeAll(() => {
  const path = newDatabasePath()
  openStore(path).close()
  db = connect(path)
})
afterAll(() => {
  db.close()
  removeDatabases()
})

function planOf(sql: string): string {
  const parameters = Array.from(sql.matchAll(/\?/g), () => 1)
  return db
    .prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map(({ detail }) => detail)
    .join('\n')
}

/** What a person waits for at every key. An index that no longer fits shows here, not in a complaint. */
test.each<[string, string, RegExp]>([
  [
    "this frame's annotations",
    READS.frame,
    /SEARCH annotation USING INDEX annotation_frame \(task_id=\? AND frame=\? AND batch_id=\?\)/,
  ],
  [
    "this frame's tracks",
    READS.tracks,
    /SEARCH annotation USING INDEX annotation_track \(task_id=\? AND frame<\?\)/,
  ],
  [
    'the next annotated frame',
    READS.forward,
    /USING COVERING INDEX annotation_frame \(task_id=\? AND frame>\?\)/,
  ],
  [
    'the annotated frame before',
    READS.backward,
    /USING COVERING INDEX annotation_frame \(task_id=\? AND frame<\?\)/,
  ],
  ['the ids of a whole task', READS.ids, /USING COVERING INDEX annotation_frame \(task_id=\?\)/],
  ['a page of objects', READS.page, /USING INDEX annotation_frame \(task_id=\? AND frame>\?\)/],
  [
    'the next frame of a label',
    SEARCHES.forward,
    /USING COVERING INDEX annotation_frame \(task_id=\? AND frame>\? AND frame<\?\)/,
  ],
  [
    'what a filter may match',
    SEARCHES.rows,
    /USING INDEX annotation_frame \(task_id=\? AND frame>\? AND frame<\?\)/,
  ],
  ['every track', SEARCHES.tracks, /USING INDEX annotation_track \(task_id=\?\)/],
  ['a page of lanes', LANES.page, /USING INDEX annotation_track \(task_id=\? AND frame>\?\)/],
  ['where tracks begin', ANNOTATED.tracks, /USING INDEX annotation_track \(task_id=\?\)/],
  [
    'where tracks are hidden: no keyframe that is seen is read',
    ANNOTATED.gaps,
    /SEARCH keyframe USING (COVERING )?INDEX keyframe_outside \(annotation_id=\?\)/,
  ],
  ['a frame that begins something', ANNOTATED.next, /USING COVERING INDEX annotation_frame/],
  ['an export', READS.byFrame, /USING INDEX annotation_frame \(task_id=\?\)/],
  ['what a loss report counts', READS.census, /USING COVERING INDEX annotation_frame/],
  [
    'is this frame annotated',
    `SELECT 1 FROM annotation WHERE task_id = ? AND frame = ? AND ${LIVE} LIMIT 1`,
    /USING COVERING INDEX annotation_frame \(task_id=\? AND frame=\? AND batch_id=\?\)/,
  ],
  [
    "a label's uses",
    `SELECT count(*) FROM annotation WHERE task_id = ? AND ${LIVE} AND label_id = ?`,
    /USING COVERING INDEX annotation_frame/,
  ],
  ['a frame record', FRAMES.one, /SEARCH frame USING PRIMARY KEY \(task_id=\? AND number=\?\)/],
  [
    'a page of frames',
    FRAMES.page,
    /SEARCH frame USING PRIMARY KEY \(task_id=\? AND number>\? AND number<\?\)/,
  ],
  ['frames to read', FRAMES.pending, /USING INDEX frame_pending \(task_id=\?\)/],
  ['problems', FRAMES.problems, /USING INDEX frame_problem \(task_id=\?\)/],
  [
    'the next annotated frame that is not deleted',
    READS.forwardLive,
    /USING COVERING INDEX annotation_frame \(task_id=\? AND frame>\?\)/,
  ],
  [
    'how many annotations a page of frames has',
    COUNTS.own,
    /USING COVERING INDEX annotation_frame \(task_id=\? AND frame>\? AND frame<\?\)/,
  ],
  [
    'which of them are tracks',
    COUNTS.keyframes,
    /USING INDEX annotation_track \(task_id=\? AND frame<\?\)/,
  ],
  [
    'context images of a page of frames',
    RELATED.page,
    /SEARCH related_image USING PRIMARY KEY \(task_id=\? AND frame>\? AND frame<\?\)/,
  ],
  ['deleted frames', MARKS.deleted, /USING COVERING INDEX frame_deleted|USING INDEX frame_deleted/],
  ['checked frames', MARKS.checked, /USING COVERING INDEX frame_checked|USING INDEX frame_checked/],
  ['a frame marked', MARKS.set, /SEARCH frame USING PRIMARY KEY \(task_id=\? AND number=\?\)/],
  [
    'autosave: is the step known',
    'SELECT * FROM step WHERE task_id = ? AND client_step_id = ?',
    /USING INDEX step_client \(task_id=\? AND client_step_id=\?\)/,
  ],
  [
    'autosave: what was undone',
    'DELETE FROM step WHERE task_id = ? AND undone = 1',
    /USING COVERING INDEX step_task \(task_id=\? AND undone=\?\)/,
  ],
  [
    'undo',
    'SELECT * FROM step WHERE task_id = ? AND undone = 0 ORDER BY id DESC LIMIT 1',
    /USING INDEX step_task \(task_id=\? AND undone=\?\)/,
  ],
  [
    'history',
    'SELECT * FROM step INDEXED BY step_history WHERE task_id = ? AND id < ? ORDER BY id DESC LIMIT ?',
    /SEARCH step USING/,
  ],
  ['a header read', FRAMES.header, /SEARCH frame USING PRIMARY KEY \(task_id=\? AND number=\?\)/],
  [
    'the next request',
    `SELECT * FROM request WHERE state = 'queued' ORDER BY id LIMIT 1`,
    /USING INDEX request_state/,
  ],
])('%s uses its index and sorts nothing', (_name, sql, index) => {
  const plan = planOf(sql)
  expect(plan).toMatch(index)
  expect(plan).not.toMatch(/SCAN (annotation|frame|step|request)\b(?! USING)/)
  if (!sql.includes('GROUP BY')) expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER BY/)
})

test('a list of tasks reads no annotation and no table of frames', () => {
  const plan = planOf(`${TASKS} ORDER BY id`)
  expect(plan).not.toMatch(/annotation/)
  expect(plan).toMatch(
    /SEARCH frame USING COVERING INDEX frame_problem \(task_id=\?\)|SEARCH frame USING INDEX frame_problem/,
  )
  expect(plan.match(/SEARCH job USING COVERING INDEX job_task/g)).toHaveLength(2)
})

/** As predictions.ts builds them: a condition on what is open comes first. */
test.each([
  [
    "a frame's predictions",
    'SELECT id FROM prediction WHERE (open) AND frame = ? ORDER BY id',
    /prediction_frame \(task_id=\? AND frame=\? AND decision=\?\)/,
  ],
  [
    'the next frame with predictions',
    'SELECT frame FROM prediction INDEXED BY prediction_frame WHERE (open) AND score >= ? AND frame > ? ORDER BY frame LIMIT 1',
    /COVERING INDEX prediction_frame \(task_id=\? AND frame>\?\)/,
  ],
  [
    'a page of predictions',
    'SELECT * FROM prediction WHERE (open) AND frame >= ? AND frame <= ? ORDER BY frame, id',
    /prediction_frame \(task_id=\? AND frame>\? AND frame<\?\)/,
  ],
])('%s', (_what, query, expected) => {
  const plan = planOf(query.replace('(open)', OPEN_PREDICTIONS))
  expect(plan).toMatch(expected)
  expect(plan).toMatch(/SEARCH frame USING .*(frame_deleted|PRIMARY KEY)/)
})
