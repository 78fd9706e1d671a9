import type { Pixels } from './tone.ts'

const LEVELS = 256
/** Tiles each way, as in the paper and in OpenCV. */
const TILES = 8

/** Luma of ITU-R BT.601 in 0 … 255. */
const luma = (data: Uint8ClampedArray, at: number): number =>
  ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) >> 8

function count(counts: Uint32Array | Float32Array, level: number): void {
  counts[level] = (counts[level] ?? 0) + 1
}

/**
 * Histogram equalisation, in place: the luma's cumulative histogram becomes the map, each channel is moved by as much as
 * its luma is, so that hues stay. A picture of one value stays as it is.
 */
export function equalize({ data }: Pixels): void {
  const counts = new Uint32Array(LEVELS)
  for (let at = 0; at < data.length; at += 4) count(counts, luma(data, at))
  const table = cumulative(counts)
  for (let at = 0; at < data.length; at += 4) {
    const from = luma(data, at)
    shift(data, at, (table[from] ?? from) - from)
  }
}

/**
 * Contrast limited adaptive histogram equalisation, in place (K. Zuiderveld, Graphics Gems IV, 1994): a clipped map per
 * tile, mapped between the four nearest tiles' maps, so that no tile's edge shows.
 * @param clip  how often a value may be in a tile, in multiples of the even share; what is above is spread over all
 */
export function clahe(pixels: Pixels, clip: number): void {
  const { width, height, data } = pixels
  const [across, down] = [Math.min(TILES, width), Math.min(TILES, height)]
  const tables: Float32Array[] = []
  for (let ty = 0; ty < down; ty += 1)
    for (let tx = 0; tx < across; tx += 1)
      tables.push(tileTable(pixels, tx, ty, across, down, clip))
  const columns = neighbours(width, across)
  const rows = neighbours(height, down)
  for (let y = 0; y < height; y += 1) {
    const row = rows[y]
    if (!row) continue
    for (let x = 0; x < width; x += 1) {
      const column = columns[x]
      if (!column) continue
      const at = (y * width + x) * 4
      const from = luma(data, at)
      const value = (ty: number, tx: number) => tables[ty * across + tx]?.[from] ?? from
      const top =
        value(row.low, column.low) * (1 - column.share) + value(row.low, column.high) * column.share
      const bottom =
        value(row.high, column.low) * (1 - column.share) +
        value(row.high, column.high) * column.share
      shift(data, at, top * (1 - row.share) + bottom * row.share - from)
    }
  }
}

function shift(data: Uint8ClampedArray, at: number, by: number): void {
  data[at] = (data[at] ?? 0) + by
  data[at + 1] = (data[at + 1] ?? 0) + by
  data[at + 2] = (data[at + 2] ?? 0) + by
}

/** The map that makes the counted values even: first value that occurs to 0, last to 255. */
function cumulative(counts: Uint32Array): Float32Array {
  const total = counts.reduce((sum, one) => sum + one, 0)
  const least = counts.find((one) => one > 0) ?? 0
  const table = new Float32Array(LEVELS)
  let below = 0
  for (let level = 0; level < LEVELS; level += 1) {
    below += counts[level] ?? 0
    table[level] = total > least ? (Math.max(0, below - least) * 255) / (total - least) : level
  }
  return table
}

function tileTable(
  { width, height, data }: Pixels,
  tx: number,
  ty: number,
  across: number,
  down: number,
  clip: number,
): Float32Array {
  const [x1, x2] = [Math.floor((tx * width) / across), Math.floor(((tx + 1) * width) / across)]
  const [y1, y2] = [Math.floor((ty * height) / down), Math.floor(((ty + 1) * height) / down)]
  const counts = new Float32Array(LEVELS)
  for (let y = y1; y < y2; y += 1)
    for (let x = x1; x < x2; x += 1) count(counts, luma(data, (y * width + x) * 4))
  const total = (x2 - x1) * (y2 - y1)
  const limit = Math.max(1, (clip * total) / LEVELS)
  let cut = 0
  for (let level = 0; level < LEVELS; level += 1) {
    const above = (counts[level] ?? 0) - limit
    if (above <= 0) continue
    cut += above
    counts[level] = limit
  }
  const table = new Float32Array(LEVELS)
  let below = 0
  for (let level = 0; level < LEVELS; level += 1) {
    below += (counts[level] ?? 0) + cut / LEVELS
    table[level] = (below * 255) / total
  }
  return table
}

/** For every pixel of a side: the tiles whose middles it lies between, and how near it is to the second. */
function neighbours(length: number, tiles: number): { low: number; high: number; share: number }[] {
  return Array.from({ length }, (_, at) => {
    const place = ((at + 0.5) * tiles) / length - 0.5
    const low = Math.max(0, Math.min(tiles - 1, Math.floor(place)))
    const high = Math.min(tiles - 1, Math.max(0, Math.floor(place) + 1))
    return { low, high, share: high === low ? 0 : place - Math.floor(place) }
  })
}
