import { createHash } from 'node:crypto'
import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import { hasSize } from '../common/relative-numbers.ts'
import { noteUnknownSize } from '../common/unknown-size.ts'
import { progressOf } from '../common/write-images.ts'
import { encodeExample, type Feature, type Features } from './example.ts'
import { labelMapText } from './label-map.ts'
import { type BoxObject, boxObjects, reachesBeyond } from './objects.ts'
import { toRecord } from './records.ts'

/**
 * TFRecord 1.0 as CVAT wrote it: `label_map.pbtxt`, and for each subset a file of records, one for each frame, with the
 * pictures in them on wish.
 * @throws CANCELLED
 */
export async function writeTfRecord(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  await output.text('label_map.pbtxt', [labelMapText(source.labels)])
  for (const subset of source.subsets) {
    const records = recordsOf(source, subset, { withImages, context })
    // Pictures are packed already.
    await output.stream(`${subset}.tfrecord`, records, !withImages)
  }
}

async function* recordsOf(
  source: DatasetSource,
  subset: string,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): AsyncGenerator<Uint8Array> {
  const labels = new Map(source.labels.map(({ id, name }, at) => [id, { name, number: at + 1 }]))
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const objects = boxObjects(annotations)
    noteUnknownSize(context, frame, objects.length)
    const beyond = hasSize(frame)
      ? objects.filter(({ box }) => reachesBeyond(box, frame)).length
      : 0
    if (beyond > 0) {
      context.note?.('boxes reach beyond their picture, to which an import cuts them', beyond)
    }
    const picture = withImages ? await source.image(frame) : null
    const boxes = hasSize(frame) ? boxFeatures(objects, frame, labels) : []
    yield toRecord(encodeExample(new Map([...pictureFeatures(frame, picture), ...boxes])))
  }
}

const FORMATS: Readonly<Record<string, string>> = { jpg: 'jpeg', jpeg: 'jpeg', png: 'png' }

function pictureFeatures(frame: DatasetFrame, picture: Uint8Array | null): Features {
  const extension = /\.([^./]+)$/.exec(frame.fileName)?.[1]?.toLowerCase() ?? ''
  const digest = picture === null ? '' : createHash('sha256').update(picture).digest('hex')
  return new Map([
    ['image/filename', texts([frame.fileName])],
    ['image/source_id', texts([''])],
    ['image/height', ints([frame.height])],
    ['image/width', ints([frame.width])],
    ['image/encoded', { kind: 'bytes', values: [picture ?? Buffer.alloc(0)] }],
    ['image/format', texts([FORMATS[extension] ?? ''])],
    ['image/key/sha256', texts([digest])],
  ])
}

function boxFeatures(
  objects: readonly BoxObject[],
  { width, height }: DatasetFrame,
  labels: ReadonlyMap<number, { readonly name: string; readonly number: number }>,
): [string, Feature][] {
  if (objects.length === 0) return []
  const found = objects.map(({ labelId }) => labels.get(labelId))
  return [
    ['image/object/bbox/xmin', floats(objects.map(({ box }) => box.left / width))],
    ['image/object/bbox/xmax', floats(objects.map(({ box }) => box.right / width))],
    ['image/object/bbox/ymin', floats(objects.map(({ box }) => box.top / height))],
    ['image/object/bbox/ymax', floats(objects.map(({ box }) => box.bottom / height))],
    ['image/object/class/text', texts(found.map((label) => printable(label?.name ?? '')))],
    ['image/object/class/label', ints(found.map((label) => label?.number ?? 0))],
  ]
}

/** Training tools of TensorFlow fail on labels that are not ASCII; `label_map.pbtxt` has the whole name. */
function printable(name: string): string {
  return name.replace(/[^\t-\r -~]/g, '')
}

function texts(values: readonly string[]): Feature {
  return { kind: 'bytes', values: values.map((text) => Buffer.from(text)) }
}

function ints(values: readonly number[]): Feature {
  return { kind: 'ints', values }
}

function floats(values: readonly number[]): Feature {
  return { kind: 'floats', values }
}
