/** `images.meta`: a line `name height width` for each picture, names with blanks quoted as for a shell. */
import type { DatasetInput } from '#main/core/ports.ts'
import { streamLines } from '../common/lines.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

export const SIZES_HEAD = '# <image name> <height> <width>\n\n'

export function sizeLine(id: string, { width, height }: ImageSize): string {
  const isPlain = /^[\w@%+=:,./-]+$/.test(id)
  return `${isPlain ? id : `'${id.replaceAll("'", `'"'"'`)}'`} ${height} ${width}\n`
}

/** @throws DATASET_INVALID naming the line */
export async function readSizes(
  input: DatasetInput,
  entry: string,
): Promise<ReadonlyMap<string, ImageSize>> {
  const refuse: Refuse = refuseIn(input.file, entry)
  const sizes = new Map<string, ImageSize>()
  for await (const lines of streamLines(input, entry)) {
    for (const { number, text } of lines) {
      const line = text.trim()
      if (line === '' || line.startsWith('#')) continue
      const [, name = '', height = '', width = ''] =
        /^(.+?)\s+(\d{1,9})\s+(\d{1,9})$/.exec(line) ?? []
      if (name === '') refuse(`line ${number}`, 'it must read: name of a picture, height, width')
      sizes.set(unquoted(name), { width: Number(width), height: Number(height) })
    }
  }
  return sizes
}

/** What a shell makes of a word: quotes of both kinds, and backslashes outside of single ones. */
function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
  )
}
