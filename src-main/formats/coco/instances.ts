/**
 * From shapes to COCO instances: one for each ungrouped rectangle, polygon and mask, one for each group.
 * Ellipses count as masks. Pixels decide: `area` is the number of pixels set, as every COCO reader computes it.
 */
import type { DatasetFrame } from '#main/core/ports.ts'
import { maskKernels } from '#native/index.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { type Box, boundingBox, boxArea, uniteBoxes } from '#shared/geometry/box.ts'
import { polygonCocoArea, polygonToCoco } from '#shared/geometry/coco-polygon.ts'
import {
  bitmapToCoco,
  type CocoRle,
  cocoArea,
  cocoBox,
  cocoToMask,
  maskToCoco,
  uniteCoco,
} from '#shared/geometry/coco-rle.ts'
import { joinHoles } from '#shared/geometry/contours.ts'
import { ellipseToBitmap } from '#shared/geometry/ellipse.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { canvasSize, type Size } from '../common/canvas-size.ts'
import { round2 } from '../common/decimals.ts'
import { attributeValue } from '../common/label-index.ts'

export interface Instance {
  /** Supplies label, attributes and score. */
  readonly leader: WovenShape
  readonly label: Label
  readonly segmentation: readonly (readonly number[])[] | CocoRle
  readonly area: number
  /** x, y, width, height, rounded to 0.01. */
  readonly bbox: readonly [number, number, number, number]
  readonly isCrowd: boolean
}

export type PictureSize = Pick<DatasetFrame, 'width' | 'height'>

/** A shape with what COCO needs to know of it. Points are rounded already: areas must fit what is written. */
interface Member {
  readonly shape: WovenShape
  readonly label: Label
  readonly points: readonly number[]
  /** The pixels of polygons, masks and ellipses; null for rectangles. Made once: it is the dear part. */
  readonly rle: CocoRle | null
  readonly box: Box
}

export function toInstances(
  shapes: readonly WovenShape[],
  frame: DatasetFrame,
  labels: ReadonlyMap<number, Label>,
): Instance[] {
  const size = canvasSize(shapes, frame)
  const groups = new Map<number, Member[]>()
  const instances: Instance[] = []
  for (const shape of shapes) {
    const label = labels.get(shape.labelId)
    if (label === undefined) continue
    const easy = shape.group === 0 ? easyInstance(shape, label, size) : null
    const member = easy === null ? toMember(shape, label, size) : null
    if (easy !== null) instances.push(easy)
    else if (member !== null && shape.group === 0) instances.push(toInstance([member]))
    else if (member !== null) addTo(groups, member)
  }
  const inOrder = [...groups].sort(([a], [b]) => a - b)
  return [...instances, ...inOrder.map(([, members]) => toInstance(members))]
}

/** All shapes given as one object, as those of a group are; null when COCO can hold none of them. */
export function unitedInstance(
  shapes: readonly WovenShape[],
  frame: PictureSize,
  labels: ReadonlyMap<number, Label>,
): Instance | null {
  const size = canvasSize(shapes, frame)
  const members = shapes.flatMap((shape) => {
    const label = labels.get(shape.labelId)
    return (label && toMember(shape, label, size)) ?? []
  })
  return members.length > 0 ? toInstance(members) : null
}

function addTo(groups: Map<number, Member[]>, member: Member): void {
  const group = groups.get(member.shape.group)
  if (group === undefined) groups.set(member.shape.group, [member])
  else group.push(member)
}

/**
 * An ungrouped rectangle or polygon, nearly all of a data set, straight to what `toInstance` makes of it: a polygon's
 * area needs no runs, which are nine tenths of its time. Null for everything else.
 */
function easyInstance(shape: WovenShape, label: Label, size: Size): Instance | null {
  if (shape.type !== 'rectangle' && shape.type !== 'polygon') return null
  const isPolygon = shape.type === 'polygon'
  if (isPolygon && saidCrowd(shape, label) === true) return null
  const points = shape.points.map(round2)
  const box = boundingBox(points)
  if (box === null) return null
  return {
    leader: shape,
    label,
    segmentation: isPolygon ? [points] : [],
    area: isPolygon ? polygonCocoArea(points, ...size) : round2(boxArea(box)),
    bbox: toBbox(box),
    isCrowd: false,
  }
}

/** Null for what COCO cannot hold, and for pixels entirely outside the picture. */
function toMember(shape: WovenShape, label: Label, size: Size): Member | null {
  switch (shape.type) {
    case 'rectangle':
    case 'polygon': {
      const points = shape.points.map(round2)
      const box = boundingBox(points)
      const rle = shape.type === 'polygon' ? polygonToCoco(points, ...size) : null
      return box === null ? null : { shape, label, points, rle, box }
    }
    case 'mask':
    case 'ellipse': {
      const rle =
        shape.type === 'mask'
          ? maskToCoco(shape.points, ...size)
          : bitmapToCoco(ellipseToBitmap(shape.points, shape.rotation, ...size), ...size)
      const box = cocoBox(rle)
      return box === null ? null : { shape, label, points: [], rle, box }
    }
    default:
      return null
  }
}

function toInstance(members: readonly Member[]): Instance {
  const leader = members.reduce((best, each) => (areaOf(each) > areaOf(best) ? each : best))
  const box = members.map((member) => member.box).reduce(uniteBoxes)
  const union = uniteCoco(members.flatMap(({ rle }) => rle ?? []))
  // A polygon thinner than a pixel would vanish as a mask.
  const hasPixels = union !== null && cocoArea(union.counts) > 0
  const isCrowd = hasPixels && isCrowdGroup(leader, members)
  return {
    leader: leader.shape,
    label: leader.label,
    segmentation: isCrowd ? union : members.flatMap(toPolygons),
    area: union === null ? round2(boxArea(box)) : cocoArea(union.counts),
    bbox: toBbox(box),
    isCrowd,
  }
}

function areaOf({ rle, box }: Member): number {
  return rle === null ? boxArea(box) : cocoArea(rle.counts)
}

function toBbox({ left, top, right, bottom }: Box): Instance['bbox'] {
  return [left, top, round2(right - left), round2(bottom - top)]
}

/** The leader's own word counts; without it, a mask of the leader's label makes the group a crowd. */
function isCrowdGroup(leader: Member, members: readonly Member[]): boolean {
  const said = saidCrowd(leader.shape, leader.label)
  return said ?? members.some((member) => isMask(member) && member.label === leader.label)
}

/** What the attribute `is_crowd` says; null for labels without one. */
export function saidCrowd(shape: Shape, label: Label): boolean | null {
  const spec = label.attributes.find(({ name }) => name === 'is_crowd')
  if (spec === undefined) return null
  return spec.inputType === 'checkbox' && attributeValue(spec, shape.attributes) === 'true'
}

function isMask({ shape }: Member): boolean {
  return shape.type === 'mask' || shape.type === 'ellipse'
}

function toPolygons(member: Member): (readonly number[])[] {
  if (member.rle === null) return []
  if (!isMask(member)) return [member.points]
  const mask = cocoToMask(member.rle)
  return mask === null ? [] : joinHoles(maskKernels().contours(mask))
}
