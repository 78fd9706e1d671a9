import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { flatLabels } from '../common/label-index.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { toInstances } from './instances.ts'
import { createRecordWriter } from './record.ts'

/**
 * COCO 1.0 as CVAT writes it: `annotations/instances_default.json`, and `images/default/` on wish. The
 * frames are walked twice, since the list of images stands before the annotations and neither may sit in memory whole.
 */
export async function writeCoco(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  await output.text('annotations/instances_default.json', document(source, context))
  if (withImages) {
    await writeImages(source, output, context, (frame) => `images/default/${frame.fileName}`)
  }
}

const HEAD =
  '{"licenses":[{"name":"","id":0,"url":""}],' +
  '"info":{"contributor":"","date_created":"","description":"","url":"","version":"","year":""},'

function* document(source: DatasetSource, context: WorkContext): Generator<string> {
  const out = new TextBuffer()
  out.text(HEAD)
  out.text(`"categories":[${categories(source.labels).join(',')}],"images":[`)
  // Image ids are kept by frame, so that both walks agree whatever happens in between.
  const imageIds = new Map<number, number>()
  for (const frame of source.framesOnly()) {
    throwIfCancelled(context.signal, 'The export')
    const id = imageIds.size + 1
    imageIds.set(frame.index, id)
    writeImage(out, frame, id)
    if (out.isFull()) yield out.take()
  }
  out.text('],"annotations":[')
  yield* annotationRecords(source, { out, imageIds, context })
  out.text(']}')
  yield out.take()
}

function categories(labels: readonly Label[]): string[] {
  return flatLabels(labels).map(({ label, parent }, index) =>
    JSON.stringify({ id: index + 1, name: label.name, supercategory: parent?.name ?? '' }),
  )
}

function writeImage(out: TextBuffer, { fileName, width, height }: DatasetFrame, id: number): void {
  out.text(`${id === 1 ? '' : ','}{"id":${id},"width":${width},"height":${height},"file_name":`)
  out.jsonString(fileName)
  out.text(',"license":0,"flickr_url":"","coco_url":"","date_captured":0}')
}

function* annotationRecords(
  source: DatasetSource,
  {
    out,
    imageIds,
    context,
  }: { out: TextBuffer; imageIds: ReadonlyMap<number, number>; context: WorkContext },
): Generator<string> {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const categoryIds = new Map(flatLabels(source.labels).map(({ label }, i) => [label.id, i + 1]))
  const writeRecord = createRecordWriter()
  let id = 0
  for (const { frame, annotations } of progressOf(source, context)) {
    const imageId = imageIds.get(frame.index)
    if (imageId === undefined) continue
    const shapes = annotations.filter((annotation) => annotation.kind === 'shape')
    for (const instance of toInstances(shapes, frame, labels)) {
      const categoryId = categoryIds.get(instance.label.id) ?? 0
      writeRecord(out, instance, { id: ++id, imageId, categoryId })
      if (out.isFull()) yield out.take()
    }
  }
}
