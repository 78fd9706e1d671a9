import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { pythonFloat } from '../common/decimals.ts'
import { allAttributeValues, flatLabels } from '../common/label-index.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { type Instance, toInstances } from './instances.ts'

/**
 * COCO 1.0 as CVAT writes it (formats.md 5): `annotations/instances_default.json`, and `images/default/` on wish. The
 * frames are walked twice, since the list of images stands before the annotations and neither may sit in memory whole.
 */
export async function writeCoco(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  await output.text('annotations/instances_default.json', document(source, context))
  if (withImages) {
    await writeImages(source, output, context, ({ name }) => `images/default/${name}`)
  }
}

const HEAD =
  '{"licenses":[{"name":"","id":0,"url":""}],' +
  '"info":{"contributor":"","date_created":"","description":"","url":"","version":"","year":""},'

function* document(source: DatasetSource, context: WorkContext): Generator<string> {
  yield HEAD
  yield `"categories":[${categories(source.labels).join(',')}],"images":[`
  // Image ids are kept by frame, so that both walks agree whatever happens in between.
  const imageIds = new Map<number, number>()
  for (const { frame } of source.frames()) {
    throwIfCancelled(context.signal, 'The export')
    const id = imageIds.size + 1
    imageIds.set(frame.index, id)
    yield (id === 1 ? '' : ',') + imageRecord(frame, id)
  }
  yield '],"annotations":['
  yield* annotationRecords(source, imageIds, context)
  yield ']}'
}

function categories(labels: readonly Label[]): string[] {
  return flatLabels(labels).map(({ label, parent }, index) =>
    JSON.stringify({ id: index + 1, name: label.name, supercategory: parent?.name ?? '' }),
  )
}

function imageRecord({ name, width, height }: DatasetFrame, id: number): string {
  const fileName = JSON.stringify(name)
  return (
    `{"id":${id},"width":${width},"height":${height},"file_name":${fileName},` +
    '"license":0,"flickr_url":"","coco_url":"","date_captured":0}'
  )
}

function* annotationRecords(
  source: DatasetSource,
  imageIds: ReadonlyMap<number, number>,
  context: WorkContext,
): Generator<string> {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const categoryIds = new Map(flatLabels(source.labels).map(({ label }, i) => [label.id, i + 1]))
  let id = 0
  for (const { frame, annotations } of progressOf(source, context)) {
    const imageId = imageIds.get(frame.index)
    if (imageId === undefined) continue
    const shapes = annotations.filter((annotation) => annotation.kind === 'shape')
    for (const instance of toInstances(shapes, frame, labels)) {
      const categoryId = categoryIds.get(instance.label.id) ?? 0
      id++
      yield (id === 1 ? '' : ',') + annotationRecord(instance, { id, imageId, categoryId })
    }
  }
}

function annotationRecord(
  instance: Instance,
  { id, imageId, categoryId }: { id: number; imageId: number; categoryId: number },
): string {
  const { leader, label, area, bbox, isCrowd } = instance
  const score = scoreOf(leader, label)
  return (
    `{"id":${id},"image_id":${imageId},"category_id":${categoryId},` +
    `"segmentation":${segmentationText(instance.segmentation)},"area":${pythonFloat(area)},` +
    `"bbox":[${bbox.map(pythonFloat).join(',')}],"iscrowd":${isCrowd ? 1 : 0},` +
    `${score === null ? '' : `"score":${pythonFloat(score)},`}` +
    `"attributes":{${attributePairs(leader, label).join(',')}}}`
  )
}

function segmentationText(segmentation: Instance['segmentation']): string {
  if ('counts' in segmentation) {
    return `{"counts":[${segmentation.counts.join(',')}],"size":[${segmentation.size.join(',')}]}`
  }
  return `[${segmentation.map((part) => `[${part.map(pythonFloat).join(',')}]`).join(',')}]`
}

/** Attributes with a key of their own in COCO. */
const OWN_KEYS = new Set(['is_crowd', 'score'])

function attributePairs(shape: Shape, label: Label): string[] {
  const pairs = allAttributeValues(label, shape.attributes)
    .filter(({ spec }) => !OWN_KEYS.has(spec.name))
    .map(({ spec, value }) => `${JSON.stringify(spec.name)}:${valueText(spec, value)}`)
  pairs.push(`"occluded":${shape.occluded}`)
  if (shape.type === 'rectangle') pairs.push(`"rotation":${pythonFloat(shape.rotation)}`)
  return pairs
}

/** Numbers as floats, checkboxes as booleans, everything else as text (formats.md 2.4). */
function valueText(spec: AttributeSpec, value: string): string {
  const number = Number(value)
  if (spec.inputType === 'number' && value.trim() !== '' && Number.isFinite(number)) {
    return pythonFloat(number)
  }
  if (spec.inputType === 'checkbox') return String(value === 'true')
  return JSON.stringify(value)
}

function scoreOf(shape: Shape, label: Label): number | null {
  const said = allAttributeValues(label, shape.attributes).find(({ spec }) => spec.name === 'score')
  const number = said === undefined || said.value.trim() === '' ? Number.NaN : Number(said.value)
  return Number.isFinite(number) ? number : shape.score
}
