/** A joint in pixels of the net's input; `score` is the height of its peak. */
export interface Peak {
  readonly x: number
  readonly y: number
  readonly score: number
}

/** Where a map is highest, and how high. */
function highest(
  data: ArrayLike<number>,
  start: number,
  count: number,
): [at: number, value: number] {
  let best = 0
  let value = Number.NEGATIVE_INFINITY
  for (let i = 0; i < count; i += 1) {
    const here = data[start + i] ?? Number.NaN
    if (!(here > value)) continue
    value = here
    best = i
  }
  return [best, value]
}

/**
 * Peaks of heat maps [K, height, width], moved by a quarter cell towards the higher neighbour (HRNet's decoding).
 * @param scale  input pixels a cell
 */
export function peaksOfMaps(
  data: ArrayLike<number>,
  { count, width, height }: { count: number; width: number; height: number },
  scale: readonly [x: number, y: number],
): Peak[] {
  const area = width * height
  return Array.from({ length: count }, (_, k) => {
    const start = k * area
    const [at, score] = highest(data, start, area)
    const [column, row] = [at % width, Math.floor(at / width)]
    const value = (x: number, y: number) => data[start + y * width + x] ?? 0
    // As the authors have it: not next to the upper and left edge either.
    const isInside = column > 1 && row > 1 && column < width - 1 && row < height - 1
    const dx = isInside ? Math.sign(value(column + 1, row) - value(column - 1, row)) / 4 : 0
    const dy = isInside ? Math.sign(value(column, row + 1) - value(column, row - 1)) / 4 : 0
    return { x: (column + dx) * scale[0], y: (row + dy) * scale[1], score }
  })
}

/**
 * Peaks of SimCC: one row of bins an axis and joint, [K, bins]. The score is the lower of both peaks.
 * @param scale  input pixels a bin
 * @see Li et al. 2022, arXiv:2107.03332
 */
export function peaksOfAxes(
  columns: ArrayLike<number>,
  rows: ArrayLike<number>,
  { count, width, height }: { count: number; width: number; height: number },
  scale: readonly [x: number, y: number],
): Peak[] {
  return Array.from({ length: count }, (_, k) => {
    const [x, across] = highest(columns, k * width, width)
    const [y, down] = highest(rows, k * height, height)
    return { x: x * scale[0], y: y * scale[1], score: Math.min(across, down) }
  })
}
