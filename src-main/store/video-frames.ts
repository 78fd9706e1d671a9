/**
 * The frames of a video task. They are all alike but for their number, so that SQLite makes the rows itself: two hours at
 * 30 a second are 216,000 of them (bench/video-open.bench.ts).
 */
import type { TaskId } from '#shared/domain/ids.ts'
import type { VideoFacts } from '#shared/domain/video.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { NewTaskVideo, VideoFile, VideoFit } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { recutJobs } from './jobs.ts'
import { type TaskRow, taskRow } from './task-row.ts'
import { inheritIndex, videoRow } from './videos.ts'

/** 30 ms or so, for which an edit beside it waits. */
const ROWS_A_WRITE = 20_000
/** CVAT's for videos. */
const DEFAULT_OVERLAP = 5

const INSERT = `INSERT INTO frame (task_id, number, name, source, entry, entry_offset, size_bytes, mtime_ms, width, height, status)
  WITH RECURSIVE n (number) AS (SELECT ? UNION ALL SELECT number + 1 FROM n WHERE number + 1 < ?)
  SELECT task.id, n.number, printf('frame_%06d', task.start_frame + n.number * task.frame_step), 0, '',
    task.start_frame + n.number * task.frame_step, video.size_bytes, video.mtime_ms,
    json_extract(video.facts, '$.width'), json_extract(video.facts, '$.height'), 'ok'
  FROM n, task JOIN video ON video.id = task.video_id WHERE task.id = ?`

/** Anything a person would miss on frames from a number on: annotations (undone ones too), keyframes, marks, steps. */
const USED = [
  'EXISTS (SELECT 1 FROM annotation WHERE task_id = ? AND frame >= ?)',
  `EXISTS (SELECT 1 FROM annotation JOIN keyframe ON keyframe.annotation_id = annotation.id
    WHERE annotation.task_id = ? AND annotation.kind = 'track' AND keyframe.frame >= ?)`,
  'EXISTS (SELECT 1 FROM frame WHERE task_id = ? AND number >= ? AND (deleted = 1 OR checked = 1))',
  'EXISTS (SELECT 1 FROM issue WHERE task_id = ? AND frame >= ?)',
  `EXISTS (SELECT 1 FROM step, json_each(step.operations) AS one WHERE task_id = ?
    AND coalesce(one.value ->> '$.after.frame', one.value ->> '$.before.frame', one.value ->> '$.frame') >= ?)`,
]

/** See the port. As with pictures, the task says it has no frames until the last transaction says how many. */
export function setVideoFrames(handle: Handle, taskId: TaskId, video: NewTaskVideo): void {
  const { sql, write } = handle
  const { path } = video.file
  write(() => {
    const row = taskRow(handle, taskId)
    if (video.frameCount <= row.start_frame) throw nothingLeft(row, video.frameCount)
    sql('DELETE FROM media_source WHERE task_id = ?').run(taskId)
    sql(`INSERT INTO media_source VALUES (?, 0, 'video', ?)`).run(taskId, path)
    sql(
      `UPDATE task SET size = 0, media_state = 'scanning', mode = 'interpolation', video_id = ?, stop_wanted = ?, overlap = ?
       WHERE id = ?`,
    ).run(
      videoRow(handle, video.file, video.facts),
      video.stopFrame,
      video.overlap ?? Math.min(DEFAULT_OVERLAP, Math.floor(row.segment_size / 2)),
      taskId,
    )
  })
  removeFrom(handle, taskId, 0)
  const row = taskRow(handle, taskId)
  const size = wantedSize(row, video.frameCount)
  addFrames(handle, taskId, 0, size)
  write(() => finish(handle, row, size))
}

/** See the port. */
export function fitVideo(handle: Handle, taskId: TaskId, frameCount: number): VideoFit {
  const { write } = handle
  const row = taskRow(handle, taskId)
  const size = wantedSize(row, frameCount)
  if (size === row.size) return 'same'
  if (size > row.size) {
    addFrames(handle, taskId, row.size, size)
    write(() => finish(handle, taskRow(handle, taskId), size))
    return 'grown'
  }
  return write(() => {
    if (size === 0 || isUsedFrom(handle, taskId, size)) {
      markBeyond(handle, taskId, size, frameCount)
      return 'kept'
    }
    removeFrom(handle, taskId, size)
    finish(handle, row, size)
    return 'shrunk'
  })
}

/** See the port. */
export function relocateVideo(
  handle: Handle,
  taskId: TaskId,
  file: VideoFile,
  facts: VideoFacts,
): void {
  const { sql, write, now } = handle
  write(() => {
    const { video_id: before } = taskRow(handle, taskId)
    const after = videoRow(handle, file, facts)
    if (before !== null && before !== after) inheritIndex(handle, before, after)
    sql('UPDATE media_source SET path = ? WHERE task_id = ?').run(file.path, taskId)
    sql(
      `UPDATE frame SET status = 'ok', problem = NULL, width = ?, height = ? WHERE task_id = ?`,
    ).run(facts.width, facts.height, taskId)
    sql('UPDATE task SET video_id = ?, media_paths = ?, updated_date = ? WHERE id = ?').run(
      after,
      JSON.stringify([file.path]),
      now(),
      taskId,
    )
  })
}

/** How many frames start … stop by step are of a video that has `frameCount`. */
function wantedSize(row: TaskRow, frameCount: number): number {
  const last = Math.min(row.stop_wanted ?? Number.POSITIVE_INFINITY, frameCount - 1)
  return Math.max(0, Math.floor((last - row.start_frame) / row.frame_step) + 1)
}

function addFrames(handle: Handle, taskId: TaskId, from: number, to: number): void {
  for (let first = from; first < to; first += ROWS_A_WRITE) {
    const end = Math.min(first + ROWS_A_WRITE, to)
    handle.writeSlice(() => handle.sql(INSERT).run(first, end, taskId))
  }
}

function removeFrom({ sql, write }: Handle, taskId: TaskId, first: number): void {
  write(() => {
    sql('DELETE FROM frame WHERE task_id = ? AND number >= ?').run(taskId, first)
    sql('DELETE FROM prediction WHERE task_id = ? AND frame >= ?').run(taskId, first)
  })
}

function isUsedFrom({ sql }: Handle, taskId: TaskId, first: number): boolean {
  const values = USED.flatMap(() => [taskId, first])
  const found = sql<{ used: number }>(`SELECT ${USED.join(' OR ')} AS used`).get(...values)
  return found?.used === 1
}

function markBeyond({ sql }: Handle, taskId: TaskId, size: number, frameCount: number): void {
  const problem = `the video has only ${frameCount.toLocaleString('en')} frames`
  sql(`UPDATE frame SET status = 'unreadable', problem = ? WHERE task_id = ? AND number >= ?`).run(
    problem,
    taskId,
    size,
  )
}

function finish(handle: Handle, row: TaskRow, size: number): void {
  const stop = row.start_frame + Math.max(0, size - 1) * row.frame_step
  handle
    .sql(
      `UPDATE task SET size = ?, stop_frame = ?, media_state = 'ready', updated_date = ? WHERE id = ?`,
    )
    .run(size, stop, handle.now(), row.id)
  recutJobs(handle, { id: row.id, size, segmentSize: row.segment_size, overlap: row.overlap })
}

function nothingLeft({ start_frame: start }: TaskRow, frameCount: number): AppError {
  return new AppError('INPUT_INVALID', {
    where: 'start frame',
    problem: `${start} lies behind the last of ${frameCount} frames, so no frame is left`,
  })
}
