import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { NewTask, TaskRepository } from '../core/ports.ts'
import { AnnotatedFrames } from './annotated-frames.ts'
import type { Handle } from './connection.ts'
import { mediaSources } from './frame-row.ts'
import { replaceLabels } from './labels.ts'
import { type TaskRow, taskRow } from './task-row.ts'
import { taskVideo } from './video-row.ts'

interface ListedRow extends TaskRow {
  readonly problem_count: number
  readonly deleted_frame_count: number
  readonly checked_frame_count: number
  readonly job_count: number
  readonly completed_job_count: number
  readonly video: string | null
}

/**
 * Every count is a column or an index range: a list of a thousand tasks reads no annotation. Only what tracks add to the
 * frames annotated is looked up, once for each revision of a task.
 */
export const TASKS = `SELECT task.*,
  (SELECT count(*) FROM frame INDEXED BY frame_problem WHERE task_id = task.id AND problem IS NOT NULL) AS problem_count,
  (SELECT count(*) FROM frame INDEXED BY frame_deleted WHERE task_id = task.id AND deleted = 1) AS deleted_frame_count,
  (SELECT count(*) FROM frame INDEXED BY frame_checked WHERE task_id = task.id AND checked = 1) AS checked_frame_count,
  (SELECT count(*) FROM job WHERE task_id = task.id) AS job_count,
  (SELECT count(*) FROM job WHERE task_id = task.id AND state = 'completed') AS completed_job_count,
  (SELECT json_object('facts', json(facts), 'verified', verified, 'problems', json(problems)) FROM video
    WHERE video.id = task.video_id) AS video
  FROM task WHERE deleted = 0`

export function createTasks(handle: Handle, onGarbage: () => void): TaskRepository {
  const { sql, write, now } = handle
  const frames = new AnnotatedFrames(handle)
  const parse = (row: ListedRow): Task => toTask(row, frames.count(row))
  const get = (id: TaskId): Task => {
    const row = sql<ListedRow>(`${TASKS} AND id = ?`).get(id)
    if (!row) throw new AppError('NOT_FOUND', { what: 'task', id })
    return parse(row)
  }
  return {
    get,
    list: ({ projectId } = {}) =>
      (projectId === undefined
        ? sql<ListedRow>(`${TASKS} ORDER BY id`).all()
        : sql<ListedRow>(`${TASKS} AND project_id = ? ORDER BY id`).all(projectId)
      ).map(parse),
    create: (input) =>
      write(() => {
        const id = insertTask(handle, input)
        if (input.projectId === null) replaceLabels(handle, { taskId: id }, input.labels)
        return get(id)
      }),
    update: (id, change) =>
      write(() => {
        const row = taskRow(handle, id)
        const projectId = change.projectId === undefined ? row.project_id : change.projectId
        if (projectId !== row.project_id) refuseMoveOfAnnotated(handle, row)
        sql(
          'UPDATE task SET name = ?, subset = ?, bug_tracker = ?, project_id = ?, updated_date = ? WHERE id = ?',
        ).run(
          change.name ?? row.name,
          change.subset ?? row.subset,
          change.bugTracker ?? row.bug_tracker,
          projectId,
          now(),
          id,
        )
        return get(id)
      }),
    delete(id) {
      write(() => {
        taskRow(handle, id)
        sql('UPDATE task SET deleted = 1 WHERE id = ?').run(id)
      })
      onGarbage()
    },
    setMediaState(id, state) {
      write(() => {
        taskRow(handle, id)
        sql('UPDATE task SET media_state = ?, updated_date = ? WHERE id = ?').run(state, now(), id)
      })
    },
    sources: (id) => mediaSources(handle, id).map(({ kind, path }) => ({ kind, path })),
  }
}

/** The row alone, without labels. */
export function insertTask({ sql, now }: Handle, input: NewTask): TaskId {
  const date = now()
  const { lastInsertRowid } = sql(
    `INSERT INTO task (project_id, name, mode, dimension, size, subset, bug_tracker, segment_size, overlap, start_frame,
       stop_frame, frame_step, sorting_method, media_state, media_paths, created_date, updated_date)
     VALUES (?, ?, 'annotation', '2d', 0, ?, ?, ?, ?, ?, ?, ?, ?, 'scanning', ?, ?, ?)`,
  ).run(
    input.projectId,
    input.name,
    input.subset,
    input.bugTracker,
    input.segmentSize,
    input.overlap,
    input.startFrame,
    input.stopFrame ?? input.startFrame,
    input.frameStep,
    input.sortingMethod,
    JSON.stringify(input.mediaPaths),
    date,
    date,
  )
  return Number(lastInsertRowid) as TaskId
}

/** Annotations and their history name labels by id, and the other owner's labels have other ids. */
function refuseMoveOfAnnotated({ sql }: Handle, row: TaskRow): void {
  const step = sql('SELECT 1 FROM step WHERE task_id = ? LIMIT 1').get(row.id)
  if (row.object_count === 0 && step === undefined) return
  throw new AppError('INPUT_INVALID', {
    where: `project of task ${row.id}`,
    problem: 'a task can change its project only before it is annotated, since its labels change',
  })
}

function toTask(row: ListedRow, annotatedFrameCount: number): Task {
  return {
    id: row.id as TaskId,
    projectId: row.project_id as ProjectId | null,
    name: row.name,
    mode: row.mode,
    dimension: row.dimension,
    size: row.size,
    subset: row.subset,
    bugTracker: row.bug_tracker,
    segmentSize: row.segment_size,
    overlap: row.overlap,
    startFrame: row.start_frame,
    stopFrame: row.stop_frame,
    frameStep: row.frame_step,
    sortingMethod: row.sorting_method,
    mediaState: row.media_state,
    mediaPaths: JSON.parse(row.media_paths) as string[],
    problemCount: row.problem_count,
    objectCount: row.object_count,
    annotatedFrameCount,
    deletedFrameCount: row.deleted_frame_count,
    checkedFrameCount: row.checked_frame_count,
    completedJobCount: row.completed_job_count,
    jobCount: row.job_count,
    video: row.video === null ? null : taskVideo(row.video),
    revision: row.revision,
    createdAt: row.created_date,
    updatedAt: row.updated_date,
  }
}
