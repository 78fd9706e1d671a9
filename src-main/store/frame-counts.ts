import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { FACT } from './annotation-row.ts'
import { LIVE } from './annotation-table.ts'
import type { Handle } from './connection.ts'

/** Hot ones have a test of their query plan (query-plans.test.ts). */
export const COUNTS = {
  /** Everything but tracks, from the index alone. */
  own: `SELECT frame, count(*) AS count FROM annotation WHERE task_id = ? AND frame >= ? AND frame < ? AND ${LIVE}
    AND facts & ${FACT.kinds} <> ${FACT.track} GROUP BY frame`,
  keyframes: `SELECT annotation.id, keyframe.frame, keyframe.outside FROM annotation
    JOIN keyframe ON keyframe.annotation_id = annotation.id
    WHERE task_id = ? AND annotation.frame < ? AND kind = 'track' AND ${LIVE}
    ORDER BY annotation.frame, annotation.id, keyframe.frame`,
} as const

interface KeyframeRow {
  readonly id: number
  readonly frame: number
  readonly outside: number
}

/**
 * How many annotations are seen on each of `count` frames from `from`: tags and shapes of the frame, and tracks that are
 * not outside there; of `shapes`, tracks are left out.
 */
export function countAnnotations(
  { sql }: Handle,
  taskId: TaskId,
  wanted: { from: FrameIndex; count: number; of?: 'all' | 'shapes' | undefined },
): number[] {
  const { from, count, of = 'all' } = wanted
  const end = from + count
  const counts = new Array<number>(count).fill(0)
  const rows = sql<{ frame: number; count: number }>(COUNTS.own).all(taskId, from, end, taskId)
  for (const row of rows) counts[row.frame - from] = row.count
  if (of === 'shapes') return counts
  const keyframes = sql<KeyframeRow>(COUNTS.keyframes).all(taskId, end, taskId)
  for (const [at, row] of keyframes.entries()) {
    if (row.outside === 1) continue
    const next = keyframes[at + 1]
    const stop = next?.id === row.id ? Math.min(next.frame, end) : end
    for (let frame = Math.max(row.frame, from); frame < stop; frame += 1)
      counts[frame - from] = (counts[frame - from] ?? 0) + 1
  }
  return counts
}
