import type { LabelId, TaskId } from '#shared/domain/ids.ts'
import type { PredictionChoice } from '#shared/domain/prediction.ts'
import type { PredictionRepository, PredictionSummary } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { type Condition, chosenRows, openRows, rejectedRows } from './prediction-choice.ts'
import { DECISION, PREDICTION_COLUMNS, type PredictionRow, toPrediction } from './prediction-row.ts'
import { createPredictionRuns, forgetOpenRuns } from './prediction-runs.ts'

/** Rows changed in one transaction: what an edit of a person may have to wait for. */
const ROWS_A_WRITE = 3000
const BINS = 20

const COLUMNS = `prediction.id, ${PREDICTION_COLUMNS.replaceAll(/(\w+)/g, 'prediction.$1')},
  (SELECT function_id FROM prediction_run WHERE prediction_run.id = prediction.run_id) AS function_id`
const SELECT = `SELECT ${COLUMNS} FROM prediction`
type Row = PredictionRow & { readonly function_id: string }

export function createPredictions(handle: Handle, onGarbage: () => void): PredictionRepository {
  const { sql, write } = handle
  const open = (taskId: TaskId, choice: PredictionChoice = {}): Condition =>
    both(openRows(handle, taskId), chosenRows(choice))

  /** The frame on which the `limit`th row that fits lies; null when there are fewer. */
  function frameAfter(fits: Condition, from: number, limit: number): number | null {
    const row = sql<{ frame: number }>(
      `SELECT frame FROM prediction INDEXED BY prediction_frame WHERE ${fits.sql} AND frame >= ?
       ORDER BY frame LIMIT 1 OFFSET ?`,
    ).get(...fits.values, from, limit)
    return row?.frame ?? null
  }

  /** Whole frames from `from` on with about `limit` rows that fit: both ends, null for the rest. */
  function stretch(fits: Condition, from: number, limit: number) {
    const last = frameAfter(fits, from, limit)
    return { last: last ?? Number.MAX_SAFE_INTEGER, next: last === null ? null : last + 1 }
  }

  return {
    ...createPredictionRuns(handle, onGarbage),

    ofFrame(taskId, frame) {
      const fits = open(taskId, { frame })
      const rows = sql<Row>(`${SELECT} WHERE ${fits.sql} ORDER BY id`).all(...fits.values)
      return rows.map((row) => toPrediction(row, taskId))
    },

    page(taskId, choice, from, limit) {
      const fits = open(taskId, choice)
      const { last, next } = stretch(fits, from, limit)
      const rows = sql<Row>(
        `${SELECT} WHERE ${fits.sql} AND frame >= ? AND frame <= ? ORDER BY frame, id`,
      ).all(...fits.values, from, last)
      return { predictions: rows.map((row) => toPrediction(row, taskId)), next }
    },

    between(taskId, { start, stop }, minScore) {
      const bound = minScore === null ? '' : ' AND score >= ?'
      const fits = open(taskId)
      const rows = sql<Row & { readonly is_open: number; readonly decision: number }>(
        `SELECT ${COLUMNS}, decision, (${fits.sql}) AS is_open FROM prediction
         WHERE task_id = ? AND decision <> ${DECISION.staged} AND frame >= ? AND frame <= ?${bound} ORDER BY frame, id`,
      ).all(...fits.values, taskId, start, stop, ...(minScore === null ? [] : [minScore]))
      return rows.map((row) => ({
        prediction: toPrediction(row, taskId),
        decision:
          row.is_open === 1 ? 'open' : row.decision === DECISION.rejected ? 'rejected' : 'accepted',
      }))
    },

    summary: (taskId) => summaryOf(handle, open(taskId)),
    open: (taskId) => countOf(handle, open(taskId)),
    count: (taskId, choice) => countOf(handle, open(taskId, choice)),

    nextFrame(taskId, from, direction, filter) {
      const fits = open(taskId, filter)
      const [beyond, order] = direction === 'forward' ? ['>', 'ASC'] : ['<', 'DESC']
      const row = sql<{ frame: number }>(
        `SELECT frame FROM prediction INDEXED BY prediction_frame WHERE ${fits.sql} AND frame ${beyond} ?
         ORDER BY frame ${order} LIMIT 1`,
      ).get(...fits.values, from)
      return row?.frame ?? null
    },

    decide: (taskId, verdict, choice, from) =>
      write(() => {
        const before = verdict === 'reject' ? openRows(handle, taskId) : rejectedRows(taskId)
        const fits = both(before, chosenRows(choice))
        const { last, next } = stretch(fits, from, ROWS_A_WRITE)
        const { changes } = sql(
          `UPDATE prediction SET decision = ? WHERE ${fits.sql} AND frame >= ? AND frame <= ?`,
        ).run(verdict === 'reject' ? DECISION.rejected : DECISION.open, ...fits.values, from, last)
        return { count: changes, next }
      }),

    accept: (taskId, clientStepId, ids) =>
      void write(() => {
        sql(
          `INSERT INTO prediction_acceptance (task_id, client_step_id) VALUES (?, ?)
           ON CONFLICT (task_id, client_step_id) DO NOTHING`,
        ).run(taskId, clientStepId)
        sql(
          `UPDATE prediction SET decision = (SELECT id FROM prediction_acceptance WHERE task_id = ? AND client_step_id = ?)
           WHERE id IN (SELECT value FROM json_each(?))`,
        ).run(taskId, clientStepId, JSON.stringify(ids))
      }),

    clear: (taskId) =>
      write(() => {
        const { changes } = sql(
          `DELETE FROM prediction WHERE id IN
           (SELECT id FROM prediction WHERE task_id = ? AND decision <> ${DECISION.staged} LIMIT ?)`,
        ).run(taskId, ROWS_A_WRITE)
        if (changes > 0) return true
        forgetOpenRuns(handle, taskId)
        sql('DELETE FROM prediction_acceptance WHERE task_id = ?').run(taskId)
        return false
      }),
  }
}

