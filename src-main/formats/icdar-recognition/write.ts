import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import { onOneLine, textOf } from '../common/icdar.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { captionLine } from './captions.ts'

/** ICDAR Recognition 1.0 as CVAT writes it: `<subset>/gt.txt` with a line for every frame, pictures in `<subset>/images/`. */
export async function writeRecognition(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  for (const subset of source.subsets) {
    await output.text(`${subset}/gt.txt`, linesOf(source, context, subset))
  }
  if (!withImages) return
  const path = ({ subset, fileName }: DatasetFrame) => `${subset}/images/${fileName}`
  await writeImages(source, output, context, path)
}

function* linesOf(source: DatasetSource, context: WorkContext, subset: string): Generator<string> {
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const texts = annotations.flatMap((one) => textOf(one, labels.get(one.labelId)) ?? [])
    yield captionLine(frame.fileName, texts.map(onOneLine))
  }
}
