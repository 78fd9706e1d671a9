/**
 * Masks as functions write them, as mask points of ours. Three forms: pixels of a box row by row, or run
 * lengths in it with the first run counting zeros; either is followed by the box, its corners inclusive.
 */
import { encodeMask, maskProblem } from '#shared/geometry/mask.ts'
import { maskBox, maskOfToggles, togglesIn } from '#shared/geometry/mask-spans.ts'
import { AnswerProblem } from '../transport/json-answer.ts'
import { listAt, pointsAt } from './values.ts'

const MOST_NUMBERS = 100_000_000

/**
 * Flat values and a box, dense or as runs. As many values as the box has pixels are pixels, unless only runs can be meant.
 * @returns mask points, their box tight; null when no pixel is set
 */
export function flatMask(value: unknown, where: string): number[] | null {
  const numbers = listAt(value, where, MOST_NUMBERS)
  const box = boxAt(numbers.slice(-4), where)
  const [left, top, right, bottom] = box
  const [width, height] = [right - left + 1, bottom - top + 1]
  const count = numbers.length - 4
  if (count === width * height && !areRuns(numbers, count))
    return encodeMask({ left, top, width, height, data: pixelsOf(numbers, count, where) })
  const points = [...pointsOf(numbers, count, where), ...box]
  const problem = maskProblem(points)
  if (problem !== null)
    throw new AnswerProblem(
      where,
      `its box has ${width} x ${height} pixels, and ${count} values are neither that many nor run lengths of it (${problem})`,
    )
  return tight(points)
}

/**
 * Rows of pixels, nonzero = set.
 * @param bounds  where they lie, corners inclusive; null: at the picture's origin
 */
export function matrixMask(value: unknown, bounds: unknown, where: string): number[] | null {
  const rows = listAt(value, where)
  const width = rows.length === 0 ? 0 : listAt(rows[0], `${where}, row 1`).length
  if (width === 0) return null
  const [left, top] = originOf(bounds, width, rows.length)
  const data = new Uint8Array(width * rows.length)
  for (const [y, row] of rows.entries()) {
    const cells = listAt(row, `${where}, row ${y + 1}`)
    if (cells.length !== width)
      throw new AnswerProblem(
        `${where}, row ${y + 1}`,
        `it has ${cells.length} values, the first row ${width}`,
      )
    for (let x = 0; x < width; x++)
      if (isSet(cells[x], `${where}, row ${y + 1}`)) data[y * width + x] = 1
  }
  return encodeMask({ left, top, width, height: rows.length, data })
}

function originOf(bounds: unknown, width: number, height: number): readonly [number, number] {
  if (bounds === undefined || bounds === null) return [0, 0]
  const [left, top, right, bottom] = boxAt(pointsAt(bounds, 'bounds'), 'bounds')
  if (right - left + 1 !== width || bottom - top + 1 !== height)
    throw new AnswerProblem(
      'bounds',
      `they are of ${right - left + 1} x ${bottom - top + 1} pixels, the mask of ${width} x ${height}`,
    )
  return [left, top]
}

/** A checkerboard has a run for every pixel. Runs add up to the box; pixels are 0, 1 or 255. */
function areRuns(numbers: readonly unknown[], count: number): boolean {
  let sum = 0
  let strangers = 0
  for (let at = 0; at < count; at++) {
    const value = numbers[at]
    sum += Number(value)
    if (value !== 0 && value !== 1 && value !== 255) strangers += 1
  }
  return strangers > 0 && sum === count
}

function boxAt(numbers: readonly unknown[], where: string): [number, number, number, number] {
  const [left, top, right, bottom] = numbers
  const isBox = numbers.length === 4 && numbers.every(Number.isSafeInteger)
  if (!isBox)
    throw new AnswerProblem(where, 'it does not end with the four whole numbers of its box')
  const box = [left, top, right, bottom] as [number, number, number, number]
  if (box[2] < box[0] || box[3] < box[1])
    throw new AnswerProblem(where, 'the box of the mask is inside out')
  return box
}

function pixelsOf(numbers: readonly unknown[], count: number, where: string): Uint8Array {
  const data = new Uint8Array(count)
  for (let at = 0; at < count; at++) if (isSet(numbers[at], where)) data[at] = 1
  return data
}

function isSet(value: unknown, where: string): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'boolean') return value
  throw new AnswerProblem(where, 'a pixel of the mask is no number')
}

function pointsOf(numbers: readonly unknown[], count: number, where: string): number[] {
  return numbers.slice(0, count).map((number) => {
    if (typeof number !== 'number') throw new AnswerProblem(where, 'a run of the mask is no number')
    return number
  })
}

/** Its box made as small as its pixels; null when none is set. Runs only, whatever the area. */
function tight(points: readonly number[]): number[] | null {
  const box = maskBox(points)
  return maskOfToggles(togglesIn(points, box), box)
}
