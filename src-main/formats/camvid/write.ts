import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { createItemIds } from '../common/item-ids.ts'
import {
  BACKGROUND,
  backgroundFirst,
  type ColoredLabel,
  coloredLabels,
  inNameOrder,
  withOwnColors,
} from '../common/label-colors.ts'
import { labelColorLines } from '../common/label-colors-file.ts'
import { paintingOf } from '../common/paint/areas.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { paintNumbers } from '../common/paint/paint.ts'
import { encodeColored } from '../common/png/encode.ts'
import { pictureName } from '../common/shared-ids.ts'
import { progressOf, writeImages } from '../common/write-images.ts'

/**
 * CamVid 1.0 as CVAT writes it: for each frame with masks a picture in the colours of the labels, in `<subset>annot/`, and
 * `<subset>.txt` with the paths of pictures and masks.
 */
export async function writeCamvid(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const { listed, colorOf, background } = createColors(source.labels)
  const idOf = createItemIds()
  await output.text('label_colors.txt', labelColorLines(listed))
  for (const subset of source.subsets) {
    const lines: string[] = []
    for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
      const id = idOf(frame)
      const painting = paintingOf(arealShapes(annotations), frame)
      const mask = painting.areas.length > 0 ? `${subset}annot/${id}.png` : ''
      lines.push(listLine(`/${subset}/${pictureName(id, frame)}`, mask))
      if (mask === '') continue
      const colors = painting.areas.map(({ leader }) => colorOf(leader.labelId))
      const png = encodeColored(paintNumbers(painting), [background, ...colors])
      await output.bytes(mask, png, false)
    }
    await output.text(`${subset}.txt`, lines)
  }
  if (withImages) {
    const nameOf = (frame: DatasetFrame) => `${frame.subset}/${pictureName(idOf(frame), frame)}`
    await writeImages(source, output, context, nameOf)
  }
}

/** A frame without masks has a blank in place of the second path, as in CVAT. */
function listLine(picture: string, mask: string): string {
  return picture.includes(' ') ? `"${picture}" "${mask}"\n` : `${picture} ${mask}\n`
}

interface Colors {
  /** In the order that numbers them. */
  readonly listed: readonly ColoredLabel[]
  /** Of what no object covers. */
  readonly background: number
  colorOf(labelId: number): number
}

/** The background is listed where the task has such a label, and nowhere else: what is black then is nothing. */
function createColors(labels: readonly Label[]): Colors {
  const inOrder = backgroundFirst(inNameOrder(coloredLabels(labels)))
  const own = withOwnColors(inOrder, inOrder[0])
  const hasBackground = labels.some(({ name }) => name === BACKGROUND)
  const colors = new Map(own.map(({ name, color }) => [name, color]))
  const names = new Map(labels.map(({ id, name }) => [id as number, name]))
  const background = own[0]?.color ?? 0
  return {
    listed: own.filter(({ name }) => hasBackground || name !== BACKGROUND),
    background,
    colorOf: (labelId) => colors.get(names.get(labelId) ?? '') ?? background,
  }
}
