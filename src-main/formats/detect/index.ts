import type { DatasetInput } from '#main/core/ports.ts'
import { glanceAt } from './glance.ts'
import { signs } from './signs.ts'

/**
 * What formats an input looks like, the likeliest first.
 * @param known  whether there is a reader of that name
 */
export async function detectFormats(
  input: DatasetInput,
  known: (format: string) => boolean,
): Promise<string[]> {
  const glance = glanceAt(input)
  const looks = await Promise.all(
    signs
      .filter(([format]) => known(format))
      .map(async ([format, sign]) => ({ format, sure: await sign(glance) })),
  )
  return looks
    .filter(({ sure }) => sure > 0)
    .toSorted((a, b) => b.sure - a.sure)
    .map(({ format }) => format)
}
