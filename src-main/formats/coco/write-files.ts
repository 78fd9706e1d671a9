import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { flatLabels } from '../common/label-index.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import type { CocoTaskName } from './entries.ts'
import { createRecordWriter, type WriteRecord } from './record.ts'

export interface CocoFrame {
  readonly frame: DatasetFrame
  readonly shapes: readonly WovenShape[]
  readonly labels: ReadonlyMap<number, Label>
  /** Numbers the record and writes it. */
  record(instance: Parameters<WriteRecord>[1], joints?: Parameters<WriteRecord>[3]): void
}

/** What the files of one COCO task hold. */
export interface CocoContent {
  readonly name: CocoTaskName
  categories(labels: readonly Label[]): readonly object[]
  /** Gives every record of one frame. */
  writeFrame(frame: CocoFrame): void
}

/**
 * COCO as CVAT writes it: `annotations/<task>_<subset>.json`, and `images/<subset>/` on wish. Frames are walked twice, since
 * the list of images stands before the annotations and neither may sit in memory whole.
 */
export async function writeCocoFiles(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
  content: CocoContent,
): Promise<void> {
  // Images are numbered through all subsets, annotations in each file.
  let images = 0
  for (const subset of source.subsets) {
    const imageIds = new Map<number, number>()
    const pieces = document(source, { subset, content, context, imageIds, images })
    await output.text(`annotations/${content.name}_${subset}.json`, pieces)
    images += imageIds.size
  }
  if (withImages) {
    const nameOf = ({ subset, fileName }: DatasetFrame) => `images/${subset}/${fileName}`
    await writeImages(source, output, context, nameOf)
  }
}

interface Writing {
  readonly subset: string
  readonly content: CocoContent
  readonly context: WorkContext
  /** Ids of the images written so far by frame, so that both walks agree whatever happens in between. */
  readonly imageIds: Map<number, number>
  /** How many images other files have. */
  readonly images: number
}

const HEAD =
  '{"licenses":[{"name":"","id":0,"url":""}],' +
  '"info":{"contributor":"","date_created":"","description":"","url":"","version":"","year":""},'

function* document(source: DatasetSource, writing: Writing): Generator<string> {
  const { subset, content, context, imageIds, images } = writing
  const out = new TextBuffer()
  out.text(HEAD)
  out.text(`"categories":${JSON.stringify(content.categories(source.labels))},"images":[`)
  for (const frame of source.framesOnly(subset)) {
    throwIfCancelled(context.signal, 'The export')
    if (imageIds.size > 0) out.text(',')
    const id = images + imageIds.size + 1
    imageIds.set(frame.index, id)
    writeImage(out, frame, id)
    if (out.isFull()) yield out.take()
  }
  out.text('],"annotations":[')
  yield* annotationRecords(source, writing, out)
  out.text(']}')
  yield out.take()
}

function writeImage(out: TextBuffer, { fileName, width, height }: DatasetFrame, id: number): void {
  out.text(`{"id":${id},"width":${width},"height":${height},"file_name":`)
  out.jsonString(fileName)
  out.text(',"license":0,"flickr_url":"","coco_url":"","date_captured":0}')
}

function* annotationRecords(
  source: DatasetSource,
  { subset, content, context, imageIds }: Writing,
  out: TextBuffer,
): Generator<string> {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const categoryIds = new Map(flatLabels(source.labels).map(({ label }, i) => [label.id, i + 1]))
  const writeRecord = createRecordWriter()
  let id = 0
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const imageId = imageIds.get(frame.index)
    if (imageId === undefined) continue
    content.writeFrame({
      ...{ frame, labels, shapes: annotations.filter((one) => one.kind === 'shape') },
      record(instance, joints) {
        const categoryId = categoryIds.get(instance.label.id) ?? 0
        writeRecord(out, instance, { id: ++id, imageId, categoryId }, joints)
      },
    })
    if (out.isFull()) yield out.take()
  }
}
