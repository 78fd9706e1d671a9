/** One plane of 8-bit samples. */
export interface Plane {
  readonly at: number
  readonly width: number
  readonly height: number
}

/**
 * A plane with half the sides, each sample the mean of two by two: of the rows first, then of the columns, halves rounded up.
 * At an odd edge the last row or column counts twice. The twin of native/assembly/halve.ts.
 * @param target  where to put it; its sides are those of `source` halved, rounded either way
 */
export function halvePlane(from: Uint8Array, source: Plane, to: Uint8Array, target: Plane): void {
  const { width, height } = source
  for (let y = 0; y < target.height; y += 1) {
    const upper = source.at + Math.min(2 * y, height - 1) * width
    const lower = source.at + Math.min(2 * y + 1, height - 1) * width
    for (let x = 0; x < target.width; x += 1) {
      const left = Math.min(2 * x, width - 1)
      const right = Math.min(2 * x + 1, width - 1)
      const first = ((from[upper + left] ?? 0) + (from[lower + left] ?? 0) + 1) >> 1
      const second = ((from[upper + right] ?? 0) + (from[lower + right] ?? 0) + 1) >> 1
      to[target.at + y * target.width + x] = (first + second + 1) >> 1
    }
  }
}
