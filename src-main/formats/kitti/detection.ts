/** Lines of `label_2`: `name truncated occluded alpha x1 y1 x2 y2`, seven numbers of three dimensions, and perhaps a score. */
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt } from '../common/decimal-text.ts'
import { pythonFloat, round2 } from '../common/decimals.ts'

export interface Detection {
  /** May hold blanks here; for other readers the line is broken then. */
  readonly name: string
  readonly truncated: boolean
  readonly occluded: boolean
  /** x1, y1, x2, y2 */
  readonly points: readonly number[]
  /** Null: the line has none. */
  readonly score: number | null
}

/** Numbers behind the name: with a score, and without one. */
const [WITH_SCORE, WITHOUT_SCORE] = [15, 14]
const UNKNOWN_3D = Array.from({ length: 7 }, () => -1).join(' ')

export function detectionLine({ name, truncated, occluded, points, score }: Detection): string {
  const flags = `${truncated ? '1.0' : '0.0'} ${occluded ? 1 : 0} -1`
  const box = points.map((x) => pythonFloat(round2(x))).join(' ')
  return `${name} ${flags} ${box} ${UNKNOWN_3D} ${pythonFloat(score ?? 1)}\n`
}

/** @param refuse says what is wrong with the line and does not come back */
export function parseDetection(line: string, refuse: (problem: string) => never): Detection {
  const fields = [...line.matchAll(/\S+/g)]
  const numbers = fields.map(([text]) => decimalAt(text, 0, text.length))
  // Counted from the end: names may hold blanks.
  const isNumber = (back: number) => isCoordinate(numbers[numbers.length - back])
  let count = 0
  while (count < WITH_SCORE && isNumber(count + 1)) count += 1
  if (count === WITH_SCORE && fields.length === WITH_SCORE) count = WITHOUT_SCORE
  if (count < WITHOUT_SCORE || fields.length === count) {
    refuse(
      `it has ${fields.length} fields, of which the last ${count} are numbers; a box has a name and 14 or 15 numbers`,
    )
  }
  const [truncated, occluded, , x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers.slice(-count)
  return {
    name: line.slice(0, fields[fields.length - count]?.index).trim(),
    truncated: truncated !== 0,
    occluded: occluded !== 0,
    points: [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)],
    score: count === WITH_SCORE ? (numbers.at(-1) ?? null) : null,
  }
}
