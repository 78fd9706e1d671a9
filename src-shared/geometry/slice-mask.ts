/**
 * A mask cut along a line: every pixel goes, whole, to one side. Neighbouring pixels stay together unless the line passes
 * between their centres, so what the line does not reach is never torn, however far the line would go on.
 */
import { type Bitmap, decodeMask, emptyBitmap, encodeMask } from './mask.ts'
import { maskContours } from './mask-contours.ts'
import { at } from './points.ts'
import { crossesItself } from './shape-rules.ts'
import { prolonged, sideOf, withoutRepeats } from './slice-cut.ts'
import type { SliceResult } from './slice-polygon.ts'

/** Bits of a pixel: the line passes between it and its right or lower neighbour. */
const RIGHT = 1
const DOWN = 2

/**
 * @param points mask points
 * @param cut    flat line of two points or more, image pixels; ends inside are prolonged to the border
 * @returns two masks, the larger first; together they have exactly the pixels of the mask, each pixel once
 */
export function sliceMask(points: readonly number[], cut: readonly number[]): SliceResult {
  const line = withoutRepeats(cut)
  if (line.length < 4) return { problem: 'misses' }
  const bitmap = decodeMask(points)
  const rings = maskContours(points).map((loop) => [...loop.points])
  const whole = prolonged(line, rings, (x, y) => isSet(bitmap, x, y))
  if (crossesItself(whole, false)) return { problem: 'crosses-itself' }
  const pieces = twoSides(bitmap, wallOf(bitmap, whole))
    .map(encodeMask)
    .filter((piece) => piece !== null)
  return pieces.length === 2 ? { pieces } : { problem: 'misses' }
}

function isSet({ left, top, width, height, data }: Bitmap, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x) - left, Math.floor(y) - top]
  const inBox = column >= 0 && row >= 0 && column < width && row < height
  return inBox && data[row * width + column] === 1
}

/** Which neighbours the line parts, and on which of its sides it leaves them. */
interface Wall {
  readonly blocked: Uint8Array
  /** -1, 0, 1 by pixel: sum over the line's passes. */
  readonly side: Int8Array
}

function wallOf(bitmap: Bitmap, cut: readonly number[]): Wall {
  const size = bitmap.data.length
  const wall = { blocked: new Uint8Array(size), side: new Int8Array(size) }
  for (let i = 0; i + 3 < cut.length; i += 2) {
    const segment = [at(cut, i), at(cut, i + 1), at(cut, i + 2), at(cut, i + 3)] as const
    partRows(bitmap, segment, wall)
    partColumns(bitmap, segment, wall)
  }
  return wall
}

type Segment = readonly [number, number, number, number]

/** Pixels side by side: one pass a row, where the line crosses the row's middle. */
function partRows({ left, top, width, height }: Bitmap, segment: Segment, wall: Wall): void {
  const [ax, ay, bx, by] = segment
  const end = Math.min(height, Math.ceil(Math.max(ay, by) - 0.5) - top)
  for (let row = Math.max(0, Math.ceil(Math.min(ay, by) - 0.5) - top); row < end; row++) {
    const y = row + top + 0.5
    const x = ax + ((y - ay) * (bx - ax)) / (by - ay)
    const guess = Math.floor(x - 0.5) - left
    for (let column = guess - 1; column <= guess + 1; column++) {
      if (column < 0 || column + 1 >= width) continue
      const here = row * width + column
      part(wall, here, here + 1, RIGHT, [
        sideOf(segment, column + left + 0.5, y),
        sideOf(segment, column + left + 1.5, y),
      ])
    }
  }
}

/** Pixels one below the other: one pass a column. */
function partColumns({ left, top, width, height }: Bitmap, segment: Segment, wall: Wall): void {
  const [ax, ay, bx, by] = segment
  const end = Math.min(width, Math.ceil(Math.max(ax, bx) - 0.5) - left)
  for (let column = Math.max(0, Math.ceil(Math.min(ax, bx) - 0.5) - left); column < end; column++) {
    const x = column + left + 0.5
    const y = ay + ((x - ax) * (by - ay)) / (bx - ax)
    const guess = Math.floor(y - 0.5) - top
    for (let row = guess - 1; row <= guess + 1; row++) {
      if (row < 0 || row + 1 >= height) continue
      const here = row * width + column
      part(wall, here, here + width, DOWN, [
        sideOf(segment, x, row + top + 0.5),
        sideOf(segment, x, row + top + 1.5),
      ])
    }
  }
}

