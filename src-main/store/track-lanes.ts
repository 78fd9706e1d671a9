import type { TrackLane } from '#shared/contract/annotations.ts'
import type { AttributeValue, ShapeType, Source } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, LabelId, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationRepository } from '../core/ports.ts'
import { fromJson } from './annotation-row.ts'
import { LIVE } from './annotation-table.ts'
import type { Handle } from './connection.ts'

/** Hot ones have a test of their query plan (query-plans.test.ts). A keyframe is one number: no outline is handed on. */
export const LANES = {
  page: `SELECT id, frame, label_id, group_id, source, type, attributes,
      (SELECT json_group_array(keyframe.frame * 4 + occluded * 2 + outside ORDER BY keyframe.frame)
        FROM keyframe WHERE annotation_id = annotation.id) AS keyframes,
      (SELECT json_group_array(DISTINCT json(value.value)) FROM keyframe, json_each(keyframe.attributes) AS value
        WHERE annotation_id = annotation.id AND keyframe.attributes <> '[]') AS said
    FROM annotation
    WHERE task_id = ? AND kind = 'track' AND (frame, id) > (?, ?) AND ${LIVE}
    ORDER BY frame, id LIMIT ?`,
} as const

interface LaneRow {
  readonly id: AnnotationId
  readonly frame: FrameIndex
  readonly label_id: LabelId
  readonly group_id: number
  readonly source: Source
  readonly type: ShapeType
  readonly attributes: string
  readonly keyframes: string
  readonly said: string
}

/** Tracks as a timeline needs them, a page: in order of first frame, then id. */
export function readLanes(
  { sql }: Handle,
  ...[taskId, { frame, id }, limit]: Parameters<AnnotationRepository['lanes']>
): ReturnType<AnnotationRepository['lanes']> {
  const rows = sql<LaneRow>(LANES.page).all(taskId, frame, id, taskId satisfies TaskId, limit)
  const last = rows.at(-1)
  const next = last && rows.length === limit ? { frame: last.frame, id: last.id } : null
  return { tracks: rows.map(laneOf), next }
}

function laneOf(row: LaneRow): TrackLane {
  const said = JSON.parse(row.said) as AttributeValue[]
  return {
    id: row.id,
    labelId: row.label_id,
    group: row.group_id,
    source: row.source,
    type: row.type,
    attributes: [...fromJson<AttributeValue[]>(row.attributes), ...said],
    keyframes: JSON.parse(row.keyframes) as number[],
  }
}
