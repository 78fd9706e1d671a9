import type { DatasetInput } from '#main/core/ports.ts'

/** Trimmed lines of a small list. */
export async function readLines(input: DatasetInput, entry: string): Promise<string[]> {
  const pieces: string[] = []
  for await (const piece of input.text(entry)) pieces.push(piece)
  return pieces
    .join('')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
}
