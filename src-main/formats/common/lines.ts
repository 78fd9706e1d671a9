import type { DatasetInput } from '#main/core/ports.ts'
import { refuseIn } from './refuse.ts'

/**
 * Trimmed lines of a small list.
 * @throws DATASET_INVALID for a line longer than any is, or a text larger than any list
 */
export async function readLines(input: DatasetInput, entry: string): Promise<string[]> {
  const refuse = refuseIn(input.file, entry)
  const pieces: string[] = []
  let length = 0
  for await (const piece of input.text(entry)) {
    pieces.push(piece)
    length += piece.length
    if (length > LONGEST_LIST) refuse('the file', 'it is larger than any list of this format')
  }
  const lines = pieces.join('').split(/\r\n|\r|\n/)
  const long = lines.findIndex((line) => line.length > LONGEST_LINE)
  if (long >= 0) refuse(`line ${long + 1}`, TOO_LONG)
  return lines.map((line) => line.trim())
}

export interface TextLine {
  /** From 1. */
  readonly number: number
  readonly text: string
}

const LONGEST_LINE = 1_000_000
const TOO_LONG = 'it is longer than any line of this format'
/** A million paths, or the outlines of one picture. */
const LONGEST_LIST = 2 ** 26

/**
 * The lines of a text of any size, some thousand at a time, without their ends (CR LF, LF or CR) and not trimmed.
 * @throws DATASET_INVALID for a line without an end in sight
 */
export async function* streamLines(input: DatasetInput, entry: string): AsyncGenerator<TextLine[]> {
  let number = 0
  let rest = ''
  const counted = (list: readonly string[]) => list.map((text) => ({ number: ++number, text }))
  for await (const piece of input.text(entry)) {
    // A CR at the end of a piece may be half of a CR LF: it waits for what follows.
    const list = (rest + piece).replace(/^\uFEFF/, '').split(/\r\n|\n|\r(?=[^\n])/)
    rest = list.pop() ?? ''
    if (rest.length > LONGEST_LINE) {
      refuseIn(input.file, entry)(`line ${number + 1}`, TOO_LONG)
    }
    if (list.length > 0) yield counted(list)
  }
  yield counted([rest.replace(/\r$/, '')])
}
