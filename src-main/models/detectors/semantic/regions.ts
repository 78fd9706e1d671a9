import { maskOfToggles, type PixelBox } from '#shared/geometry/mask-spans.ts'
import type { LabelMap } from './label-map.ts'

/** Pixels of one class, as mask points. */
export interface ClassMask {
  readonly label: number
  /** Pixels. */
  readonly area: number
  readonly points: number[]
}

interface Run {
  readonly row: number
  readonly from: number
  readonly to: number
}

/**
 * Masks of every class of a label map.
 * @param part  what lies outside is no class
 * @param apart  each connected region (diagonals connect) by itself; otherwise one mask a class
 * @returns by class, of one class from the top down
 */
export function masksOf(map: LabelMap, part: PixelBox, apart: boolean): ClassMask[] {
  const found: ClassMask[] = []
  for (const [label, runs] of [...runsOf(map, part)].sort(([a], [b]) => a - b))
    for (const region of apart ? regionsOf(runs) : [runs]) {
      const points = pointsOf(region)
      const area = region.reduce((sum, { from, to }) => sum + to - from, 0)
      if (points) found.push({ label, area, points })
    }
  return found
}

function runsOf({ width, data }: LabelMap, part: PixelBox): Map<number, Run[]> {
  const runs = new Map<number, Run[]>()
  for (let row = part.top; row < part.bottom; row += 1)
    for (let x = part.left; x < part.right; ) {
      const label = data[row * width + x] ?? 0
      const from = x
      while (x < part.right && data[row * width + x] === label) x += 1
      const known = runs.get(label)
      if (known) known.push({ row, from, to: x })
      else runs.set(label, [{ row, from, to: x }])
    }
  return runs
}

/** Runs that touch, in groups; union and find over neighbouring rows. */
function regionsOf(runs: readonly Run[]): Run[][] {
  const parent = Int32Array.from(runs.keys())
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  let above = 0
  for (let i = 0; i < runs.length; i += 1) {
    const run = runs[i]
    if (!run) continue
    while ((runs[above]?.row ?? run.row) < run.row - 1) above += 1
    for (let k = above; k < i; k += 1) {
      const other = runs[k]
      if (!other || other.row >= run.row || other.from > run.to) break
      if (other.to >= run.from) parent[Math.max(root(i), root(k))] = Math.min(root(i), root(k))
    }
    // Runs of the row above that end before this one begins are of no use to those after it either.
    while (above < i) {
      const other = runs[above]
      const isPast =
        other && (other.row < run.row - 1 || (other.row < run.row && other.to < run.from))
      if (!isPast) break
      above += 1
    }
  }
  const groups = new Map<number, Run[]>()
  for (const [i, run] of runs.entries()) {
    const group = groups.get(root(i))
    if (group) group.push(run)
    else groups.set(root(i), [run])
  }
  return [...groups.values()]
}

function pointsOf(runs: readonly Run[]): number[] | null {
  const [first] = runs
  const last = runs.at(-1)
  if (!first || !last) return null
  let left = first.from
  let right = first.to
  for (const { from, to } of runs) {
    left = Math.min(left, from)
    right = Math.max(right, to)
  }
  const box = { left, top: first.row, right, bottom: last.row + 1 }
  const width = right - left
  const places: number[] = []
  for (const { row, from, to } of runs) {
    const start = (row - box.top) * width + from - left
    // A run that goes on where the row before ended is one with it.
    if (places.at(-1) === start) places.pop()
    else places.push(start)
    places.push((row - box.top) * width + to - left)
  }
  return maskOfToggles({ places, length: places.length }, box)
}
