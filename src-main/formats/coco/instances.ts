/**
 * From shapes to COCO instances (formats.md 5.3): one for each ungrouped rectangle, polygon and mask, one for each group.
 * Ellipses count as masks. Pixels decide: `area` is the number of pixels set, as every COCO reader computes it.
 */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { type Box, boundingBox, boxArea, uniteBoxes } from '#shared/geometry/box.ts'
import { polygonToCoco } from '#shared/geometry/coco-polygon.ts'
import {
  bitmapToCoco,
  type CocoRle,
  cocoArea,
  cocoBox,
  uniteCoco,
} from '#shared/geometry/coco-rle.ts'
import { bitmapToPolygons } from '#shared/geometry/contours.ts'
import { ellipseToBitmap } from '#shared/geometry/ellipse.ts'
import { type Bitmap, decodeMask } from '#shared/geometry/mask.ts'
import { round2 } from '../common/decimals.ts'
import { allAttributeValues } from '../common/label-index.ts'

export interface Instance {
  /** Supplies label, attributes and score. */
  readonly leader: Shape
  readonly label: Label
  readonly segmentation: readonly (readonly number[])[] | CocoRle
  readonly area: number
  /** x, y, width, height, rounded to 0.01. */
  readonly bbox: readonly [number, number, number, number]
  readonly isCrowd: boolean
}

/** A shape with what COCO needs to know of it. Points are rounded already: areas must fit what is written. */
interface Member {
  readonly shape: Shape
  readonly label: Label
  readonly points: readonly number[]
  readonly bitmap: Bitmap | null
  readonly box: Box
}

export function toInstances(
  shapes: readonly Shape[],
  frame: DatasetFrame,
  labels: ReadonlyMap<number, Label>,
): Instance[] {
  const groups = new Map<number, Member[]>()
  const instances: Instance[] = []
  for (const shape of shapes) {
    const member = toMember(shape, frame, labels)
    if (member === null) continue
    const group = groups.get(shape.group)
    if (shape.group === 0) instances.push(toInstance([member], frame))
    else if (group === undefined) groups.set(shape.group, [member])
    else group.push(member)
  }
  const inOrder = [...groups].sort(([a], [b]) => a - b)
  return [...instances, ...inOrder.map(([, members]) => toInstance(members, frame))]
}

/** Null for what COCO cannot hold, and for pixels entirely outside the picture. */
function toMember(
  shape: Shape,
  frame: DatasetFrame,
  labels: ReadonlyMap<number, Label>,
): Member | null {
  const label = labels.get(shape.labelId)
  if (label === undefined) return null
  if (shape.type === 'rectangle' || shape.type === 'polygon') {
    const points = shape.points.map(round2)
    const box = boundingBox(points)
    return box === null ? null : { shape, label, points, bitmap: null, box }
  }
  const bitmap = toBitmap(shape, frame)
  if (bitmap === null) return null
  const box = cocoBox(bitmapToCoco(bitmap, ...canvasSize(frame, bitmap)))
  return box === null ? null : { shape, label, points: [], bitmap, box }
}

function toBitmap(shape: Shape, frame: DatasetFrame): Bitmap | null {
  if (shape.type === 'mask') return decodeMask(shape.points)
  if (shape.type !== 'ellipse') return null
  const box = boundingBox(shape.points)
  // A picture that cannot be read has no size; then the ellipse itself says how large it must be at least.
  const reach = box === null ? 0 : Math.ceil(2 * (box.right + box.bottom - box.top))
  const height = frame.height || Math.max(0, Math.ceil(shape.points[1] ?? 0) + reach)
  const width = frame.width || Math.max(0, Math.ceil(shape.points[0] ?? 0) + reach)
  return ellipseToBitmap(shape.points, shape.rotation, height, width)
}

/** Height and width of the picture; where it is unknown, just large enough. */
function canvasSize(frame: DatasetFrame, { left, top, width, height }: Bitmap): [number, number] {
  return [frame.height || Math.max(0, top + height), frame.width || Math.max(0, left + width)]
}

function toInstance(members: readonly Member[], frame: DatasetFrame): Instance {
  const leader = leaderOf(members, frame)
  const isCrowd = isCrowdGroup(leader, members)
  const box = members.map((member) => member.box).reduce(uniteBoxes)
  const size = imageSize(members, frame)
  const union = uniteCoco(members.flatMap((member) => toRles(member, size)))
  const segmentation = isCrowd && union !== null ? union : members.flatMap(toPolygons)
  return {
    leader: leader.shape,
    label: leader.label,
    segmentation,
    area: union === null ? round2(boxArea(box)) : cocoArea(union.counts),
    bbox: [box.left, box.top, round2(box.right - box.left), round2(box.bottom - box.top)],
    isCrowd: isCrowd && union !== null,
  }
}

function leaderOf(members: readonly Member[], frame: DatasetFrame): Member {
  const [first, ...rest] = members
  if (first === undefined) throw new TypeError('a group has members')
  if (rest.length === 0) return first
  const size = imageSize(members, frame)
  const area = (member: Member): number => {
    const [rle] = toRles(member, size)
    return rle === undefined ? boxArea(member.box) : cocoArea(rle.counts)
  }
  return rest.reduce((best, member) => (area(member) > area(best) ? member : best), first)
}

/** The leader's own word counts; without it, a mask of the leader's label makes the group a crowd. */
function isCrowdGroup(leader: Member, members: readonly Member[]): boolean {
  const said = allAttributeValues(leader.label, leader.shape.attributes).find(
    ({ spec }) => spec.name === 'is_crowd',
  )
  if (said !== undefined) return said.spec.inputType === 'checkbox' && said.value === 'true'
  return members.some((member) => member.bitmap !== null && member.label === leader.label)
}

function toRles(member: Member, [height, width]: readonly [number, number]): CocoRle[] {
  if (member.bitmap !== null) return [bitmapToCoco(member.bitmap, height, width)]
  return member.shape.type === 'polygon' ? [polygonToCoco(member.points, height, width)] : []
}

function toPolygons(member: Member): (readonly number[])[] {
  if (member.bitmap !== null) return bitmapToPolygons(member.bitmap)
  return member.shape.type === 'polygon' ? [member.points] : []
}

/** Height and width to rasterise on. */
function imageSize(members: readonly Member[], frame: DatasetFrame): [number, number] {
  if (frame.width > 0 && frame.height > 0) return [frame.height, frame.width]
  const box = members.map((member) => member.box).reduce(uniteBoxes)
  return [Math.max(0, Math.ceil(box.bottom)), Math.max(0, Math.ceil(box.right))]
}
