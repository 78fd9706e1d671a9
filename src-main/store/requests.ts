import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import {
  errorBodySchema,
  type RequestKind,
  requestKindSchema,
  type WorkRequest,
} from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { RequestRepository } from '../core/ports.ts'
import type { Handle } from './connection.ts'

interface RequestRow {
  readonly id: number
  readonly kind: string
  readonly task_id: number | null
  readonly title: string
  readonly params: string
  readonly state: WorkRequest['state']
  readonly progress: number | null
  readonly message: string
  readonly attempts: number
  readonly error: string | null
  readonly result: string | null
  readonly created_date: string
  readonly finished_date: string | null
}

const isOver = (state: WorkRequest['state']) =>
  state !== 'queued' && state !== 'started' && state !== 'paused'

export function createRequests({ sql, write, now }: Handle): RequestRepository {
  const row = (id: RequestId): RequestRow => {
    const found = sql<RequestRow>('SELECT * FROM request WHERE id = ?').get(id)
    if (!found) throw new AppError('NOT_FOUND', { what: 'request', id })
    return found
  }
  const get = (id: RequestId): WorkRequest => parse(row(id))
  return {
    get,
    create: (kind, taskId, title, params) =>
      write(() => {
        const { lastInsertRowid } = sql(
          `INSERT INTO request (kind, task_id, title, params, state, progress, message, attempts, created_date)
           VALUES (?, ?, ?, ?, 'queued', NULL, '', 0, ?)`,
        ).run(kind, taskId, title, JSON.stringify(params ?? null), now())
        return get(Number(lastInsertRowid) as RequestId)
      }),
    params: (id) => JSON.parse(row(id).params) as unknown,
    list: (limit) =>
      sql<RequestRow>('SELECT * FROM request ORDER BY id DESC LIMIT ?').all(limit).map(parse),
    recover: () =>
      write(() => {
        sql(
          `UPDATE request SET state = 'queued', attempts = attempts + 1, progress = NULL, message = ''
           WHERE state = 'started'`,
        ).run()
        return sql<RequestRow>(`SELECT * FROM request WHERE state = 'queued' ORDER BY id`)
          .all()
          .map(parse)
      }),
    update: (id, change) =>
      write(() => {
        const merged = { ...get(id), ...change }
        sql(
          `UPDATE request SET state = ?, progress = ?, message = ?, error = ?, result = ?, finished_date = ? WHERE id = ?`,
        ).run(
          merged.state,
          merged.progress,
          merged.message,
          merged.error && JSON.stringify(merged.error),
          merged.result == null ? null : JSON.stringify(merged.result),
          isOver(merged.state) ? (merged.finishedAt ?? now()) : null,
          id,
        )
        return get(id)
      }),
    nextQueued(kinds) {
      const found = sql<RequestRow>(
        `SELECT * FROM request WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1`,
      ).get(JSON.stringify(kinds))
      return found ? parse(found) : null
    },
  }
}

/** What was stored is parsed again: another version of the app may have written it. */
function parse(row: RequestRow): WorkRequest {
  return {
    id: row.id as RequestId,
    kind: requestKindSchema.parse(row.kind) satisfies RequestKind,
    taskId: row.task_id as TaskId | null,
    title: row.title,
    state: row.state,
    progress: row.progress,
    message: row.message,
    attempts: row.attempts,
    error: row.error === null ? null : errorBodySchema.parse(JSON.parse(row.error)),
    result: row.result === null ? null : (JSON.parse(row.result) as unknown),
    createdAt: row.created_date,
    finishedAt: row.finished_date,
  }
}
