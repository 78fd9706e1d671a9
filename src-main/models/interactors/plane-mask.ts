import { maskOfToggles } from '#shared/geometry/mask-spans.ts'
import { type Grid, maskOfGrid } from '../tensors/grid-mask.ts'
import {
  afterEachOther,
  bilinearWeights,
  type LineWeights,
  partOfLine,
} from '../tensors/line-weights.ts'

/** Width and height of a picture. */
export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The pixels of a plane that is as fine as the picture where it exceeds a threshold, as mask points; those outside the
 * picture are cut off. Takes memory by the mask's runs.
 * @param left, top  image pixels, where the plane begins
 */
export function maskOfPlane(
  { data, offset = 0, width, height }: Grid,
  { left, top }: { readonly left: number; readonly top: number },
  picture: Size,
  threshold: number,
): number[] | null {
  const from = { x: Math.max(0, -left), y: Math.max(0, -top) }
  const to = { x: Math.min(width, picture.width - left), y: Math.min(height, picture.height - top) }
  const across = to.x - from.x
  if (across <= 0 || to.y <= from.y) return null
  const places: number[] = []
  let isSet = false
  let place = 0
  for (let y = from.y; y < to.y; y++) {
    const row = offset + y * width
    for (let x = from.x; x < to.x; x++, place++) {
      if ((data[row + x] ?? 0) > threshold === isSet) continue
      isSet = !isSet
      places.push(place)
    }
  }
  if (isSet) places.push(place)
  const box = { left: left + from.x, top: top + from.y, right: left + to.x, bottom: top + to.y }
  return maskOfToggles({ places, length: places.length }, box)
}

/**
 * A map of a net's whole input, padding included, as a mask of the picture: enlarged to the input, the padding cut away,
 * enlarged to the picture, both bilinear, as SAM's own post-processing does.
 * @param input  the net's input, pixels
 * @param placed  the part of it, from its top left corner, that the picture takes
 */
export function maskOfInput(
  grid: Grid,
  {
    input,
    placed,
    picture,
  }: { readonly input: Size; readonly placed: Size; readonly picture: Size },
  threshold: number,
): number[] | null {
  const line = (from: number, side: number, part: number, to: number): LineWeights =>
    afterEachOther(
      from === side ? identity(from, part) : partOfLine(bilinearWeights(from, side), 0, part),
      bilinearWeights(part, to),
    )
  const columns = line(grid.width, input.width, placed.width, picture.width)
  const rows = line(grid.height, input.height, placed.height, picture.height)
  const box = { left: 0, top: 0, right: picture.width, bottom: picture.height }
  return maskOfGrid(grid, { columns, rows, box }, threshold)
}

/** A map of the whole picture, however fine: enlarged or made smaller to its pixels. */
export function maskOfPicture(grid: Grid, picture: Size, threshold: number): number[] | null {
  const columns = bilinearWeights(grid.width, picture.width)
  const rows = bilinearWeights(grid.height, picture.height)
  const box = { left: 0, top: 0, right: picture.width, bottom: picture.height }
  return maskOfGrid(grid, { columns, rows, box }, threshold)
}

function identity(length: number, part: number): LineWeights {
  const count = Math.min(length, part)
  return {
    length: count,
    size: 1,
    first: Int32Array.from({ length: count }, (_, i) => i),
    weights: new Float64Array(count).fill(1),
  }
}
