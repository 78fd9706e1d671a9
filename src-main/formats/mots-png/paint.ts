/** From the tracked shapes of a frame to the numbers of its pixels. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { paintingOf } from '../common/paint/areas.ts'
import { paintMask } from '../common/paint/paint.ts'
import type { Raster } from '../common/png/encode.ts'

/**
 * Each shape's pixels get its value, nearer layers over farther ones. Members of a group are one object, with the value and
 * the layer of the largest.
 * @returns null when not a pixel is set
 */
export function paintFrame(
  shapes: readonly WovenShape[],
  frame: DatasetFrame,
  numberOf: (shape: WovenShape) => number,
): Raster<Uint16Array> | null {
  const { width, height, areas } = paintingOf(shapes, frame)
  if (areas.length === 0) return null
  const data = new Uint16Array(width * height)
  for (const { leader, mask } of areas) paintMask(data, width, mask, numberOf(leader))
  return { width, height, data }
}
