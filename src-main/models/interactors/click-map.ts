/** Gaussians of a hundred pixels squared: `exp(-4 ln 2 d² / 100)`, as DEXTR and IOG were trained with. */
const STEEPNESS = (4 * Math.LN2) / 100

/**
 * A map that is highest at points: at each place the largest of their Gaussians, spread over 0 … 255.
 * @param points  net pixels; cut to whole numbers, as numpy does in the models' own code
 * @param out  `side` x `side`, from `offset` on
 */
export function fillClickMap(
  points: readonly (readonly [x: number, y: number])[],
  side: number,
  out: Float32Array,
  offset: number,
): void {
  const plane = out.subarray(offset, offset + side * side)
  plane.fill(0)
  for (const [px, py] of points) {
    const [cx, cy] = [Math.trunc(px), Math.trunc(py)]
    for (let y = 0; y < side; y++) {
      const down = (y - cy) ** 2
      for (let x = 0; x < side; x++) {
        const value = Math.exp(-STEEPNESS * ((x - cx) ** 2 + down))
        const at = y * side + x
        if (value > (plane[at] ?? 0)) plane[at] = value
      }
    }
  }
  spread(plane)
}

/** The lowest becomes 0, the highest 255. */
function spread(plane: Float32Array): void {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of plane) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  if (!(most > least)) return
  const scale = 255 / (most - least)
  for (let i = 0; i < plane.length; i++) plane[i] = ((plane[i] ?? 0) - least) * scale
}
