/** Lines of DOTA's text files: `x1 y1 x2 y2 x3 y3 x4 y4 class difficult`. */
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt } from '../common/decimal-text.ts'

export interface DotaObject {
  /** Four corners. */
  readonly corners: readonly number[]
  readonly label: string
  /** 0: it is easy to see. */
  readonly difficult: number
}

/** `imagesource:GoogleEarth`, `gsd:0.146`: what the first lines say of the picture. */
const ABOUT = /^[\p{L}][\p{L}\p{N} _-]*:/u
const CORNERS = 8

/** @returns null for a line that is about the picture, or empty */
export function parseLine(line: string, refuse: (problem: string) => never): DotaObject | null {
  const text = line.trim()
  if (text === '' || ABOUT.test(text)) return null
  const fields = text.split(/\s+/)
  if (fields.length <= CORNERS) {
    refuse(`it has ${fields.length} fields; an object has four corners (x and y) and a class`)
  }
  const corners = fields.slice(0, CORNERS).map((field) => {
    const number = decimalAt(field, 0, field.length)
    if (Number.isNaN(number)) refuse(`"${field}" is not a number`)
    return isCoordinate(number)
      ? number
      : refuse(`${field} is further away than any picture reaches`)
  })
  const rest = fields.slice(CORNERS)
  const last = rest.length > 1 ? (rest.at(-1) ?? '') : ''
  const isGraded = /^\d{1,9}$/.test(last)
  const label = (isGraded ? rest.slice(0, -1) : rest).join(' ')
  if (/^[-+]?\d*\.\d+$/.test(label)) refuse(`"${label}" stands where the class should`)
  return { corners, label, difficult: isGraded ? Number(last) : 0 }
}
