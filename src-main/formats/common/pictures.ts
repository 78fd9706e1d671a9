import type { DatasetInput } from '#main/core/ports.ts'

const PICTURE =
  /\.(?:jpe?g|jpe|jfif|png|bmp|dib|gif|tiff?|webp|p[bgpn]m|jp2|tga|avif|heic|heif|jxl|ico|exr)$/i
/** What systems leave in folders and archives. */
const CLUTTER = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i

/** Whether a name is that of a picture, by its extension. */
export function isPicture(name: string): boolean {
  return PICTURE.test(name)
}

export interface SlashedEntry {
  /** With forward slashes, whatever the archive has. */
  readonly path: string
  /** What to ask the input for. */
  readonly name: string
  readonly sizeBytes: number
}

/** The entries of an input with forward slashes, in the order of their paths, without folders and what systems leave there. */
export function slashedEntries({ entries }: DatasetInput): SlashedEntry[] {
  return entries
    .map(({ name, sizeBytes }) => ({ path: name.replaceAll('\\', '/'), name, sizeBytes }))
    .filter(({ path }) => !path.endsWith('/') && !CLUTTER.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
