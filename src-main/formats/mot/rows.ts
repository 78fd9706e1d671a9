import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalList } from '../common/decimal-text.ts'

export interface MotRow {
  readonly frame: number
  /** 0 and below: a box of no track. */
  readonly track: number
  /** x1, y1, x2, y2. */
  readonly points: readonly number[]
  readonly isIgnored: boolean
  /** From 1; -1: none said. */
  readonly classId: number
  /** Share of it that is seen; null where the file does not say. */
  readonly visibility: number | null
}

const FIELDS = [
  'frame',
  'track id',
  'x',
  'y',
  'width',
  'height',
  'confidence',
  'class',
  'visibility',
]
const LONGEST_LINE = 10_000

/** The lines of a text entry; the last one may lack its end. @throws DATASET_INVALID for one without an end in sight */
async function* lines(input: DatasetInput, entry: string): AsyncGenerator<string[]> {
  let rest = ''
  for await (const piece of input.text(entry)) {
    const list = (rest + piece).split(/\r\n|\n|\r(?=[^\n])/)
    rest = list.pop() ?? ''
    if (rest.length > LONGEST_LINE) {
      const problem = 'a line is longer than any row'
      throw new AppError('DATASET_INVALID', { file: input.file, where: entry, problem })
    }
    yield list
  }
  yield [rest]
}

/**
 * The rows of a gt.txt, some thousand at a time. Of ten fields, as detections have them, the last three are a place in the
 * world and say nothing of pixels.
 * @throws DATASET_INVALID naming line and field
 */
export async function* motRows(input: DatasetInput, entry: string): AsyncGenerator<MotRow[]> {
  let number = 0
  for await (const list of lines(input, entry)) {
    const rows: MotRow[] = []
    for (const line of list) {
      number += 1
      if (line.trim() === '') continue
      const inside = entry === input.file ? '' : `${entry}, `
      const where = `${inside}line ${number}`
      rows.push(
        parseRow(line, (problem) => {
          throw new AppError('DATASET_INVALID', { file: input.file, where, problem })
        }),
      )
    }
    yield rows
  }
}

type Refuse = (problem: string) => never

function parseRow(line: string, refuse: Refuse): MotRow {
  const values = decimalList(line)
  if (![7, 9, 10].includes(values.length)) {
    refuse(`it has ${values.length} fields; 7, 9 or 10 are expected`)
  }
  const frame = whole(values, 0, refuse)
  if (frame < 0) refuse('frame must not be negative')
  const on: Refuse = (problem) => refuse(`frame ${frame}: ${problem}`)
  const track = whole(values, 1, on)
  const [x, y, width, height] = [2, 3, 4, 5].map((at) => number(values, at, on)) as [
    number,
    number,
    number,
    number,
  ]
  if (width < 0 || height < 0) on('width and height must not be negative')
  const hasVisibility = values.length === 9
  return {
    frame,
    track,
    points: [x, y, x + width, y + height],
    isIgnored: number(values, 6, on) === 0,
    classId: values.length === 7 ? -1 : whole(values, 7, on),
    visibility: hasVisibility ? number(values, 8, on) : null,
  }
}

function number(values: readonly number[], at: number, refuse: Refuse): number {
  const value = values[at]
  return isCoordinate(value) ? value : refuse(`${FIELDS[at]} is not a number`)
}

function whole(values: readonly number[], at: number, refuse: Refuse): number {
  const value = values[at] ?? Number.NaN
  return Number.isSafeInteger(value) ? value + 0 : refuse(`${FIELDS[at]} must be a whole number`)
}
