/** Longest line, in characters: a picture with a hundred context images has a few thousand. */
const LONGEST_LINE = 1 << 20

/** A line of a text file. */
export interface Line {
  /** Without its end. */
  readonly text: string
  /** From 1. */
  readonly number: number
}

/**
 * Bytes as lines of UTF-8, in memory one piece at a time. A byte order mark and CR before LF are dropped; lines are numbered as
 * an editor numbers them.
 * @param refuse  makes the error for a line that cannot be read
 */
export async function* splitLines(
  bytes: AsyncIterable<Uint8Array>,
  refuse: (line: number, problem: string) => Error,
): AsyncIterable<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let number = 1
  function* whole(text: string): Iterable<Line> {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      yield { text: line.endsWith('\r') ? line.slice(0, -1) : line, number }
      number += 1
    }
    if (rest.length > LONGEST_LINE) throw refuse(number, 'it is longer than a manifest line can be')
  }
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw refuse(number, 'it, or a line soon after it, is not UTF-8 text')
    }
  }
  for await (const chunk of bytes) yield* whole(decode(chunk))
  yield* whole(`${decode()}\n`)
}
