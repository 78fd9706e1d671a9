import type { DatasetInput } from '#main/core/ports.ts'
import { asBackupError, refuseBackup } from './refuse.ts'

/** A long track is one line; no honest one is as long as this. */
const LONGEST_LINE = 2 ** 26

/**
 * The values of a text with one JSON value a line, empty lines passed over, one line in memory at a time.
 * @throws BACKUP_INVALID naming the line
 */
export async function* jsonLines(
  input: DatasetInput,
  entry: string,
): AsyncGenerator<{ number: number; value: unknown }> {
  const refuse = refuseBackup(input.file, entry)
  const parse = (text: string, line: number): unknown => {
    try {
      return JSON.parse(text)
    } catch (cause) {
      return refuse(`line ${line}`, 'it is not valid JSON', cause)
    }
  }
  let number = 0
  let parts: string[] = []
  let length = 0
  try {
    for await (const piece of input.text(entry)) {
      let from = 0
      for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
        const text = [...parts, piece.slice(from, end)].join('')
        from = end + 1
        parts = []
        length = 0
        number += 1
        if (text.trim() !== '') yield { number, value: parse(text, number) }
      }
      parts.push(piece.slice(from))
      length += piece.length - from
      if (length > LONGEST_LINE)
        refuse(`line ${number + 1}`, 'it is longer than any line of a backup')
    }
  } catch (error) {
    throw asBackupError(error, input.file)
  }
  const rest = parts.join('')
  if (rest.trim() !== '') yield { number: number + 1, value: parse(rest, number + 1) }
}
