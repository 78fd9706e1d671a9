import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { AttributeValue, Shape, Tag } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { allAttributeValues } from '../common/label-index.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { ELEMENTS, geometryAttributes } from './geometry.ts'
import { metaElement } from './meta.ts'
import { attributes, escapeText, quoteAttribute } from './xml-text.ts'

/** CVAT for images 1.1, byte for byte as CVAT writes it (formats.md 3): `annotations.xml` and `images/` on wish. */
export async function writeCvatImages(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context, now }: { withImages: boolean; context: WorkContext; now: Date },
): Promise<void> {
  await output.text('annotations.xml', document(source, context, now))
  if (withImages) await writeImages(source, output, context, ({ name }) => `images/${name}`)
}

function* document(source: DatasetSource, context: WorkContext, now: Date): Generator<string> {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n'
  yield metaElement(source, now)
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  for (const { frame, annotations } of progressOf(source, context)) {
    yield imageElement(frame, annotations, labels)
  }
  yield '</annotations>\n'
}

type Labels = ReadonlyMap<Label['id'], Label>

function imageElement(
  { absolute, name, width, height }: DatasetFrame,
  annotations: readonly (Tag | Shape)[],
  labels: Labels,
): string {
  const shapes = annotations.filter((annotation) => annotation.kind === 'shape')
  const tags = annotations.filter((annotation) => annotation.kind === 'tag')
  const inOrder = [...shapes].sort((a, b) => a.zOrder - b.zOrder)
  const head = attributes([
    ['id', absolute],
    ['name', name],
    ['width', width],
    ['height', height],
  ])
  let text = `  <image${head}>\n`
  for (const shape of inOrder) text += shapeElement(shape, labels.get(shape.labelId))
  for (const tag of tags) text += tagElement(tag, labels.get(tag.labelId))
  return `${text}  </image>\n`
}

function shapeElement(shape: Shape, label: Label | undefined): string {
  if (label === undefined) return ''
  const name = ELEMENTS[shape.type]
  const occluded = shape.type === 'skeleton' ? '' : ` occluded="${shape.occluded ? 1 : 0}"`
  const head =
    common(label, shape) +
    occluded +
    geometryAttributes(shape.type, shape.points, shape.rotation) +
    ` z_order="${shape.zOrder}"` +
    group(shape.group)
  const joints = shape.elements.map((element) => jointElement(element, shape, label)).join('')
  const values = attributeElements(label, shape.attributes, '      ')
  return `    <${name}${head}>\n${joints}${values}    </${name}>\n`
}

function jointElement(element: Shape['elements'][number], shape: Shape, skeleton: Label): string {
  const label = skeleton.sublabels.find(({ id }) => id === element.labelId)
  if (label === undefined) return ''
  const flags = ` outside="${element.outside ? 1 : 0}" occluded="${element.occluded ? 1 : 0}"`
  const head = common(label, shape) + flags + geometryAttributes('points', element.points, 0)
  const values = attributeElements(label, element.attributes, '        ')
  return `      <points${head}>\n${values}      </points>\n`
}

function tagElement(tag: Tag, label: Label | undefined): string {
  if (label === undefined) return ''
  const head = common(label, tag) + group(tag.group)
  return `    <tag${head}>\n${attributeElements(label, tag.attributes, '      ')}    </tag>\n`
}

function common(label: Sublabel, { source }: Tag | Shape): string {
  return ` label=${quoteAttribute(label.name)} source="${source}"`
}

function group(number: number): string {
  return number === 0 ? '' : ` group_id="${number}"`
}

function attributeElements(
  label: Sublabel,
  values: readonly AttributeValue[],
  indent: string,
): string {
  return allAttributeValues(label, values)
    .map(
      ({ spec, value }) =>
        `${indent}<attribute name=${quoteAttribute(spec.name)}>${escapeText(value)}</attribute>\n`,
    )
    .join('')
}
