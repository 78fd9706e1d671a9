/** As exports are called (export-file-name.ts), and what a browser or a file manager makes of the second one. */
const EXPORTED = / - ([\w ]+ \d+\.\d+)(?: ?\(\d+\))?\.zip$/

/** What a file of this name most likely is; null where the name does not say, as with most archives. */
export function likelyFormat(path: string): string | null {
  if (/\.json$/i.test(path)) return 'COCO 1.0'
  if (/\.xml$/i.test(path)) return 'CVAT for images 1.1'
  return EXPORTED.exec(path)?.[1] ?? null
}
