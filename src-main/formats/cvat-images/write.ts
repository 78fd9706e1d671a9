import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { ELEMENTS, writeGeometry } from './geometry.ts'
import { metaElement } from './meta.ts'
import { writeAttributes } from './write-attributes.ts'
import { attributes, quoteAttribute } from './xml-text.ts'

/** CVAT for images 1.1, byte for byte as CVAT writes it: `annotations.xml` and `images/` on wish. */
export async function writeCvatImages(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  await output.text('annotations.xml', document(source, context))
  if (withImages) await writeImages(source, output, context, imageNames(source))
}

/** Where pictures lie: of a project, each subset in a folder of its own. */
export function imageNames({ project }: DatasetSource): (frame: DatasetFrame) => string {
  return ({ subset, fileName }) =>
    project === null ? `images/${fileName}` : `images/${subset}/${fileName}`
}

function* document(source: DatasetSource, context: WorkContext): Generator<string> {
  const out = new TextBuffer()
  out.text('<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n')
  out.text(metaElement(source))
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  for (const { frame, annotations } of progressOf(source, context)) {
    writeImage(out, frame, { annotations, labels, place: placeOf(source, frame) })
    if (out.isFull()) yield out.take()
  }
  out.text('</annotations>\n')
  yield out.take()
}

type Labels = ReadonlyMap<Label['id'], Label>

/** In a project's file a picture says where it is from. */
function placeOf(
  { project }: DatasetSource,
  { index, subset }: DatasetFrame,
): [string, string | number][] {
  const part = project?.parts.findLast(({ first }) => first <= index)
  return part
    ? [
        ['subset', subset],
        ['task_id', part.task.id],
      ]
    : []
}

function writeImage(
  out: TextBuffer,
  { absolute, name, width, height }: DatasetFrame,
  {
    annotations,
    labels,
    place,
  }: {
    annotations: readonly (Tag | Shape)[]
    labels: Labels
    place: readonly [string, string | number][]
  },
): void {
  const shapes = annotations.filter((annotation) => annotation.kind === 'shape')
  const tags = annotations.filter((annotation) => annotation.kind === 'tag')
  const head = attributes([
    ['id', absolute],
    ['name', name],
    ...place,
    ['width', width],
    ['height', height],
  ])
  out.text(`  <image${head}>\n`)
  for (const shape of shapes.sort((a, b) => a.zOrder - b.zOrder)) {
    writeShape(out, shape, labels.get(shape.labelId))
  }
  for (const tag of tags) writeTag(out, tag, labels.get(tag.labelId))
  out.text('  </image>\n')
}

function writeShape(out: TextBuffer, shape: Shape, label: Label | undefined): void {
  if (label === undefined) return
  const name = ELEMENTS[shape.type]
  out.text(`    <${name}`)
  writeCommon(out, label, shape)
  if (shape.type !== 'skeleton') out.text(shape.occluded ? ' occluded="1"' : ' occluded="0"')
  writeGeometry(out, shape.type, shape.points, shape.rotation)
  out.text(' z_order="')
  out.whole(shape.zOrder)
  out.text('"')
  writeGroup(out, shape.group)
  out.text('>\n')
  for (const element of shape.elements) writeJoint(out, element, { shape, skeleton: label })
  writeAttributes(out, label, shape.attributes, '      ')
  out.text(`    </${name}>\n`)
}

function writeJoint(
  out: TextBuffer,
  element: Shape['elements'][number],
  { shape, skeleton }: { shape: Shape; skeleton: Label },
): void {
  const label = skeleton.sublabels.find(({ id }) => id === element.labelId)
  if (label === undefined) return
  out.text('      <points')
  writeCommon(out, label, shape)
  out.text(` outside="${element.outside ? 1 : 0}" occluded="${element.occluded ? 1 : 0}"`)
  writeGeometry(out, 'points', element.points, 0)
  out.text('>\n')
  writeAttributes(out, label, element.attributes, '        ')
  out.text('      </points>\n')
}

function writeTag(out: TextBuffer, tag: Tag, label: Label | undefined): void {
  if (label === undefined) return
  out.text('    <tag')
  writeCommon(out, label, tag)
  writeGroup(out, tag.group)
  out.text('>\n')
  writeAttributes(out, label, tag.attributes, '      ')
  out.text('    </tag>\n')
}

function writeCommon(out: TextBuffer, label: Sublabel, { source }: Tag | Shape): void {
  out.text(' label=')
  out.text(quoteAttribute(label.name))
  out.text(` source="${source}"`)
}

function writeGroup(out: TextBuffer, number: number): void {
  if (number !== 0) out.text(` group_id="${number}"`)
}
