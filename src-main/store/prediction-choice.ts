import type { TaskId } from '#shared/domain/ids.ts'
import type { PredictionChoice } from '#shared/domain/prediction.ts'
import type { Handle, Value } from './connection.ts'
import { DECISION } from './prediction-row.ts'

/** A condition on rows of `prediction`, and what its question marks stand for. */
export interface Condition {
  readonly sql: string
  readonly values: readonly Value[]
}

/**
 * Acceptances whose step is not done: never made, undone, or undone and then forgotten. What went with one is open.
 */
const VOID_ACCEPTANCES = `SELECT acceptance.id FROM prediction_acceptance acceptance
  LEFT JOIN step ON step.task_id = acceptance.task_id AND step.client_step_id = acceptance.client_step_id
  WHERE acceptance.task_id = ? AND (step.id IS NULL OR step.undone = 1)`

/** Frames a person has deleted show no predictions. */
const NOT_DELETED = `NOT EXISTS (SELECT 1 FROM frame INDEXED BY frame_deleted
  WHERE frame.task_id = prediction.task_id AND frame.number = prediction.frame AND frame.deleted = 1)`

/** The task, and the decisions that count as none, as JSON. */
export const OPEN_PREDICTIONS = `task_id = ? AND decision IN (SELECT value FROM json_each(?)) AND ${NOT_DELETED}`

/** Rows of a task that are open. Looked up now: to be used at once. */
export function openRows({ sql }: Handle, taskId: TaskId): Condition {
  const voids = sql<{ id: number }>(VOID_ACCEPTANCES).all(taskId)
  const decisions = [DECISION.open, ...voids.map(({ id }) => id)]
  return {
    sql: OPEN_PREDICTIONS,
    values: [taskId, JSON.stringify(decisions)],
  }
}

export function rejectedRows(taskId: TaskId): Condition {
  return {
    sql: `task_id = ? AND decision = ${DECISION.rejected} AND ${NOT_DELETED}`,
    values: [taskId],
  }
}

/** What a choice says of a row: all that is given. A row without a score fits no bound of scores. */
export function chosenRows(choice: PredictionChoice): Condition {
  const parts: [string, Value | undefined][] = [
    ['id IN (SELECT value FROM json_each(?))', choice.ids && JSON.stringify(choice.ids)],
    ['frame = ?', choice.frame],
    ['label_id = ?', choice.labelId],
    ['score >= ?', choice.minScore],
    ['score < ?', choice.belowScore],
  ]
  const given = parts.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]))
  return {
    sql: given.map(({ text }) => ` AND ${text}`).join(''),
    values: given.map(({ value }) => value),
  }
}
