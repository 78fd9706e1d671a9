import type { Annotation, Keyframe, Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { TrackEdit } from '#shared/operations/track-edit.ts'
import { keyframeChanges } from '#shared/tracks/keyframe-changes.ts'
import type { NewAnnotation } from '../core/ports.ts'
import {
  type AnnotationRow,
  decodePoints,
  encodePoints,
  fromJson,
  fromRow,
  toJson,
  toValues,
  VALUE_COLUMNS,
} from './annotation-row.ts'
import type { Handle } from './connection.ts'

/** Batches a reader sees; put beside `task_id = ?` with the same task. */
export const LIVE = `batch_id IN (SELECT id FROM batch WHERE task_id = ? AND state = 'live')`

const ROW = `(?, ?, ?, ?, ${VALUE_COLUMNS.map(() => '?').join(', ')})`
const INSERT = `INSERT INTO annotation (id, task_id, batch_id, revision, ${VALUE_COLUMNS.join(', ')}) VALUES ${ROW}`
/** Rows a statement where there are many: 120,000 took 1.06 s one by one, 0.82 s so; more at once gain nothing. */
const ROWS_AT_ONCE = 20
const INSERT_MANY = `${INSERT}${`, ${ROW}`.repeat(ROWS_AT_ONCE - 1)}`
const INSERT_KEYFRAME = `INSERT INTO keyframe
  (annotation_id, frame, points, rotation, occluded, outside, z_order, attributes, elements)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const UPDATE = `UPDATE annotation SET revision = ?, ${VALUE_COLUMNS.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`
const GET = `SELECT * FROM annotation WHERE id = ? AND task_id = ? AND ${LIVE}`

interface KeyframeRow {
  readonly frame: number
  readonly points: Uint8Array
  readonly rotation: number
  readonly occluded: number
  readonly outside: number
  readonly z_order: number
  readonly attributes: string
  readonly elements: string
}

export interface Stored {
  readonly annotation: Annotation
  readonly revision: number
  readonly batchId: number
}

function toKeyframe(row: KeyframeRow): Keyframe {
  return {
    frame: row.frame,
    points: decodePoints(row.points),
    rotation: row.rotation,
    occluded: row.occluded === 1,
    outside: row.outside === 1,
    zOrder: row.z_order,
    attributes: fromJson(row.attributes),
    elements: fromJson(row.elements),
  }
}

/** Rows of `annotation` and `keyframe`; what may be written is decided elsewhere. */
export function createAnnotationTable({ sql }: Handle) {
  function keyframes(id: number): Keyframe[] {
    const rows = sql<KeyframeRow>('SELECT * FROM keyframe WHERE annotation_id = ? ORDER BY frame')
    return rows.all(id).map(toKeyframe)
  }

  function insertKeyframes(id: number, annotation: Annotation | NewAnnotation): void {
    if (annotation.kind === 'track') insertEach(id, annotation.keyframes)
  }

  function insertEach(id: number, keyframes: readonly Keyframe[]): void {
    const insert = sql(INSERT_KEYFRAME)
    for (const keyframe of keyframes) {
      const { frame, rotation, occluded, outside, zOrder } = keyframe
      const points = encodePoints(keyframe.points)
      const flags = [occluded ? 1 : 0, outside ? 1 : 0]
      // A step journalled by a version that knew no skeleton tracks has no such field.
      const elements = toJson(keyframe.elements ?? [])
      const attributes = toJson(keyframe.attributes)
      insert.run(id, frame, points, rotation, ...flags, zOrder, attributes, elements)
    }
  }

  function replaceKeyframes(id: number, gone: readonly number[], come: readonly Keyframe[]): void {
    const drop = sql('DELETE FROM keyframe WHERE annotation_id = ? AND frame = ?')
    for (const frame of gone) drop.run(id, frame)
    insertEach(id, come)
  }

  return {
    parse: (row: AnnotationRow): Annotation => fromRow(row, () => keyframes(row.id)),

    /** A live annotation of the task, or null. */
    get(taskId: TaskId, id: number): Stored | null {
      const row = sql<AnnotationRow>(GET).get(id, taskId, taskId)
      if (!row) return null
      const annotation = fromRow(row, () => keyframes(id))
      return { annotation, revision: row.revision, batchId: row.batch_id }
    },

    /** Also rows no reader sees: their ids are taken as well. */
    isTaken: (id: number): boolean =>
      sql('SELECT 1 FROM annotation WHERE id = ?').get(id) !== undefined,

    insert(
      row: { id: number; taskId: TaskId; batchId: number; revision: number },
      annotation: Annotation | NewAnnotation,
    ): void {
      sql(INSERT).run(row.id, row.taskId, row.batchId, row.revision, ...toValues(annotation))
      insertKeyframes(row.id, annotation)
    },

    /** Many at once, with ids that follow `first`. */
    insertAll(
      { first, taskId, batchId }: { first: number; taskId: TaskId; batchId: number },
      annotations: readonly NewAnnotation[],
    ): void {
      const valuesOf = (annotation: NewAnnotation, at: number) =>
        [first + at, taskId, batchId, 0, ...toValues(annotation)] as const
      for (let from = 0; from < annotations.length; from += ROWS_AT_ONCE) {
        const some = annotations.slice(from, from + ROWS_AT_ONCE)
        const rows = some.map((annotation, at) => valuesOf(annotation, from + at))
        if (rows.length === ROWS_AT_ONCE) sql(INSERT_MANY).run(...rows.flat())
        else for (const row of rows) sql(INSERT).run(...row)
        for (const [at, annotation] of some.entries())
          insertKeyframes(first + from + at, annotation)
      }
    },

    /** @param before  what is stored: of a track, only keyframes that differ from it are written */
    update(id: number, revision: number, annotation: Annotation, before: Annotation): void {
      sql(UPDATE).run(revision, ...toValues(annotation), id)
      if (annotation.kind === 'track' && before.kind === 'track') {
        const { gone, come } = keyframeChanges(before.keyframes, annotation.keyframes)
        replaceKeyframes(id, gone, come)
        return
      }
      sql('DELETE FROM keyframe WHERE annotation_id = ?').run(id)
      insertKeyframes(id, annotation)
    },

    /** Of a live track: what is not a keyframe, and its keyframes on some frames. Null when there is no such track. */
    trackOn(
      taskId: TaskId,
      id: number,
      frames: readonly number[],
    ): (Stored & { readonly annotation: Track }) | null {
      const row = sql<AnnotationRow>(GET).get(id, taskId, taskId)
      if (row?.kind !== 'track') return null
      const one = sql<KeyframeRow>('SELECT * FROM keyframe WHERE annotation_id = ? AND frame = ?')
      const keyframes = frames.flatMap((frame) => one.all(id, frame).map(toKeyframe))
      const annotation = fromRow(row, () => keyframes) as Track
      return { annotation, revision: row.revision, batchId: row.batch_id }
    },

    /** Write a track's edit; every other keyframe stays. */
    edit(id: number, revision: number, { after, keyframes }: TrackEdit): void {
      sql(UPDATE).run(revision, ...toValues({ ...after, keyframes: [] }), id)
      const come = keyframes.flatMap((one) => one.after ?? [])
      replaceKeyframes(
        id,
        keyframes.map(({ frame }) => frame),
        come,
      )
    },

    firstKeyframe: (id: number): number | null =>
      sql<{ frame: number | null }>(
        'SELECT min(frame) AS frame FROM keyframe WHERE annotation_id = ?',
      ).get(id)?.frame ?? null,

    delete: (id: number): void => void sql('DELETE FROM annotation WHERE id = ?').run(id),

    isAnnotated: (taskId: TaskId, frame: number): boolean =>
      sql(`SELECT 1 FROM annotation WHERE task_id = ? AND frame = ? AND ${LIVE} LIMIT 1`).get(
        taskId,
        frame,
        taskId,
      ) !== undefined,
  }
}
export type AnnotationTable = ReturnType<typeof createAnnotationTable>
