import type { TaskId } from '#shared/domain/ids.ts'
import type { Proposal } from '#shared/domain/prediction.ts'
import type {
  FrameRange,
  PredictionKind,
  PredictionRepository,
  PredictionRun,
} from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { openRows, rejectedRows } from './prediction-choice.ts'
import {
  DECISION,
  PREDICTION_COLUMNS,
  type PredictionRow,
  toPredictionValues,
  toProposal,
} from './prediction-row.ts'
import { reserveIds } from './sequence.ts'
import { taskRow } from './task-row.ts'

type Runs = Pick<
  PredictionRepository,
  'runOf' | 'begin' | 'put' | 'staged' | 'covered' | 'abandon' | 'abandonFailed'
>

interface RunRow {
  readonly id: number
  readonly task_id: TaskId
  readonly function_id: string
  readonly staged: number
  readonly frames: string
  readonly done_through: number
  readonly facts: string
}

/** `staged` of a run. */
const STAGED: Readonly<Record<PredictionKind | 'abandoned', number>> = {
  open: 0,
  staged: 1,
  abandoned: 2,
}

const INSERT = `INSERT INTO prediction (task_id, run_id, decision, ${PREDICTION_COLUMNS})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const LABELS = `SELECT label.id FROM label, task WHERE task.id = ? AND label.deleted = 0 AND label.parent_id IS NULL
  AND (label.task_id = task.id OR label.project_id = task.project_id)`

export function createPredictionRuns(handle: Handle, onGarbage: () => void): Runs {
  const { sql, write } = handle
  const ofRequest = (requestId: number) =>
    sql<RunRow>('SELECT * FROM prediction_run WHERE request_id = ?').get(requestId)

  return {
    runOf: (requestId) => {
      const row = ofRequest(requestId)
      return row ? toRun(row) : null
    },

    begin: ({ taskId, requestId, functionId, kind, frames }) =>
      write(() => {
        taskRow(handle, taskId)
        const row = sql<RunRow>(
          `INSERT INTO prediction_run (task_id, request_id, function_id, staged, frames)
           VALUES (?, ?, ?, ?, ?) RETURNING *`,
        ).get(taskId, requestId, functionId, STAGED[kind], JSON.stringify(frames))
        if (!row) throw new Error('INSERT … RETURNING gave no row')
        return toRun(row)
      }),

    covered: (taskId) => {
      const rows = sql<RunRow>(
        `SELECT * FROM prediction_run WHERE task_id = ? AND staged = ${STAGED.open}`,
      ).all(taskId)
      return joined(rows.flatMap((row) => doneFrames(toRun(row))))
    },

    put: (run, frames, { doneThrough, facts }) =>
      write(() => {
        const row = sql<RunRow>('SELECT * FROM prediction_run WHERE id = ?').get(run.id)
        if (!row) return
        if (row.staged === STAGED.open) for (const { frame } of frames) replace(handle, row, frame)
        insertAll(handle, row, frames)
        sql('UPDATE prediction_run SET done_through = ?, facts = ? WHERE id = ?').run(
          doneThrough,
          JSON.stringify(facts ?? null),
          row.id,
        )
      }),

    staged(run, after, limit) {
      const rows = sql<PredictionRow>(
        `SELECT id, ${PREDICTION_COLUMNS} FROM prediction INDEXED BY prediction_of_run
         WHERE run_id = ? AND id > ? ORDER BY id LIMIT ?`,
      ).all(run.id, after, limit)
      const last = rows.at(-1)
      return {
        proposals: rows.map(toProposal),
        next: last && rows.length === limit ? last.id : null,
      }
    },

    abandon: (requestId) => {
      write(() => {
        const row = ofRequest(requestId)
        if (row) forsake(handle, [row])
      })
      onGarbage()
    },

    abandonFailed: (taskId) => {
      write(() =>
        forsake(
          handle,
          sql<RunRow>(
            `SELECT run.* FROM prediction_run run JOIN request ON request.id = run.request_id
             WHERE run.task_id = ? AND run.staged = ${STAGED.staged} AND request.state = 'failed'`,
          ).all(taskId),
        ),
      )
      onGarbage()
    },
  }
}

/** Their rows go to the purge. Open ones keep theirs and are only over. */
function forsake({ sql }: Handle, rows: readonly RunRow[]): void {
  for (const { id, staged } of rows) {
    if (staged !== STAGED.staged) continue
    sql(
      `UPDATE prediction_run SET request_id = NULL, staged = ${STAGED.abandoned} WHERE id = ?`,
    ).run(id)
  }
}

/** A crash between a request's end and what follows from it: what is staged for a request that is over. */
export function abandonEndedRuns(handle: Handle): void {
  const ended = handle.sql<RunRow>(
    `SELECT run.* FROM prediction_run run LEFT JOIN request ON request.id = run.request_id
     WHERE run.staged = ${STAGED.staged} AND (request.id IS NULL OR request.state IN ('finished', 'cancelled'))`,
  )
  forsake(handle, ended.all())
}

/** Delete a slice of an abandoned run. @returns whether there may be more */
export function purgeRuns({ sql, write }: Handle, rows: number): boolean {
  const run = sql<{ id: number }>(
    `SELECT id FROM prediction_run WHERE staged = ${STAGED.abandoned} LIMIT 1`,
  ).get()
  if (!run) return false
  write(() => {
    const slice =
      'DELETE FROM prediction WHERE id IN (SELECT id FROM prediction WHERE run_id = ? LIMIT ?)'
    if (sql(slice).run(run.id, rows).changes === 0)
      sql('DELETE FROM prediction_run WHERE id = ?').run(run.id)
  })
  return true
}

const toRun = ({ id, frames, done_through, facts }: RunRow): PredictionRun => ({
  id,
  frames: JSON.parse(frames) as FrameRange[],
  doneThrough: done_through,
  facts: JSON.parse(facts) as unknown,
})

function doneFrames({ frames, doneThrough }: PredictionRun): FrameRange[] {
  return frames.flatMap(({ start, stop }) =>
    start <= doneThrough ? [{ start, stop: Math.min(stop, doneThrough) }] : [],
  )
}

/** Ranges in order, those that touch as one. */
function joined(ranges: readonly FrameRange[]): FrameRange[] {
  const all: { start: number; stop: number }[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1)
    if (last && range.start <= last.stop + 1) last.stop = Math.max(last.stop, range.stop)
    else all.push({ ...range })
  }
  return all
}

/** The layer is to be forgotten: so is who looked where. What is under way has looked at nothing so far. */
export function forgetOpenRuns({ sql }: Handle, taskId: TaskId): void {
  const rows = sql<RunRow & { readonly is_active: number }>(
    `SELECT run.*, request.state IN ('queued', 'started', 'paused') AS is_active
     FROM prediction_run run LEFT JOIN request ON request.id = run.request_id
     WHERE run.task_id = ? AND run.staged = ${STAGED.open}`,
  ).all(taskId)
  for (const row of rows) {
    if (row.is_active !== 1) sql('DELETE FROM prediction_run WHERE id = ?').run(row.id)
    else {
      const { frames, doneThrough } = toRun(row)
      const left = frames.flatMap(({ start, stop }) =>
        stop > doneThrough ? [{ start: Math.max(start, doneThrough + 1), stop }] : [],
      )
      sql('UPDATE prediction_run SET frames = ? WHERE id = ?').run(JSON.stringify(left), row.id)
    }
  }
}

/** What the same function proposed here earlier, unless it was accepted. */
function replace(handle: Handle, run: RunRow, frame: number): void {
  for (const { sql, values } of [openRows(handle, run.task_id), rejectedRows(run.task_id)]) {
    handle
      .sql(
        `DELETE FROM prediction WHERE ${sql} AND frame = ? AND run_id IN
         (SELECT id FROM prediction_run WHERE task_id = ? AND function_id = ?)`,
      )
      .run(...values, frame, run.task_id, run.function_id)
  }
}

function insertAll(
  handle: Handle,
  run: RunRow,
  frames: readonly { readonly proposals: readonly Proposal[] }[],
): void {
  const decision = run.staged === STAGED.open ? DECISION.open : DECISION.staged
  const known = new Set(
    handle
      .sql<{ id: number }>(LABELS)
      .all(run.task_id)
      .map(({ id }) => id),
  )
  for (const { proposals } of frames) {
    const groups = freshGroups(handle, proposals)
    for (const proposal of proposals) {
      if (!known.has(proposal.labelId)) continue
      const group = groups.get(proposal.group) ?? 0
      handle.sql(INSERT).run(run.task_id, run.id, decision, ...toPredictionValues(proposal, group))
    }
  }
}

/** By the number an answer has for a group one that nothing else has: ids are given out once. */
function freshGroups(handle: Handle, proposals: readonly Proposal[]): Map<number, number> {
  const numbers = [...new Set(proposals.flatMap(({ group }) => (group > 0 ? [group] : [])))]
  if (numbers.length === 0) return new Map()
  const { first } = reserveIds(handle, numbers.length)
  return new Map(numbers.map((number, at) => [number, first + at]))
}