/** Passing the same gap twice is not passing it. */
function part(wall: Wall, a: number, b: number, gap: number, [p, q]: [number, number]): void {
  if (p >= 0 === q >= 0) return
  wall.blocked[a] = (wall.blocked[a] ?? 0) ^ gap
  wall.side[a] = (wall.side[a] ?? 0) + (p >= 0 ? 1 : -1)
  wall.side[b] = (wall.side[b] ?? 0) + (q >= 0 ? 1 : -1)
}

/** Pixels by side. Connected parts the line never touches go with the larger side. */
function twoSides(bitmap: Bitmap, wall: Wall): Bitmap[] {
  const { left, top, width, height, data } = bitmap
  const flood = floodFill(bitmap, wall.blocked)
  const votes = new Int32Array(flood.count)
  const areas = new Int32Array(flood.count)
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (data[pixel] !== 1) continue
    const region = flood.regionOf[pixel] ?? 0
    votes[region] =
      (votes[region] ?? 0) + (touches(bitmap, wall, pixel) ? (wall.side[pixel] ?? 0) : 0)
    areas[region] = (areas[region] ?? 0) + 1
  }
  const areaOf = (sign: number) =>
    areas.reduce(
      (sum, area, region) => sum + (Math.sign(votes[region] ?? 0) === sign ? area : 0),
      0,
    )
  const larger = areaOf(1) >= areaOf(-1) ? 1 : -1
  const sides = [emptyBitmap(left, top, width, height), emptyBitmap(left, top, width, height)]
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (data[pixel] !== 1) continue
    const sign = Math.sign(votes[flood.regionOf[pixel] ?? 0] ?? 0)
    const side = sides[sign === -larger ? 1 : 0]
    if (side) side.data[pixel] = 1
  }
  return sides
}

/** Whether the line passes between the pixel and a neighbour that is set: beside the mask it tears nothing. */
function touches({ width, data }: Bitmap, { blocked }: Wall, pixel: number): boolean {
  const own = blocked[pixel] ?? 0
  const column = pixel % width
  return (
    ((own & RIGHT) !== 0 && data[pixel + 1] === 1) ||
    ((own & DOWN) !== 0 && data[pixel + width] === 1) ||
    (column > 0 && ((blocked[pixel - 1] ?? 0) & RIGHT) !== 0 && data[pixel - 1] === 1) ||
    (pixel >= width && ((blocked[pixel - width] ?? 0) & DOWN) !== 0 && data[pixel - width] === 1)
  )
}

/** Pixels joined through their sides where nothing parts them. */
function floodFill({ width, height, data }: Bitmap, blocked: Uint8Array) {
  const regionOf = new Int32Array(data.length).fill(-1)
  const waiting: number[] = []
  let count = 0
  const reach = (pixel: number) => {
    if (data[pixel] !== 1 || regionOf[pixel] !== -1) return
    regionOf[pixel] = count
    waiting.push(pixel)
  }
  for (let start = data.indexOf(1); start >= 0; start = data.indexOf(1, start + 1)) {
    if (regionOf[start] !== -1) continue
    reach(start)
    for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
      const column = pixel % width
      const gaps = blocked[pixel] ?? 0
      if (column + 1 < width && !(gaps & RIGHT)) reach(pixel + 1)
      if (pixel + width < width * height && !(gaps & DOWN)) reach(pixel + width)
      if (column > 0 && !((blocked[pixel - 1] ?? 0) & RIGHT)) reach(pixel - 1)
      if (pixel >= width && !((blocked[pixel - width] ?? 0) & DOWN)) reach(pixel - width)
    }
    count++
  }
  return { regionOf, count }
}
