/** From the tracked shapes of a frame to the numbers of its pixels. */
import type { DatasetFrame } from '#main/core/ports.ts'
import { polygonToCoco } from '#shared/geometry/coco-polygon.ts'
import {
  bitmapToCoco,
  type CocoRle,
  cocoArea,
  maskToCoco,
  uniteCoco,
} from '#shared/geometry/coco-rle.ts'
import { ellipseToBitmap } from '#shared/geometry/ellipse.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { canvasSize } from '../common/canvas-size.ts'
import { round2 } from '../common/decimals.ts'
import type { Gray16 } from './png16.ts'

interface Painted {
  readonly shape: WovenShape
  readonly rle: CocoRle
  readonly area: number
}

/**
 * Each shape's pixels get its value, nearer layers over farther ones. Members of a group are one object, with the value and
 * the layer of the largest.
 * @returns null when not a pixel is set
 */
export function paintFrame(
  shapes: readonly WovenShape[],
  frame: DatasetFrame,
  numberOf: (shape: WovenShape) => number,
): Gray16 | null {
  const [height, width] = canvasSize(shapes, frame)
  const data = new Uint16Array(width * height)
  let isEmpty = true
  const objects = mergedGroups(shapes.flatMap((shape) => toPainted(shape, height, width) ?? []))
  for (const { shape, rle } of objects.sort((a, b) => a.shape.zOrder - b.shape.zOrder)) {
    paint(data, rle, width, numberOf(shape))
    isEmpty = false
  }
  return isEmpty ? null : { width, height, data }
}

/** Null for what has no area, and for pixels entirely outside the picture. */
function toPainted(shape: WovenShape, height: number, width: number): Painted | null {
  const rle = toRle(shape, height, width)
  const area = rle === null ? 0 : cocoArea(rle.counts)
  return rle === null || area === 0 ? null : { shape, rle, area }
}

function toRle(
  { type, points, rotation }: WovenShape,
  height: number,
  width: number,
): CocoRle | null {
  switch (type) {
    case 'rectangle':
      return polygonToCoco(rectangleToPolygon(points, rotation).map(round2), height, width)
    case 'polygon':
      return polygonToCoco(points.map(round2), height, width)
    case 'mask':
      return maskToCoco(points, height, width)
    case 'ellipse':
      return bitmapToCoco(ellipseToBitmap(points, rotation, height, width), height, width)
    default:
      return null
  }
}

function mergedGroups(all: readonly Painted[]): Painted[] {
  const groups = new Map<number, Painted[]>()
  const alone = all.filter((one) => {
    const { group } = one.shape
    if (group !== 0) groups.set(group, [...(groups.get(group) ?? []), one])
    return group === 0
  })
  const merged = [...groups.values()].flatMap((members) => {
    const rle = uniteCoco(members.map((member) => member.rle))
    const leader = members.reduce((best, each) => (each.area > best.area ? each : best))
    return rle === null ? [] : { ...leader, rle }
  })
  return [...alone, ...merged]
}

/** Runs go down the columns, pixels row by row. */
function paint(
  data: Uint16Array,
  { counts, size: [height] }: CocoRle,
  width: number,
  value: number,
): void {
  let at = 0
  for (const [i, count] of counts.entries()) {
    const end = at + count
    for (; i % 2 === 1 && at < end; at += 1) {
      data[(at % height) * width + Math.floor(at / height)] = value
    }
    at = end
  }
}
