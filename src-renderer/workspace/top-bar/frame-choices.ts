import type { FrameIndex } from '#shared/domain/ids.ts'

export interface FrameChoice {
  readonly frame: FrameIndex
  readonly name: string
}

interface Named {
  readonly index: FrameIndex
  readonly name: string
}

export interface Range {
  readonly start: FrameIndex
  readonly stop: FrameIndex
}

/** The frame of the number typed, the outermost one of the job for a number beyond it; null for what is no number. */
export function numberMeant(text: string, range: Range): FrameIndex | null {
  if (!/^\d+$/.test(text)) return null
  return Math.max(range.start, Math.min(range.stop, Number(text)))
}

/**
 * What a person may mean by what they typed: first the frame of that number, then those whose name holds it, the ones
 * that begin with it before the others. `007` is a piece of a name before it is a number.
 * @param numbered  the frame of that number, once it is known
 * @param found  frames whose name holds the text; those that hold it no longer (typing is faster) are left out
 */
export function frameChoices(
  text: string,
  range: Range,
  numbered: Named | undefined,
  found: readonly Named[],
): FrameChoice[] {
  if (text === '') return []
  const lower = text.toLowerCase()
  const inRange = found.filter(
    ({ index, name }) =>
      index >= range.start && index <= range.stop && name.toLowerCase().includes(lower),
  )
  const begins = ({ name }: Named) =>
    name
      .slice(name.lastIndexOf('/') + 1)
      .toLowerCase()
      .startsWith(lower)
      ? 0
      : 1
  const named = inRange
    .toSorted((a, b) => begins(a) - begins(b))
    .map(({ index, name }) => ({ frame: index, name }))
  const number = numberMeant(text, range)
  if (number === null) return named
  const name = numbered?.index === number ? numbered.name : ''
  const choice = named.find(({ frame }) => frame === number) ?? { frame: number, name }
  const others = named.filter(({ frame }) => frame !== number)
  const isNumber = text === String(Number(text))
  return isNumber || others.length === 0 ? [choice, ...others] : [...others, choice]
}
