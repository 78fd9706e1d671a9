/** COCO's annotation records as text. Everything that is the same for all annotations of a label is made once. */
import type { Shape, SkeletonElement } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import { visibilityOf, writeJoints } from '../common/joints.ts'
import { createAttributeWriter } from '../common/json-attributes.ts'
import { attributeValue } from '../common/label-index.ts'
import type { TextBuffer } from '../common/text-buffer.ts'
import { numberOf } from '../common/typed-values.ts'
import type { Instance } from './instances.ts'

export interface RecordIds {
  /** From 1 in each file. */
  readonly id: number
  readonly imageId: number
  readonly categoryId: number
}

/** Attributes with a key of their own in COCO. */
const OWN_KEYS = new Set(['is_crowd', 'score'])

/** @param joints of a skeleton, in the order of its category's names */
export type WriteRecord = (
  out: TextBuffer,
  instance: Instance,
  ids: RecordIds,
  joints?: readonly (SkeletonElement | null)[],
) => void

export function createRecordWriter(): WriteRecord {
  const attributes = createAttributeWriter(OWN_KEYS)
  const scores = new Map<Label, AttributeSpec | null>()
  return (out, instance, ids, joints) => {
    const { leader, label } = instance
    let spec = scores.get(label)
    if (spec === undefined) {
      spec = label.attributes.find(({ name }) => name === 'score') ?? null
      scores.set(label, spec)
    }
    writeGeometry(out, instance, ids)
    const score = scoreOf(leader, spec)
    if (score !== null) {
      out.text('"score":')
      out.float(score)
      out.text(',')
    }
    out.text('"attributes":')
    attributes.annotation(out, leader, label)
    if (joints !== undefined) writeKeypoints(out, joints)
    out.text('}')
  }
}

function writeGeometry(out: TextBuffer, instance: Instance, ids: RecordIds): void {
  out.text(ids.id === 1 ? '{"id":' : ',{"id":')
  out.whole(ids.id)
  out.text(',"image_id":')
  out.whole(ids.imageId)
  out.text(',"category_id":')
  out.whole(ids.categoryId)
  out.text(',"segmentation":')
  writeSegmentation(out, instance.segmentation)
  out.text(',"area":')
  out.float(instance.area)
  out.text(',"bbox":[')
  out.floats(instance.bbox, ',')
  out.text(instance.isCrowd ? '],"iscrowd":1,' : '],"iscrowd":0,')
}

function writeSegmentation(out: TextBuffer, segmentation: Instance['segmentation']): void {
  if ('counts' in segmentation) {
    out.text('{"counts":[')
    out.wholes(segmentation.counts, ',')
    out.text('],"size":[')
    out.wholes(segmentation.size, ',')
    out.text(']}')
    return
  }
  out.text('[')
  for (const [i, part] of segmentation.entries()) {
    out.text(i === 0 ? '[' : ',[')
    out.floats(part, ',')
    out.text(']')
  }
  out.text(']')
}

function writeKeypoints(out: TextBuffer, joints: readonly (SkeletonElement | null)[]): void {
  out.text(',"keypoints":[')
  writeJoints(out, joints)
  out.text('],"num_keypoints":')
  out.whole(joints.filter((joint) => visibilityOf(joint) !== 0).length)
}

function scoreOf(shape: Shape, spec: AttributeSpec | null): number | null {
  const said = spec === null ? null : numberOf(attributeValue(spec, shape.attributes))
  return said ?? shape.score
}
