/** A database with one task of many shapes, written straight into the tables in one transaction: seconds, not minutes. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodePoints } from '#main/store/annotation-row.ts'
import { connect } from '#main/store/connection.ts'
import { readyTask } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import type { LabelId, TaskId } from '#shared/domain/ids.ts'

export interface FilledDatabase {
  readonly dir: string
  readonly path: string
  readonly taskId: TaskId
  readonly labelId: LabelId
}

const POINTS_A_POLYGON = 10

/** @param shapes  spread evenly over `frames` frames, polygons of ten points */
export function fillDatabase(shapes: number, frames: number): FilledDatabase {
  const dir = mkdtempSync(join(tmpdir(), 'fieldmark-bench-'))
  const path = join(dir, 'fieldmark.db')
  const store = openStore(path)
  const { id: taskId } = readyTask(store, frames)
  const labelId = store.labels.ofTask(taskId)[0]?.id as LabelId
  const { first } = store.annotations.reserveIds(shapes)
  store.close()
  insertShapes(path, { taskId, labelId, first, shapes, frames })
  return { dir, path, taskId, labelId }
}

interface Shapes {
  readonly taskId: number
  readonly labelId: number
  /** The id of the first one. */
  readonly first: number
  readonly shapes: number
  readonly frames: number
}

/** Into a task that is there already. Nothing else may have the database open. */
export function insertShapes(
  path: string,
  { taskId, labelId, first, shapes, frames }: Shapes,
): void {
  const db = connect(path)
  db.exec('BEGIN')
  const { lastInsertRowid: batchId } = db
    .prepare(`INSERT INTO batch (task_id, state, first_id, last_id) VALUES (?, 'live', ?, ?)`)
    .run(taskId, first, first + shapes - 1)
  const insert =
    db.prepare(`INSERT INTO annotation (id, task_id, batch_id, kind, frame, label_id, type, group_id, source,
    occluded, z_order, rotation, points, attributes, facts, revision)
    VALUES (?, ?, ?, 'shape', ?, ?, 'polygon', 0, 'file', 0, 0, 0, ?, '[]', 3, 0)`)
  for (let i = 0; i < shapes; i += 1) {
    const points = Array.from({ length: POINTS_A_POLYGON * 2 }, (_, k) => (i % 1900) + k * 1.37)
    const frame = Math.floor((i * frames) / shapes)
    insert.run(first + i, taskId, batchId, frame, labelId, encodePoints(points))
  }
  db.prepare('UPDATE task SET object_count = ?, annotated_frame_count = ? WHERE id = ?').run(
    shapes,
    frames,
    taskId,
  )
  db.exec('COMMIT')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}
