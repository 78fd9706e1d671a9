import type { TaskId } from '#shared/domain/ids.ts'
import type { FrameRepository, MediaSource, ScannedFrame } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { mediaSources } from './frame-row.ts'
import { replaceJobs } from './jobs.ts'
import { replaceRelated } from './related-images.ts'
import { taskRow } from './task-row.ts'

const ROWS_A_WRITE = 2000

const CLEAR = [
  `DELETE FROM related_image WHERE (task_id, frame, position) IN
    (SELECT task_id, frame, position FROM related_image WHERE task_id = ? LIMIT ${ROWS_A_WRITE})`,
  `DELETE FROM frame WHERE (task_id, number) IN
    (SELECT task_id, number FROM frame WHERE task_id = ? LIMIT ${ROWS_A_WRITE})`,
]

interface FrameList {
  readonly taskId: TaskId
  readonly sources: readonly MediaSource[]
  readonly frames: Iterable<ScannedFrame>
  readonly total: number
}

/** See the port. The task says it has no frames until the last transaction says how many. */
export function setAllFrames(handle: Handle, list: FrameList): void {
  const { taskId } = list
  const { sql, write, writeSlice } = handle
  write(() => {
    const { id } = taskRow(handle, taskId)
    sql(`UPDATE task SET size = 0, media_state = 'scanning' WHERE id = ?`).run(id)
    sql('DELETE FROM media_source WHERE task_id = ?').run(id)
    insertSources(handle, taskId, list.sources, 0)
  })
  for (const clear of CLEAR) while (writeSlice(() => sql(clear).run(taskId).changes) > 0);
  let number = 0
  for (const frames of chunks(list.frames)) {
    writeSlice(() => {
      for (const frame of frames) insertFrame(handle, taskId, number++, frame)
    })
  }
  write(() => finish(handle, taskId, number))
}

function insertFrame(handle: Handle, taskId: TaskId, number: number, frame: ScannedFrame): void {
  const { sql } = handle
  const { name, sourceIndex, entry, offset, sizeBytes, mtimeMs, size = null } = frame
  sql(
    `INSERT INTO frame (task_id, number, name, source, entry, entry_offset, size_bytes, mtime_ms, width, height)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    ...[taskId, number, name, sourceIndex, entry, offset, sizeBytes, mtimeMs],
    ...[size?.width ?? null, size?.height ?? null],
  )
  if (frame.related) replaceRelated(handle, taskId, number, sourceIndex, frame.related)
}

function finish(handle: Handle, taskId: TaskId, size: number): void {
  const row = taskRow(handle, taskId)
  const stop = row.start_frame + Math.max(0, size - 1) * row.frame_step
  handle
    .sql(
      `UPDATE task SET size = ?, stop_frame = ?, media_state = 'ready', updated_date = ? WHERE id = ?`,
    )
    .run(size, stop, handle.now(), taskId)
  replaceJobs(handle, { id: taskId, size, segmentSize: row.segment_size, overlap: row.overlap })
}

function insertSources(
  { sql }: Handle,
  taskId: TaskId,
  sources: readonly MediaSource[],
  first: number,
): void {
  for (const [index, { kind, path }] of sources.entries()) {
    sql('INSERT INTO media_source VALUES (?, ?, ?, ?)').run(taskId, first + index, kind, path)
  }
}

function* chunks(frames: Iterable<ScannedFrame>): Iterable<ScannedFrame[]> {
  let chunk: ScannedFrame[] = []
  for (const frame of frames) {
    chunk.push(frame)
    if (chunk.length < ROWS_A_WRITE) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

/** Old sources stay as long as a frame is still found there; the task is then "of" the paths that remain. */
export function relocateFrames(
  handle: Handle,
  taskId: TaskId,
  sources: readonly MediaSource[],
  moves: Parameters<FrameRepository['relocate']>[2],
): void {
  const { sql, write, now } = handle
  write(() => {
    taskRow(handle, taskId)
    const first = (mediaSources(handle, taskId).at(-1)?.position ?? -1) + 1
    insertSources(handle, taskId, sources, first)
    for (const { index, sourceIndex, entry, offset, related = [] } of moves) {
      replaceRelated(handle, taskId, index, first + sourceIndex, related)
      sql(
        `UPDATE frame SET source = ?, entry = ?, entry_offset = ?, status = 'pending', problem = NULL
         WHERE task_id = ? AND number = ?`,
      ).run(first + sourceIndex, entry, offset, taskId, index)
    }
    sql(
      `DELETE FROM media_source WHERE task_id = ? AND position NOT IN (SELECT source FROM frame WHERE task_id = ?)
       AND position NOT IN (SELECT source FROM related_image WHERE task_id = ?)`,
    ).run(taskId, taskId, taskId)
    const paths = mediaSources(handle, taskId).map(({ path }) => path)
    sql('UPDATE task SET media_paths = ?, updated_date = ? WHERE id = ?').run(
      JSON.stringify(paths),
      now(),
      taskId,
    )
  })
}
