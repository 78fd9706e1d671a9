/** From the shapes of a frame to the objects whose pixels a mask format holds. */
import type { DatasetFrame } from '#main/core/ports.ts'
import { polygonToCoco } from '#shared/geometry/coco-polygon.ts'
import { cocoToMask } from '#shared/geometry/coco-rle.ts'
import { ellipseToBitmap } from '#shared/geometry/ellipse.ts'
import { encodeMask, maskArea } from '#shared/geometry/mask.ts'
import { uniteMasks } from '#shared/geometry/mask-algebra.ts'
import { maskOfToggles, togglesIn } from '#shared/geometry/mask-spans.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { canvasSize, type Size } from '../canvas-size.ts'
import { round2 } from '../decimals.ts'

/** What is painted as one: a shape, or all shapes of a group. */
export interface Area {
  /** Gives the object its label, layer and attributes: of a group the largest. */
  readonly leader: WovenShape
  /** Mask points, cut to the picture; at least one pixel. */
  readonly mask: readonly number[]
  readonly pixels: number
}

/** The shapes of a frame as objects in painting order, later ones over earlier ones, and the picture they are on. */
export interface Painting {
  readonly width: number
  readonly height: number
  readonly areas: readonly Area[]
}

/** Sides of a picture nobody has seen: what is drawn far outside must not fill the memory. */
const LONGEST_UNKNOWN = 2 ** 14

/**
 * Rectangles, polygons, ellipses and masks as pixels, as CVAT's exports of masks have them: rasterised like COCO, members of
 * a group united, painted by layer and within one layer as they come, groups after what is in none.
 * @param groups  `apart`: a group's members stay objects of their own
 */
export function paintingOf(
  shapes: readonly WovenShape[],
  frame: DatasetFrame,
  groups: 'united' | 'apart' = 'united',
): Painting {
  const [height, width] = sizeOf(shapes, frame)
  const all = shapes.flatMap((shape) => toArea(shape, [height, width]) ?? [])
  const areas = groups === 'united' ? mergedGroups(all) : all
  return { width, height, areas: areas.sort((a, b) => a.leader.zOrder - b.leader.zOrder) }
}

function sizeOf(shapes: readonly WovenShape[], frame: DatasetFrame): Size {
  const [height, width] = canvasSize(shapes, frame)
  if (frame.width > 0 && frame.height > 0) return [height, width]
  return [Math.min(LONGEST_UNKNOWN, height), Math.min(LONGEST_UNKNOWN, width)]
}

/** Null for what has no area, and for pixels entirely outside the picture. */
export function toArea(shape: WovenShape, size: Size): Area | null {
  const mask = toMask(shape, size)
  return mask === null ? null : { leader: shape, mask, pixels: maskArea(mask) }
}

function toMask({ type, points, rotation }: WovenShape, [height, width]: Size): number[] | null {
  switch (type) {
    case 'rectangle':
      return filled(rectangleToPolygon(points, rotation), height, width)
    case 'polygon':
      return filled(points, height, width)
    case 'mask': {
      const picture = { left: 0, top: 0, right: width, bottom: height }
      return maskOfToggles(togglesIn(points, picture), picture)
    }
    case 'ellipse':
      return encodeMask(ellipseToBitmap(points, rotation, height, width))
    default:
      return null
  }
}

function filled(polygon: readonly number[], height: number, width: number): number[] | null {
  return cocoToMask(polygonToCoco(polygon.map(round2), height, width))
}

function mergedGroups(all: readonly Area[]): Area[] {
  const alone = all.filter(({ leader }) => leader.group === 0)
  if (alone.length === all.length) return alone
  const groups = Map.groupBy(
    all.filter(({ leader }) => leader.group !== 0),
    ({ leader }) => leader.group,
  )
  const inOrder = [...groups].sort(([a], [b]) => a - b)
  return [...alone, ...inOrder.flatMap(([, members]) => united(members) ?? [])]
}

function united(members: readonly Area[]): Area | null {
  const mask = uniteMasks(members.map((member) => member.mask))
  if (mask === null) return null
  const { leader } = members.reduce((best, each) => (each.pixels > best.pixels ? each : best))
  return { leader, mask, pixels: maskArea(mask) }
}
