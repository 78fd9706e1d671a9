import { AppError } from '#shared/errors/app-error.ts'
import type { Raster } from '../png/encode.ts'
import type { Painting } from './areas.ts'

const MOST_OBJECTS = 2 ** 16 - 1

/**
 * Pixels that are the numbers of the objects, counted from 1 in painting order; 0 where there is none. What colours or
 * values they are shown as, `png/encode.ts` takes as tables, so that one painting makes all the pictures of a frame.
 * @throws INPUT_INVALID for more objects than pixels have numbers
 */
export function paintNumbers({ width, height, areas }: Painting): Raster {
  if (areas.length > MOST_OBJECTS) {
    const problem = `a frame has ${areas.length} objects, ${MOST_OBJECTS} are what a picture can number`
    throw new AppError('INPUT_INVALID', { where: 'masks', problem })
  }
  const data = areas.length < 256 ? new Uint8Array(width * height) : new Uint16Array(width * height)
  for (const [i, { mask }] of areas.entries()) paintMask(data, width, mask, i + 1)
  return { width, height, data }
}

/** Sets the pixels of a mask that lies wholly inside the picture. @param mask mask points */
export function paintMask(
  data: Uint8Array | Uint16Array | Uint32Array,
  width: number,
  mask: readonly number[],
  value: number,
): void {
  const n = mask.length - 4
  const [left = 0, top = 0, right = 0] = mask.slice(n)
  const boxWidth = right - left + 1
  let place = 0
  for (let i = 0; i < n; i += 1) {
    const end = place + (mask[i] ?? 0)
    for (let from = place; i % 2 === 1 && from < end; ) {
      const row = Math.floor(from / boxWidth)
      const to = Math.min(end, (row + 1) * boxWidth)
      const shift = (top + row) * width + left - row * boxWidth
      data.fill(value, from + shift, to + shift)
      from = to
    }
    place = end
  }
}
