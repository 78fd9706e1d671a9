/** Lines of `wider_face_…_bbx_gt.txt`: the path of a picture, the number of its boxes, and a line for each box. */
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt } from '../common/decimal-text.ts'
import { isPicture } from '../common/pictures.ts'

/** In the order of the file. Of a box that has any of them, all six are written. */
export const ATTRIBUTES = [
  'blur',
  'expression',
  'illumination',
  'occluded',
  'pose',
  'invalid',
] as const

/** A box whose line names no label is one. */
export const FACE = 'face'
/** What stands for an attribute that the box does not have. */
export const NONE = '-'

export interface BoxLine {
  /** x1, y1, x2, y2. */
  readonly points: number[]
  readonly label: string
  /** In the order of ATTRIBUTES; empty where the file gives none. */
  readonly attributes: readonly string[]
}

export type Line =
  | { readonly kind: 'picture'; readonly path: string }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'box'; readonly box: BoxLine }
  | { readonly kind: 'other' }

const BOX = 4
const ALL = BOX + ATTRIBUTES.length

export function parseLine(text: string, refuse: (problem: string) => never): Line {
  const line = text.trim()
  const fields = line.split(/\s+/)
  const numbers = fields.slice(0, BOX).map((field) => decimalAt(field, 0, field.length))
  if (fields.length >= BOX && numbers.every((n) => !Number.isNaN(n))) {
    return { kind: 'box', box: toBox(line, fields, numbers, refuse) }
  }
  if (fields.length === 1 && /^\d{1,9}$/.test(line)) return { kind: 'count', count: Number(line) }
  if (isPicture(line) || (/[\\/]/.test(line) && line.includes('.'))) {
    return { kind: 'picture', path: line.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '') }
  }
  if (!Number.isNaN(numbers[0])) refuse('it is neither a picture nor a box: x y width height …')
  return { kind: 'other' }
}

function toBox(
  line: string,
  fields: readonly string[],
  numbers: readonly number[],
  refuse: (problem: string) => never,
): BoxLine {
  const bad = numbers.find((n) => !isCoordinate(n))
  if (bad !== undefined) refuse(`${bad} is further away than any picture reaches`)
  const [x = 0, y = 0, width = 0, height = 0] = numbers
  if (width < 0 || height < 0) refuse('width and height must not be negative')
  const hasAttributes = fields.length >= ALL
  return {
    points: [x, y, x + width, y + height],
    label: afterFields(line, hasAttributes ? ALL : BOX) || FACE,
    attributes: hasAttributes ? fields.slice(BOX, ALL) : [],
  }
}

/** What stands behind so many fields, as it is: names of labels may hold blanks. */
function afterFields(line: string, count: number): string {
  const fields = /\S+\s*/g
  for (let i = 0; i < count; i++) fields.exec(line)
  return line.slice(fields.lastIndex)
}
