import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { canvasSize } from '../common/canvas-size.ts'
import { numberedEdges } from '../common/edges.ts'
import { createItemIds } from '../common/item-ids.ts'
import { flatLabels } from '../common/label-index.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { createRecordWriter, type WriteRecord } from './record.ts'

/** Datumaro 1.0 as CVAT writes it: `annotations/<subset>.json`, and `images/<subset>/` on wish. */
export async function writeDatumaro(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const idOf = createItemIds()
  for (const subset of source.subsets) {
    await output.text(`annotations/${subset}.json`, document(source, subset, { context, idOf }))
  }
  if (withImages) {
    const nameOf = ({ subset, fileName }: DatasetFrame) => `images/${subset}/${fileName}`
    await writeImages(source, output, context, nameOf)
  }
}

interface Writing {
  readonly context: WorkContext
  readonly idOf: (frame: DatasetFrame) => string
}

function* document(
  source: DatasetSource,
  subset: string,
  { context, idOf }: Writing,
): Generator<string> {
  const out = new TextBuffer()
  const writeRecord = createRecordWriter(source.labels)
  out.text(`{"info":{},"categories":${JSON.stringify(categories(source.labels))},"items":[`)
  let isFirst = true
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    out.text(isFirst ? '{"id":' : ',{"id":')
    isFirst = false
    out.jsonString(idOf(frame))
    out.text(',"annotations":[')
    writeAnnotations(out, { frame, annotations, writeRecord })
    writeMedia(out, frame)
    if (out.isFull()) yield out.take()
  }
  out.text(']}')
  yield out.take()
}

function categories(labels: readonly Label[]) {
  const flat = flatLabels(labels)
  const names = flat.flatMap(({ label }) => label.attributes.map(({ name }) => name))
  return {
    label: {
      labels: flat.map(({ label, parent }) => ({
        ...{ name: label.name, parent: parent?.name ?? '', attributes: [] },
      })),
      attributes: [...new Set([...names, 'occluded'])].sort(),
    },
    points: { items: flat.flatMap(({ label }, index) => skeleton(labels, label.id, index)) },
  }
}

function skeleton(labels: readonly Label[], id: number, index: number) {
  const label = labels.find((one) => one.id === id && one.type === 'skeleton')
  if (label === undefined) return []
  const joints = label.sublabels.map(({ name }) => name)
  return [{ label_id: index, labels: joints, joints: numberedEdges(label) }]
}

/** Tags first, then shapes in drawing order. */
function writeAnnotations(
  out: TextBuffer,
  {
    frame,
    annotations,
    writeRecord,
  }: {
    readonly frame: DatasetFrame
    readonly annotations: readonly (Tag | WovenShape)[]
    readonly writeRecord: WriteRecord
  },
): void {
  const shapes = annotations.filter((one) => one.kind === 'shape')
  const tags = annotations.filter((one) => one.kind === 'tag')
  const size = canvasSize(shapes, frame)
  let written = 0
  for (const annotation of [...tags, ...shapes]) {
    if (writeRecord(out, annotation, { size, isFirst: written === 0 })) written++
  }
}

function writeMedia(out: TextBuffer, { absolute, fileName, width, height }: DatasetFrame): void {
  out.text(`],"attr":{"frame":${absolute}},"image":{"path":`)
  out.jsonString(fileName)
  // A picture that cannot be read has no size that anyone knows.
  out.text(width > 0 && height > 0 ? `,"size":[${height},${width}]}}` : '}}')
}
