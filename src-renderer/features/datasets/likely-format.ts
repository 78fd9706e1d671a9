/** What a bare file of this name most likely is; null where the name does not say, as with archives. */
export function likelyFormat(path: string): string | null {
  if (/\.json$/i.test(path)) return 'COCO 1.0'
  if (/\.xml$/i.test(path)) return 'CVAT for images 1.1'
  return null
}
