/** COCO's annotation records as text. Everything that is the same for all annotations of a label is made once. */
import type { Shape } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from '../common/label-index.ts'
import type { TextBuffer } from '../common/text-buffer.ts'
import type { Instance } from './instances.ts'

export interface RecordIds {
  readonly id: number
  readonly imageId: number
  readonly categoryId: number
}

/** Attributes with a key of their own in COCO. */
const OWN_KEYS = new Set(['is_crowd', 'score'])

interface LabelPlan {
  /** Attributes to write, each with its key as JSON. */
  readonly attributes: readonly { readonly spec: AttributeSpec; readonly key: string }[]
  /** The attribute that gives the score, if the label has one. */
  readonly score: AttributeSpec | null
}

export type WriteRecord = (out: TextBuffer, instance: Instance, ids: RecordIds) => void

export function createRecordWriter(): WriteRecord {
  const plans = new Map<Label, LabelPlan>()
  return (out, instance, ids) => {
    const { leader, label } = instance
    const plan = plans.get(label) ?? planOf(label)
    plans.set(label, plan)
    writeGeometry(out, instance, ids)
    const score = scoreOf(leader, plan)
    if (score !== null) {
      out.text('"score":')
      out.float(score)
      out.text(',')
    }
    writeAttributes(out, leader, plan)
  }
}

function planOf(label: Label): LabelPlan {
  const named = label.attributes.filter(({ name }) => !OWN_KEYS.has(name))
  return {
    attributes: named.map((spec) => ({ spec, key: `${JSON.stringify(spec.name)}:` })),
    score: label.attributes.find(({ name }) => name === 'score') ?? null,
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

function writeAttributes(out: TextBuffer, shape: WovenShape, plan: LabelPlan): void {
  out.text('"attributes":{')
  for (const { spec, key } of plan.attributes) {
    out.text(key)
    writeValue(out, spec, attributeValue(spec, shape.attributes))
    out.text(',')
  }
  out.text(shape.occluded ? '"occluded":true' : '"occluded":false')
  if (shape.type === 'rectangle') {
    out.text(',"rotation":')
    out.float(shape.rotation)
  }
  if (shape.track !== undefined) {
    out.text(',"track_id":')
    out.whole(shape.track.id)
    out.text(shape.track.keyframe ? ',"keyframe":true' : ',"keyframe":false')
  }
  out.text('}}')
}

/** Numbers as floats, checkboxes as booleans, everything else as text. */
function writeValue(out: TextBuffer, spec: AttributeSpec, value: string): void {
  const number = spec.inputType === 'number' ? numberOf(value) : null
  if (number !== null) out.float(number)
  else if (spec.inputType === 'checkbox') out.text(value === 'true' ? 'true' : 'false')
  else out.jsonString(value)
}

function scoreOf(shape: Shape, { score }: LabelPlan): number | null {
  const said = score === null ? null : numberOf(attributeValue(score, shape.attributes))
  return said ?? shape.score
}

function numberOf(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}
