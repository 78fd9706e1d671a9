import type { Refuse } from './file.ts'

/** Filter types: none, left, up, mean of both, Paeth. */
const [NONE, LEFT, UP, MEAN] = [0, 1, 2, 3]

/**
 * Undo PNG's filters in place, row after row. Each row begins with the number of its filter.
 * @param start       where the first row begins
 * @param rowBytes    bytes of a row without that number
 * @param pixelBytes  bytes of a pixel, 1 where several share one
 */
export function unfilter(
  raw: Buffer,
  { start, rowBytes, height }: { start: number; rowBytes: number; height: number },
  pixelBytes: number,
  refuse: Refuse,
): void {
  const zeros = Buffer.alloc(rowBytes)
  for (let y = 0; y < height; y += 1) {
    const at = start + y * (rowBytes + 1)
    const filter = raw[at] ?? 0
    if (filter > 4) refuse('its pixels are damaged')
    const row = raw.subarray(at + 1, at + 1 + rowBytes)
    // Above the first row lie zeros.
    const above = y === 0 ? null : raw.subarray(at - rowBytes, at)
    if (filter === NONE || (filter === UP && above === null)) continue
    // A row of a mask is most often the one above it.
    if (filter === UP && above !== null && row.equals(zeros)) row.set(above)
    else if (filter === UP && above !== null) undoUp(row, above)
    else if (filter === LEFT) undoLeft(row, pixelBytes)
    else if (filter === MEAN) undoMean(row, above, pixelBytes)
    else undoPaeth(row, above, pixelBytes)
  }
}

function undoUp(row: Buffer, above: Buffer): void {
  for (let i = 0; i < row.length; i += 1) row[i] = (row[i] ?? 0) + (above[i] ?? 0)
}

function undoLeft(row: Buffer, step: number): void {
  for (let i = step; i < row.length; i += 1) row[i] = (row[i] ?? 0) + (row[i - step] ?? 0)
}

function undoMean(row: Buffer, above: Buffer | null, step: number): void {
  for (let i = 0; i < row.length; i += 1) {
    const left = i < step ? 0 : (row[i - step] ?? 0)
    const up = above === null ? 0 : (above[i] ?? 0)
    row[i] = (row[i] ?? 0) + ((left + up) >> 1)
  }
}

function undoPaeth(row: Buffer, above: Buffer | null, step: number): void {
  for (let i = 0; i < row.length; i += 1) {
    const left = i < step ? 0 : (row[i - step] ?? 0)
    const up = above === null ? 0 : (above[i] ?? 0)
    const corner = above === null || i < step ? 0 : (above[i - step] ?? 0)
    row[i] = (row[i] ?? 0) + paeth(left, up, corner)
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
