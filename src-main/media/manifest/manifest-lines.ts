import { imageHeadLines, imageLine } from './lines.ts'
import type { ImageEntry } from './manifest.ts'

/** `manifest.jsonl` of pictures, whose pixels nobody looks at: no checksums. Lines with their ends, a piece each. */
export function* manifestLines(
  pictures: Iterable<
    Pick<ImageEntry, 'name' | 'width' | 'height'> & { readonly related: readonly string[] }
  >,
): Generator<string> {
  for (const line of imageHeadLines()) yield `${line}\n`
  for (const { name, width, height, related } of pictures)
    yield `${imageLine({ name, width, height, related, checksum: null })}\n`
}