function both(a: Condition, b: Condition): Condition {
  return { sql: a.sql + b.sql, values: [...a.values, ...b.values] }
}

function countOf({ sql }: Handle, fits: Condition): number {
  const row = sql<{ count: number }>(
    `SELECT count(*) AS count FROM prediction WHERE ${fits.sql}`,
  ).get(...fits.values)
  return row?.count ?? 0
}

function summaryOf({ sql }: Handle, fits: Condition): PredictionSummary {
  const groups = sql<{ label_id: number; bin: number | null; count: number }>(
    `SELECT label_id, min(${BINS - 1}, CAST(score * ${BINS} AS INTEGER)) AS bin, count(*) AS count
     FROM prediction INDEXED BY prediction_frame WHERE ${fits.sql} GROUP BY label_id, bin`,
  ).all(...fits.values)
  const frames = sql<{ count: number }>(
    `SELECT count(DISTINCT frame) AS count FROM prediction INDEXED BY prediction_frame WHERE ${fits.sql}`,
  ).get(...fits.values)
  const sum = (rows: typeof groups) => rows.reduce((all, { count }) => all + count, 0)
  const byLabel = [...Map.groupBy(groups, ({ label_id }) => label_id)]
  return {
    open: sum(groups),
    frames: frames?.count ?? 0,
    byLabel: byLabel.map(([id, rows]) => ({ labelId: id as LabelId, count: sum(rows) })),
    byScore: Array.from({ length: BINS }, (_, at) => sum(groups.filter(({ bin }) => bin === at))),
    withoutScore: sum(groups.filter(({ bin }) => bin === null)),
  }
}

/** Labels that go take what was predicted under them along. */
export function forgetPredictionsOfLabel({ sql }: Handle, labelId: number): void {
  sql(
    `DELETE FROM prediction WHERE label_id = ? AND task_id IN
     (SELECT task.id FROM task, label WHERE label.id = ?
      AND (task.id = label.task_id OR task.project_id = label.project_id))`,
  ).run(labelId, labelId)
}
