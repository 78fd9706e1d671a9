import type { LabelType } from '../domain/label.ts'
import { boundingBox } from '../geometry/box.ts'
import type { Form } from '../geometry/convert.ts'
import { maskIoU } from '../geometry/mask-algebra.ts'
import { maskToPolygons } from '../geometry/mask-contours.ts'
import { fillPolygonMask, type PolygonWithHoles, polygonsToMask } from '../geometry/mask-raster.ts'
import { maskBox } from '../geometry/mask-spans.ts'
import { bridgeHoles } from '../geometry/polygon-bridges.ts'
import { formProblem } from '../geometry/shape-rules.ts'
import type { PictureSize } from './clip.ts'

/**
 * A found shape as its label takes it: masks as polygons, polygons as masks, everything else as it is. A mask in several
 * parts becomes as many polygons. [] when a polygon covers no pixel's centre.
 * @param outline  the polygon the function itself gave for its mask; it is preferred
 */
export function asLabelWants(
  form: Form,
  wanted: {
    readonly outline: readonly number[] | null
    readonly labelType: LabelType
    readonly masksToPolygons: boolean
    readonly size: PictureSize | null
  },
): Form[] {
  const { outline, labelType, masksToPolygons, size } = wanted
  if (
    form.type === 'mask' &&
    (labelType === 'polygon' || (masksToPolygons && labelType === 'any'))
  ) {
    const isUsable = outline !== null && formProblem('polygon', outline) === null
    const polygons = isUsable ? [[...outline]] : tracedPolygons(form.points)
    return polygons.map((points) => ({ type: 'polygon', points, rotation: 0 }))
  }
  if (form.type === 'polygon' && labelType === 'mask') {
    const { width, height } = size ?? reachOf(form.points)
    const points = fillPolygonMask(form.points, width, height)
    return points === null ? [] : [{ type: 'mask', points, rotation: 0 }]
  }
  return [form]
}

/** Shares of corners tried, fewest first: see `simplifyLoops`. */
const DENSITIES = [0.5, 0.65, 0.8]
/** How much of its pixels a simplified outline must have in common with the mask. */
const ALIKE = 0.98

/** Outlines with as few corners as cover the same pixels but for a fiftieth; holes are joined to their outline. */
export function tracedPolygons(mask: readonly number[]): number[][] {
  const { right, bottom } = maskBox(mask)
  for (const density of DENSITIES) {
    const polygons = maskToPolygons(mask, { density })
    const back = polygonsToMask(polygons, right, bottom)
    if (back !== null && maskIoU(mask, back) >= ALIKE) return joined(polygons)
  }
  return joined(maskToPolygons(mask))
}

const joined = (polygons: readonly PolygonWithHoles[]) => polygons.map(bridgeHoles)

/** A picture just large enough. */
function reachOf(points: readonly number[]): PictureSize {
  const box = boundingBox(points)
  return {
    width: Math.max(1, Math.ceil(box?.right ?? 1)),
    height: Math.max(1, Math.ceil(box?.bottom ?? 1)),
  }
}
