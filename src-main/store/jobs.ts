import type { JobId, TaskId } from '#shared/domain/ids.ts'
import { cutSegments, type Segment } from '#shared/domain/segments.ts'
import type { Job } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { JobRepository } from '../core/ports.ts'
import type { Handle } from './connection.ts'

interface JobRow {
  readonly id: number
  readonly task_id: number
  readonly start_frame: number
  readonly stop_frame: number
  readonly stage: Job['stage']
  readonly state: Job['state']
  readonly updated_date: string
}

export function createJobs({ sql, write, now }: Handle): JobRepository {
  return {
    ofTask: (taskId) =>
      sql<JobRow>('SELECT * FROM job WHERE task_id = ? ORDER BY id').all(taskId).map(parse),
    get: (id) => {
      const row = sql<JobRow>('SELECT * FROM job WHERE id = ?').get(id)
      if (!row) throw new AppError('NOT_FOUND', { what: 'job', id })
      return parse(row)
    },
    update: (id, change) =>
      write(() => {
        const row = sql<JobRow>(
          `UPDATE job SET stage = coalesce(?, stage), state = coalesce(?, state), updated_date = ?
           WHERE id = ? RETURNING *`,
        ).get(change.stage ?? null, change.state ?? null, now(), id)
        if (!row) throw new AppError('NOT_FOUND', { what: 'job', id })
        return parse(row)
      }),
    setAll: (taskId, jobs) =>
      write(() => {
        sql('DELETE FROM job WHERE task_id = ?').run(taskId)
        const insert = sql(
          'INSERT INTO job (task_id, start_frame, stop_frame, stage, state, updated_date) VALUES (?, ?, ?, ?, ?, ?)',
        )
        for (const { startFrame, stopFrame, stage, state } of jobs)
          insert.run(taskId, startFrame, stopFrame, stage, state, now())
      }),
    touch: (taskId, frames) =>
      write(() => {
        const jobs = sql<JobRow>('SELECT * FROM job WHERE task_id = ? ORDER BY id').all(taskId)
        const touched = jobs.filter(({ start_frame: start, stop_frame: stop }) =>
          frames.some((frame) => frame >= start && frame <= stop),
        )
        const touch = sql(
          `UPDATE job SET updated_date = ?, state = CASE state WHEN 'new' THEN 'in progress' ELSE state END WHERE id = ?`,
        )
        for (const { id } of touched) touch.run(now(), id)
        return touched.some(({ state }) => state === 'new')
      }),
  }
}

/** Cut a task into new jobs; those it had go. */
export function replaceJobs(
  { sql, now }: Handle,
  task: { id: number; size: number; segmentSize: number; overlap: number },
): void {
  sql('DELETE FROM job WHERE task_id = ?').run(task.id)
  const date = now()
  for (const segment of cutSegments(task)) insertJob(sql, task.id, segment, date)
}

/** Cut a task that grew or shrank: jobs that begin where they began are the same jobs, with their stage and state. */
export function recutJobs(
  { sql, now }: Handle,
  task: { id: number; size: number; segmentSize: number; overlap: number },
): void {
  const jobs = sql<JobRow>('SELECT * FROM job WHERE task_id = ? ORDER BY id').all(task.id)
  const known = new Map(jobs.map((job) => [job.start_frame, job]))
  const date = now()
  for (const { start, stop } of cutSegments(task)) {
    const job = known.get(start)
    known.delete(start)
    if (!job) insertJob(sql, task.id, { start, stop }, date)
    else if (job.stop_frame !== stop)
      sql('UPDATE job SET stop_frame = ?, updated_date = ? WHERE id = ?').run(stop, date, job.id)
  }
  for (const { id } of known.values()) sql('DELETE FROM job WHERE id = ?').run(id)
}

function insertJob(sql: Handle['sql'], taskId: number, { start, stop }: Segment, date: string) {
  sql(
    `INSERT INTO job (task_id, start_frame, stop_frame, stage, state, updated_date) VALUES (?, ?, ?, 'annotation', 'new', ?)`,
  ).run(taskId, start, stop, date)
}

function parse(row: JobRow): Job {
  return {
    id: row.id as JobId,
    taskId: row.task_id as TaskId,
    startFrame: row.start_frame,
    stopFrame: row.stop_frame,
    stage: row.stage,
    state: row.state,
    updatedAt: row.updated_date,
  }
}
