import { decimalAt } from '../common/decimal-text.ts'
import type { Refuse } from '../common/yolo-fields.ts'
import type { ParsedLine } from './variant.ts'

export type Trailing = Pick<ParsedLine, 'trackId' | 'score'>

/** Whether a field is written as the number of a track is: digits, no point. */
export function isTrackId(field: string | undefined): boolean {
  return field !== undefined && /^\d{1,9}$/.test(field)
}

/**
 * What may stand behind the coordinates of a line: the number of a track, or the score a model gave (Ultralytics'
 * predictions have it, with a decimal point), or the score and then the number.
 */
export function parseTrailing(fields: readonly string[], refuse: Refuse): Trailing {
  const last = fields.at(-1)
  if (fields.length > 2) refuse(`${fields.length} fields are left over behind the coordinates`)
  if (last === undefined) return { trackId: null, score: null }
  if (fields.length === 1 && !isTrackId(last))
    return { trackId: null, score: toScore(last, refuse) }
  if (!isTrackId(last)) refuse(`"${last}" is not the number of a track`)
  const score = fields.length === 2 ? toScore(fields[0] ?? '', refuse) : null
  return { trackId: Number(last), score }
}

function toScore(field: string, refuse: Refuse): number {
  const score = decimalAt(field, 0, field.length)
  if (score >= 0 && score <= 1) return score
  return refuse(`"${field}" is neither the number of a track nor a score between 0 and 1`)
}
