import type { Box } from '../geometry/box.ts'

/**
 * Whole image pixels that cover an area, each a square of `size` (smaller only where the area is), neighbours sharing at
 * least `overlap` of it. Row by row.
 * @param area  whole image pixels
 * @param overlap  share of a tile, 0 … less than 1
 */
export function tilesOf(area: Box, { size, overlap }: { size: number; overlap: number }): Box[] {
  const rows = spans(area.top, area.bottom, size, overlap)
  const columns = spans(area.left, area.right, size, overlap)
  return rows.flatMap(([top, bottom]) =>
    columns.map(([left, right]) => ({ left, top, right, bottom })),
  )
}

/** As few as the overlap allows, at even distances: the last one ends where the area does. */
function spans(from: number, to: number, size: number, overlap: number): [number, number][] {
  const length = to - from
  if (length <= size) return [[from, to]]
  const stride = Math.max(1, Math.floor(size * (1 - overlap)))
  const steps = Math.ceil((length - size) / stride)
  return Array.from({ length: steps + 1 }, (_, i) => {
    const start = from + Math.round((i * (length - size)) / steps)
    return [start, start + size]
  })
}
