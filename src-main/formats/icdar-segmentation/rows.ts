/** A line of `_GT.txt`: `R G B cx cy x1 y1 x2 y2 "text"`, an object by its colour in the picture beside it. */
import { pythonFloat } from '../common/decimals.ts'
import { rgbText } from '../common/label-colors.ts'

export interface CharacterRow {
  /** 0xrrggbb */
  readonly color: number
  /** `x y` as it stands in the file; null: none. */
  readonly center: string | null
  readonly text: string
}

/** Text that is one blank marks what nobody needs to read. */
const NOTHING = ' '

/** @param box  left, top, right, bottom; the last two are edges */
export function rowText({ color, center, text }: CharacterRow, box: readonly number[]): string {
  const mark = text === NOTHING ? '#' : ''
  const sides = box.map(pythonFloat).join(' ')
  return `${mark}${rgbText(color, ' ')} ${center ?? '- -'} ${sides} "${text}"\n`
}

const FIELDS =
  /^#?\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})\s+(\S+)\s+(\S+)((?:\s+\S+){4})(?:\s+(\S.*))?$/
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/

/** @param refuse says what is wrong with the line and does not come back */
export function parseRow(line: string, refuse: (problem: string) => never): CharacterRow {
  const found = FIELDS.exec(line.trim())
  if (found === null) {
    return refuse('it must read: red green blue, centre, left top right bottom, text in quotes')
  }
  const [, red = '', green = '', blue = '', x = '', y = '', box = '', rest = ''] = found
  const [r, g, b] = [red, green, blue].map(Number) as [number, number, number]
  if (Math.max(r, g, b) > 255) refuse(`${red} ${green} ${blue} is not a colour`)
  const isNumber = (text: string) => text === '-' || NUMBER.test(text)
  const bad = [x, y, ...box.trim().split(/\s+/)].find((text) => !isNumber(text))
  if (bad !== undefined) refuse(`"${bad}" is not a number`)
  const isQuoted = rest.length > 1 && rest.startsWith('"') && rest.endsWith('"')
  return {
    color: (r << 16) | (g << 8) | b,
    center: x === '-' || y === '-' ? null : `${x} ${y}`,
    text: isQuoted ? rest.slice(1, -1) : rest,
  }
}

/** A colour as the attribute `color` says it; null for what is none. */
export function colorOf(text: string): number | null {
  const found = /^\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})\s*$/.exec(text)
  const [r = 256, g = 256, b = 256] = (found ?? []).slice(1).map(Number)
  return Math.max(r, g, b) > 255 ? null : (r << 16) | (g << 8) | b
}

/** A centre as the attribute `center` says it; null for what is none. */
export function centerOf(text: string): string | null {
  const fields = text.trim().split(/\s+/)
  return fields.length === 2 && fields.every((field) => NUMBER.test(field))
    ? fields.join(' ')
    : null
}
