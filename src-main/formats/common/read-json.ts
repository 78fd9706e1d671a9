import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** One picture's file, with the picture packed into it as text: no honest one is larger. */
const LARGEST = 2 ** 28

/**
 * A small JSON file as a whole: of formats that have one for each picture.
 * @throws DATASET_INVALID for text that is no strict JSON, naming line and character
 */
export async function readJson(input: DatasetInput, entry: string): Promise<unknown> {
  const pieces: string[] = []
  let length = 0
  for await (const piece of input.text(entry)) {
    pieces.push(piece)
    length += piece.length
    if (length > LARGEST) throw invalid(input.file, entry, '', 'it is larger than any picture is')
  }
  const text = pieces.join('')
  try {
    return JSON.parse(text)
  } catch (cause) {
    const at = placeOf(cause, text)
    throw invalid(input.file, entry, at, 'it is not valid JSON here', cause)
  }
}

function invalid(file: string, entry: string, at: string, problem: string, cause?: unknown) {
  const inside = entry === file ? '' : entry
  const where = [inside, at].filter((part) => part !== '').join(', ') || 'the file'
  return new AppError('DATASET_INVALID', { file, where, problem }, { cause })
}

/** V8 says `… at position 17 …`, or nothing where the text ended too early. */
function placeOf(cause: unknown, text: string): string {
  const said = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')
  const before = text.slice(0, said ? Number(said[1]) : text.length).split('\n')
  return `line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`
}
