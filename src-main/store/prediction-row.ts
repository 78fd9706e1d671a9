import type { AttributeValue, Shape, Tag } from '#shared/domain/annotation.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import type { AnnotationId, TaskId } from '#shared/domain/ids.ts'
import type { Prediction, PredictionId, Proposal } from '#shared/domain/prediction.ts'
import { type AnnotationRow, encodePoints, fromRow, toJson } from './annotation-row.ts'
import type { Value } from './connection.ts'

/** Of a prediction that nobody has decided on, was rejected, or waits with its run; above 0: an acceptance. */
export const DECISION = { open: 0, rejected: -1, staged: -2 } as const

export interface PredictionRow {
  readonly id: number
  readonly frame: number
  readonly label_id: number
  readonly kind: 'tag' | 'shape'
  readonly type: Shape['type'] | null
  readonly score: number | null
  readonly group_id: number
  readonly rotation: number
  readonly points: Uint8Array | null
  readonly attributes: string
  readonly elements: string | null
}

/** In the order of `toPredictionValues`. */
export const PREDICTION_COLUMNS =
  'frame, label_id, kind, type, score, group_id, rotation, points, attributes, elements'

/** Predictions are never occluded and lie on one layer: nothing that no function says is stored. */
export function toPredictionValues(proposal: Proposal, group: number): Value[] {
  const { frame, labelId, kind, attributes } = proposal
  const shape = kind === 'shape' ? proposal : null
  return [
    ...[frame, labelId, kind, shape?.type ?? null, shape?.score ?? null, group],
    shape?.rotation ?? 0,
    shape ? encodePoints(shape.points) : null,
    toJson(attributes satisfies AttributeValue[]),
    shape && shape.elements.length > 0 ? JSON.stringify(shape.elements) : null,
  ]
}

export function toProposal(row: PredictionRow): Proposal {
  const whole: AnnotationRow = {
    ...row,
    ...{ batch_id: 0, source: 'auto', occluded: 0, z_order: 0, revision: 0 },
  }
  const { id: _, ...proposal } = fromRow(whole, () => []) as (Tag | Shape) & { id: AnnotationId }
  return proposal
}

export function toPrediction(
  row: PredictionRow & { readonly function_id: string },
  taskId: TaskId,
): Prediction {
  return {
    id: row.id as PredictionId,
    taskId,
    functionId: row.function_id as FunctionId,
    score: row.score,
    proposal: toProposal(row),
  }
}
