import type { Gray16 } from './png16.ts'

/** An object of a picture: the value of its pixels and where they are, as mask points. */
export interface PixelObject {
  readonly value: number
  readonly points: number[]
}

/** Runs of one value, row by row: y, first x, end x. */
interface Runs {
  readonly list: number[]
  left: number
  right: number
}

/** Every value from `least` on, in order of value. One pass over the pixels, whatever the number of objects. */
export function objectsOf({ width, height, data }: Gray16, least: number): PixelObject[] {
  const found = new Map<number, Runs>()
  for (let y = 0; y < height; y += 1) {
    const start = y * width
    for (let x = 0; x < width; ) {
      const value = data[start + x] ?? 0
      const first = x
      do x += 1
      while (x < width && data[start + x] === value)
      if (value >= least) addRun(found, value, [y, first, x])
    }
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([value, runs]) => ({ value, points: toPoints(runs) }))
}

function addRun(
  found: Map<number, Runs>,
  value: number,
  [y, first, end]: [number, number, number],
): void {
  const runs = found.get(value) ?? { list: [], left: first, right: end }
  found.set(value, runs)
  runs.list.push(y, first, end)
  runs.left = Math.min(runs.left, first)
  runs.right = Math.max(runs.right, end)
}

/** Row-major runs in the object's own box, zeros first, then the box. */
function toPoints({ list, left, right }: Runs): number[] {
  const top = list[0] ?? 0
  const bottom = list[list.length - 3] ?? top
  const width = right - left
  const counts: number[] = []
  let done = 0
  for (let i = 0; i < list.length; i += 3) {
    const row = ((list[i] ?? 0) - top) * width - left
    const [start, end] = [row + (list[i + 1] ?? 0), row + (list[i + 2] ?? 0)]
    // A run that goes on at the beginning of the next row is one run.
    if (start === done && counts.length > 0)
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + end - start
    else counts.push(start - done, end - start)
    done = end
  }
  const pixels = width * (bottom - top + 1)
  if (done < pixels) counts.push(pixels - done)
  return [...counts, left, top, right - 1, bottom]
}
