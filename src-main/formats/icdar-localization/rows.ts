/**
 * A line of a localization file: where a word is and what it says. Rectangles are `x1 y1 x2 y2 "text"`, outlines
 * `x1,y1,x2,y2,x3,y3,x4,y4,"text"`; other tools put commas or blanks in either, and leave out the quotes.
 */
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt } from '../common/decimal-text.ts'
import { pythonFloat, round2 } from '../common/decimals.ts'

export interface LocalizationRow {
  readonly type: 'rectangle' | 'polygon'
  readonly points: readonly number[]
  /** Null: the line has none. */
  readonly text: string | null
}

const TRIANGLE = 6
const QUAD = 8

/**
 * @param text without quotes and line breaks of its own; null: none. Triangles end with their last point twice: readers want
 * four.
 */
export function rowText({ type, points, text }: LocalizationRow): string {
  const all = points.length === TRIANGLE ? [...points, ...points.slice(-2)] : points
  const separator = type === 'rectangle' ? ' ' : ','
  const numbers = all.map((x) => pythonFloat(round2(x))).join(separator)
  return `${numbers}${text === null ? '' : `${separator}"${text}"`}\n`
}

/** @param refuse says what is wrong with the line and does not come back */
export function parseRow(line: string, refuse: (problem: string) => never): LocalizationRow {
  const whole = line.trim()
  const isCommas = /^[-+.\d]+\s*,/.test(whole)
  const { numbers, ends } = leadingNumbers(whole, isCommas)
  if (numbers.length < 4) refuse('it must begin with four numbers, or eight')
  const rest = textAfter(whole, ends[numbers.length - 1] ?? 0)
  const isOutline = numbers.length >= QUAD
  const isWhole = rest === '' || isQuoted(rest)
  // Behind an outline a number is a text, unless numbers go on in pairs to the end or to a text in quotes.
  const count = !isOutline ? 4 : isWhole && numbers.length % 2 === 0 ? numbers.length : QUAD
  const said = textAfter(whole, ends[count - 1] ?? 0)
  return {
    type: isOutline ? 'polygon' : 'rectangle',
    points: isOutline ? withoutRepeat(numbers.slice(0, count)) : upright(numbers),
    text: said === '' ? null : isQuoted(said) ? said.slice(1, -1).replaceAll('\\"', '"') : said,
  }
}

/** The numbers a line begins with, and where each ends. */
function leadingNumbers(line: string, isCommas: boolean): { numbers: number[]; ends: number[] } {
  const numbers: number[] = []
  const ends: number[] = []
  const field = isCommas ? /[^,]*/y : /[^\s,]+/y
  for (let start = 0; start < line.length; ) {
    field.lastIndex = start
    const end = start + (field.exec(line)?.[0].length ?? 0)
    const number = decimalAt(line, start, end)
    if (end === start || !isCoordinate(number)) break
    numbers.push(number)
    ends.push(end)
    const gap = isCommas ? 1 : (/^[\s,]+/.exec(line.slice(end, end + 100))?.[0].length ?? 1)
    start = end + gap
  }
  return { numbers, ends }
}

/** What follows the separator at `end`. */
function textAfter(line: string, end: number): string {
  return line.slice(end).replace(/^\s*,?\s*/, '')
}

function isQuoted(text: string): boolean {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
}

function upright([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]): number[] {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}

function withoutRepeat(points: readonly number[]): readonly number[] {
  const isTriangle = points.length === QUAD && points[4] === points[6] && points[5] === points[7]
  return isTriangle ? points.slice(0, TRIANGLE) : points
}
