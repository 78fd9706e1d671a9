import type { FrameIndex } from '#shared/domain/ids.ts'

export interface FrameChoice {
  readonly frame: FrameIndex
  readonly name: string
}

interface Named {
  readonly index: FrameIndex
  readonly name: string
}

/**
 * What a person may mean by what they typed: first the frame of that number (the last one of the job for a larger one),
 * then those whose name holds it, the ones that begin with it before the others.
 * @param numbered  the frame of that number, once it is known
 * @param found  frames whose name holds the text; those that hold it no longer (typing is faster) are left out
 */
export function frameChoices(
  text: string,
  range: { readonly start: FrameIndex; readonly stop: FrameIndex },
  numbered: Named | undefined,
  found: readonly Named[],
): FrameChoice[] {
  if (text === '') return []
  const lower = text.toLowerCase()
  const number = /^\d+$/.test(text)
    ? Math.max(range.start, Math.min(range.stop, Number(text)))
    : null
  const first =
    number === null
      ? []
      : [{ frame: number, name: numbered?.index === number ? numbered.name : '' }]
  const inRange = found.filter(
    ({ index, name }) =>
      index >= range.start &&
      index <= range.stop &&
      index !== number &&
      name.toLowerCase().includes(lower),
  )
  const begins = ({ name }: Named) =>
    name
      .slice(name.lastIndexOf('/') + 1)
      .toLowerCase()
      .startsWith(lower)
      ? 0
      : 1
  const ordered = inRange.toSorted((a, b) => begins(a) - begins(b))
  return [...first, ...ordered.map(({ index, name }) => ({ frame: index, name }))]
}
