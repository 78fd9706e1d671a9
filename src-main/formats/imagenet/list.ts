/** Lines of the lists: the name of a picture, in quotes where it holds blanks, and the numbers of its labels. */
import { withoutExtension } from '../frame-matcher.ts'

/** `sub/b c.png` becomes `"sub/b c".png`: the extension stays outside, as Datumaro has it. */
export function quoteName(fileName: string): string {
  if (!/\s|^"/.test(fileName)) return fileName
  const stem = withoutExtension(fileName)
  return `"${stem}"${fileName.slice(stem.length)}`
}

export interface ListLine {
  readonly name: string
  /** As they stand there, not checked against any list. */
  readonly numbers: readonly number[]
}

/** @returns null for a line that is none */
export function parseListLine(line: string): ListLine | null {
  const quoted = /^"(.*)"(\.[^\s"]*)?((?:\s+\d{1,9})*)\s*$/.exec(line)
  if (quoted !== null) {
    const [, stem = '', extension = '', numbers = ''] = quoted
    return stem === '' ? null : { name: stem + extension, numbers: toNumbers(numbers) }
  }
  // Other tools write names with blanks as they are: the numbers at the end are the labels.
  const [, name = '', numbers = ''] = /^(.*?)((?:\s+\d{1,9})*)\s*$/.exec(line) ?? []
  const isName = name !== '' && !name.startsWith('"') && !/\s-?\d+$/.test(name)
  return isName ? { name, numbers: toNumbers(numbers) } : null
}

function toNumbers(text: string): number[] {
  return text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number)
}
