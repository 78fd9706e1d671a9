import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import {
  BACKGROUND,
  type ColoredLabel,
  coloredLabels,
  inNameOrder,
  withOwnColors,
} from '../common/label-colors.ts'
import { paintingOf } from '../common/paint/areas.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { createSharedIds, pictureName } from '../common/shared-ids.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { labelMapLines } from '../pascal-voc/label-map.ts'
import { writeMaskPair } from '../pascal-voc/masks-out.ts'

/**
 * Segmentation mask 1.1 as CVAT writes it: PASCAL VOC's two pictures of masks for each frame that has any, in the colours of
 * the labels, and its list.
 */
export async function writeSegmentationMask(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = withBackground(inNameOrder(coloredLabels(source.labels)))
  const background = labels.find(({ name }) => name === BACKGROUND)?.color ?? 0
  const colors = new Map(labels.map(({ name, color }) => [name, color]))
  const names = new Map(source.labels.map(({ id, name }) => [id as number, name]))
  const colorOf = (labelId: number) => colors.get(names.get(labelId) ?? '') ?? background
  const idOf = createSharedIds()
  await output.text('labelmap.txt', labelMapLines(labels))
  for (const subset of source.subsets) {
    const listed: string[] = []
    for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
      const id = idOf(frame)
      const painting = paintingOf(arealShapes(annotations), frame)
      const hasMasks = painting.areas.length > 0
      if (hasMasks) await writeMaskPair(output, id, painting, { colorOf, background })
      // As in CVAT: a frame with nothing but lines, points or tags is on no list.
      if (hasMasks || annotations.length === 0) listed.push(`${id}\n`)
    }
    await output.text(`ImageSets/Segmentation/${subset}.txt`, listed)
  }
  if (withImages) {
    const nameOf = (frame: DatasetFrame) => `JPEGImages/${pictureName(idOf(frame), frame)}`
    await writeImages(source, output, context, nameOf)
  }
}

/** Masks tell labels by colour alone. */
function withBackground(labels: readonly ColoredLabel[]): ColoredLabel[] {
  return withOwnColors(
    labels,
    labels.find(({ name }) => name === BACKGROUND),
  )
}
