/** Endings by which a file is taken for a picture while listing and picking; what is in it, its first bytes say. Lower case. */
const EXTENSIONS: ReadonlySet<string> = new Set(
  'jpg jpeg jpe jfif png webp gif tif tiff bmp dib avif'.split(' '),
)
const LONGEST_EXTENSION = 4

/** True for a file name whose extension is a picture's, in any case. Called once a file of a walk, so it stays cheap. */
export function isPictureName(name: string): boolean {
  const dot = name.lastIndexOf('.')
  if (dot < 1 || name.length - dot - 1 > LONGEST_EXTENSION) return false
  return EXTENSIONS.has(name.slice(dot + 1).toLowerCase())
}
