import { maskArea } from '#shared/geometry/mask.ts'
import { maskToPolygons } from '#shared/geometry/mask-contours.ts'
import { polygonsToMask } from '#shared/geometry/mask-raster.ts'
import type { PictureRegion } from '../../core/ports.ts'
import { type Grid, maskOfGrid } from '../tensors/grid-mask.ts'
import type { LineWeights } from '../tensors/line-weights.ts'

export type Back = 'nearest' | 'cubic'

/** A net's map of a region as a mask of the picture, enlarged as the models' own code does it. */
export function maskOfRegion(
  grid: Grid,
  region: PictureRegion,
  back: Back,
  threshold: number,
): number[] | null {
  const weights = back === 'nearest' ? nearestWeights : cubicWeights
  const columns = weights(grid.width, region.right - region.left)
  const rows = weights(grid.height, region.bottom - region.top)
  return maskOfGrid(grid, { columns, rows, box: region }, threshold)
}

/** The largest part that hangs together, with its holes. */
export function largestPart(
  mask: number[] | null,
  picture: { readonly width: number; readonly height: number },
): number[] | null {
  if (!mask) return null
  const parts = maskToPolygons(mask)
  if (parts.length < 2) return mask
  const masks = parts.map((part) => polygonsToMask([part], picture.width, picture.height))
  return masks.reduce((best, one) => (area(one) > area(best) ? one : best), null)
}

const area = (mask: number[] | null): number => (mask ? maskArea(mask) : 0)

/** As `cv2.resize` with INTER_NEAREST. */
function nearestWeights(source: number, target: number): LineWeights {
  const at = (i: number) => Math.min(source - 1, Math.floor((i * source) / target))
  return {
    length: target,
    size: 1,
    first: Int32Array.from({ length: target }, (_, i) => at(i)),
    weights: new Float64Array(target).fill(1),
  }
}

const SHARPNESS = -0.75

/** As `cv2.resize` with INTER_CUBIC: four taps, those beyond the edge taken of the edge. */
function cubicWeights(source: number, target: number): LineWeights {
  const size = Math.min(4, source)
  const line = {
    length: target,
    size,
    first: new Int32Array(target),
    weights: new Float64Array(size * target),
  }
  for (let i = 0; i < target; i++) {
    const place = ((i + 0.5) * source) / target - 0.5
    const below = Math.floor(place)
    const first = Math.max(0, Math.min(source - size, below - 1))
    line.first[i] = first
    for (let tap = -1; tap <= 2; tap++) {
      const at = Math.max(0, Math.min(source - 1, below + tap)) - first
      const slot = i * size + Math.max(0, Math.min(size - 1, at))
      line.weights[slot] = (line.weights[slot] ?? 0) + cubic(place - below - tap)
    }
  }
  return line
}

/** Keys 1981, with OpenCV's sharpness. */
function cubic(distance: number): number {
  const d = Math.abs(distance)
  if (d <= 1) return (SHARPNESS + 2) * d ** 3 - (SHARPNESS + 3) * d ** 2 + 1
  if (d < 2) return SHARPNESS * (d ** 3 - 5 * d ** 2 + 8 * d - 4)
  return 0
}
