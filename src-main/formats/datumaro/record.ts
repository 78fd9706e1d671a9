/** Datumaro's annotation records as text: a head all types share, and what each has beside it. */
import type { SkeletonElement, Tag } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { bitmapToCoco, cocoArea, compressCounts, maskToCoco } from '#shared/geometry/coco-rle.ts'
import { ellipseToBitmap } from '#shared/geometry/ellipse.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { Size } from '../common/canvas-size.ts'
import { round2 } from '../common/decimals.ts'
import { jointsInOrder, writeJoints } from '../common/joints.ts'
import { type AttributeWriter, createAttributeWriter } from '../common/json-attributes.ts'
import { flatLabels } from '../common/label-index.ts'
import type { TextBuffer } from '../common/text-buffer.ts'

/** @returns false, with nothing written, for what the format has no place for */
export type WriteRecord = (
  out: TextBuffer,
  annotation: Tag | WovenShape,
  place: { readonly size: Size; readonly isFirst: boolean },
) => boolean

const TYPES: Partial<Record<WovenShape['type'], string>> = {
  rectangle: 'bbox',
  polygon: 'polygon',
  polyline: 'polyline',
  points: 'points',
  ellipse: 'mask',
  mask: 'mask',
  skeleton: 'skeleton',
}

export function createRecordWriter(labels: readonly Label[]): WriteRecord {
  const attributes = createAttributeWriter()
  const ids = new Map(flatLabels(labels).map(({ label }, index) => [label.id, index]))
  const byId = new Map(labels.map((label) => [label.id, label]))
  return (out, annotation, { size, isFirst }) => {
    const label = byId.get(annotation.labelId)
    const labelId = ids.get(annotation.labelId)
    const type = annotation.kind === 'tag' ? 'label' : TYPES[annotation.type]
    if (label === undefined || labelId === undefined || type === undefined) return false
    const counts = type === 'mask' ? countsOf(annotation as WovenShape, size) : []
    if (counts === null) return false
    out.text(isFirst ? '{"id":0,"type":"' : ',{"id":0,"type":"')
    out.text(type)
    out.text('","attributes":')
    attributes.annotation(out, annotation, label)
    out.text(',"group":')
    out.whole(annotation.group)
    out.text(',"label_id":')
    out.whole(labelId)
    if (annotation.kind === 'shape') {
      if (type === 'mask') writeMask(out, annotation, { counts, size })
      else writeGeometry(out, annotation, { label, attributes })
    }
    out.text('}')
    return true
  }
}

/** Runs over the whole picture; null for a mask that lies entirely outside of it. */
function countsOf({ type, points, rotation }: WovenShape, size: Size): readonly number[] | null {
  const { counts } =
    type === 'mask'
      ? maskToCoco(points, ...size)
      : bitmapToCoco(ellipseToBitmap(points, rotation, ...size), ...size)
  return cocoArea(counts) > 0 ? counts : null
}

function writeMask(
  out: TextBuffer,
  { zOrder }: WovenShape,
  { counts, size: [height, width] }: { counts: readonly number[]; size: Size },
): void {
  out.text(',"rle":{"counts":')
  out.jsonString(compressCounts(counts))
  out.text(`,"size":[${height},${width}]}`)
  writeZOrder(out, zOrder)
}

function writeGeometry(
  out: TextBuffer,
  shape: WovenShape,
  { label, attributes }: { label: Label; attributes: AttributeWriter },
): void {
  const { type, zOrder } = shape
  if (type === 'skeleton') {
    writeSkeleton(out, shape, { label, attributes })
    // Datumaro knows no z-order of skeletons and passes this over; we find it again.
    if (zOrder !== 0) writeZOrder(out, zOrder)
    return
  }
  const points = shape.points.map(round2)
  if (type === 'rectangle') {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
    writeZOrder(out, zOrder)
    writeList(out, ',"bbox":[', [x1, y1, round2(x2 - x1), round2(y2 - y1)])
    return
  }
  writeList(out, ',"points":[', points)
  writeZOrder(out, zOrder)
  if (type === 'points') out.text(`,"visibility":[${points.map(() => 2).slice(points.length / 2)}]`)
}

function writeSkeleton(
  out: TextBuffer,
  { elements }: WovenShape,
  { label, attributes }: { label: Label; attributes: AttributeWriter },
): void {
  const joints = jointsInOrder(label, elements)
  out.text(',"points":[')
  writeJoints(out, joints)
  out.text('],"points_attributes":[')
  for (const [i, joint] of joints.entries()) {
    if (i > 0) out.text(',')
    if (joint === null) out.text('{}')
    else writeJointAttributes(out, joint, { label: label.sublabels[i], attributes })
  }
  out.text(']')
}

/** A joint's visibility says outside or occluded; one that is both says the second here. */
function writeJointAttributes(
  out: TextBuffer,
  joint: SkeletonElement,
  { label, attributes }: { label: Sublabel | undefined; attributes: AttributeWriter },
): void {
  if (label === undefined) return
  const more = joint.outside && joint.occluded ? '"occluded":true' : ''
  attributes.joint(out, joint.attributes, label, more)
}

function writeList(out: TextBuffer, key: string, numbers: readonly number[]): void {
  out.text(key)
  out.floats(numbers, ',')
  out.text(']')
}

function writeZOrder(out: TextBuffer, zOrder: number): void {
  out.text(',"z_order":')
  out.whole(zOrder)
}
