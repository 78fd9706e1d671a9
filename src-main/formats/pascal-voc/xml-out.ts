/**
 * One picture's XML file, spelled as CVAT's exports have it: two blanks deeper each, no declaration. What is the same for all
 * objects of a label is made once; put together from lists of elements, files took five times as long.
 */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { round2 } from '../common/decimals.ts'
import { attributeValue } from '../common/label-index.ts'
import { isTrue } from '../common/read-attributes.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { looseScore, typedValue, writtenSpecs } from '../common/typed-values.ts'
import { escapeText } from '../cvat-images/xml-text.ts'

export interface VocPicture {
  readonly id: string
  /** Path of its picture: the id with an extension. */
  readonly fileName: string
  readonly frame: Pick<DatasetFrame, 'width' | 'height'>
  readonly hasMasks: boolean
}

export interface VocBox {
  readonly shape: WovenShape
  readonly label: Label
}

interface LabelPlan {
  readonly name: string
  readonly specs: readonly AttributeSpec[]
  readonly truncated: AttributeSpec | undefined
  readonly difficult: AttributeSpec | undefined
  readonly pose: AttributeSpec | undefined
  /** Attributes that no element of their own tells, each with what stands before its value. */
  readonly attributes: readonly { readonly spec: AttributeSpec; readonly opening: string }[]
}

export type WriteXml = (picture: VocPicture, boxes: readonly VocBox[]) => string

export function createXmlWriter(): WriteXml {
  const out = new TextBuffer()
  const plans = new Map<Label, LabelPlan>()
  return (picture, boxes) => {
    writeHead(out, picture)
    for (const { shape, label } of boxes) {
      const plan = plans.get(label) ?? planOf(label)
      plans.set(label, plan)
      writeObject(out, shape, plan)
    }
    out.text('</annotation>\n')
    return out.take()
  }
}

function planOf(label: Label): LabelPlan {
  const specs = writtenSpecs(label)
  const named = (name: string) => specs.find((spec) => spec.name === name)
  // A flag that is no checkbox but a text says more than 0 or 1.
  const isTold = ({ name, inputType }: AttributeSpec) =>
    name === 'pose' || ((name === 'truncated' || name === 'difficult') && inputType === 'checkbox')
  return {
    name: escapeText(label.name),
    specs,
    truncated: named('truncated'),
    difficult: named('difficult'),
    pose: named('pose'),
    attributes: specs
      .filter((spec) => !isTold(spec))
      .map((spec) => ({ spec, opening: opening(spec.name) })),
  }
}

function opening(name: string): string {
  return `      <attribute>\n        <name>${escapeText(name)}</name>\n        <value>`
}

const CLOSING = '</value>\n      </attribute>\n'
const SCORE = opening('score')
const ROTATION = opening('rotation')
const TRACK_ID = opening('track_id')
const KEYFRAME = opening('keyframe')
const SOURCE = ['database', 'annotation', 'image']
  .map((name) => `    <${name}>Unknown</${name}>\n`)
  .join('')

function writeHead(out: TextBuffer, { id, fileName, frame, hasMasks }: VocPicture): void {
  const { width, height } = frame
  // What stands before the first underscore, as the data set's years do.
  const folder = id.includes('_') ? id.slice(0, id.indexOf('_')) : ''
  out.text(`<annotation>\n  <folder>${escapeText(folder)}</folder>\n`)
  out.text(`  <filename>${escapeText(fileName)}</filename>\n  <source>\n${SOURCE}  </source>\n`)
  if (width > 0 && height > 0) {
    const sides = `    <width>${width}</width>\n    <height>${height}</height>\n`
    out.text(`  <size>\n${sides}    <depth></depth>\n  </size>\n`)
  }
  out.text(hasMasks ? '  <segmented>1</segmented>\n' : '  <segmented>0</segmented>\n')
}

function writeObject(out: TextBuffer, shape: WovenShape, plan: LabelPlan): void {
  const isSet = (spec: AttributeSpec | undefined) =>
    spec !== undefined && isTrue(typedValue(spec, attributeValue(spec, shape.attributes)))
  out.text('  <object>\n    <name>')
  out.text(plan.name)
  out.text('</name>\n')
  if (plan.pose !== undefined) {
    out.text('    <pose>')
    writeValue(out, plan.pose, attributeValue(plan.pose, shape.attributes))
    out.text('</pose>\n')
  }
  out.text(isSet(plan.truncated) ? TRUNCATED[1] : TRUNCATED[0])
  out.text(shape.occluded ? OCCLUDED[1] : OCCLUDED[0])
  out.text(isSet(plan.difficult) ? DIFFICULT[1] : DIFFICULT[0])
  writeBox(out, shape.points)
  writeAttributes(out, shape, plan)
  out.text('  </object>\n')
}

const flag = (name: string) => [`    <${name}>0</${name}>\n`, `    <${name}>1</${name}>\n`] as const
const [TRUNCATED, OCCLUDED, DIFFICULT] = [flag('truncated'), flag('occluded'), flag('difficult')]

function writeBox(out: TextBuffer, points: readonly number[]): void {
  out.text('    <bndbox>\n      <xmin>')
  out.float(round2(points[0] ?? 0))
  out.text('</xmin>\n      <ymin>')
  out.float(round2(points[1] ?? 0))
  out.text('</ymin>\n      <xmax>')
  out.float(round2(points[2] ?? 0))
  out.text('</xmax>\n      <ymax>')
  out.float(round2(points[3] ?? 0))
  out.text('</ymax>\n    </bndbox>\n')
}

function writeAttributes(out: TextBuffer, shape: WovenShape, plan: LabelPlan): void {
  out.text('    <attributes>\n')
  for (const { spec, opening: before } of plan.attributes) {
    out.text(before)
    writeValue(out, spec, attributeValue(spec, shape.attributes))
    out.text(CLOSING)
  }
  const score = looseScore(shape, plan.specs)
  if (score !== null) writeNumber(out, SCORE, score)
  writeNumber(out, ROTATION, shape.rotation)
  if (shape.track !== undefined) {
    out.text(TRACK_ID)
    out.whole(shape.track.id)
    out.text(CLOSING)
    out.text(KEYFRAME)
    out.text(shape.track.keyframe ? 'True' : 'False')
    out.text(CLOSING)
  }
  out.text('    </attributes>\n')
}

function writeNumber(out: TextBuffer, before: string, value: number): void {
  out.text(before)
  out.float(value)
  out.text(CLOSING)
}

/** As Python's `str` has it. */
function writeValue(out: TextBuffer, spec: AttributeSpec, text: string): void {
  const value = typedValue(spec, text)
  if (typeof value === 'number') out.float(value)
  else if (typeof value === 'boolean') out.text(value ? 'True' : 'False')
  else out.text(escapeText(value))
}
