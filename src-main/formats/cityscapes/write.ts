import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { createItemIds } from '../common/item-ids.ts'
import { backgroundFirst, coloredLabels, inNameOrder } from '../common/label-colors.ts'
import { labelColorLines } from '../common/label-colors-file.ts'
import { type Area, paintingOf } from '../common/paint/areas.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { paintNumbers } from '../common/paint/paint.ts'
import { encodeColored, encodeValues8, encodeValues16 } from '../common/png/encode.ts'
import { pictureName } from '../common/shared-ids.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { isCrowdShape } from './crowd.ts'

/** An object is 1000 x its class + its number; a crowd is its class alone. */
export const OBJECTS = 1000
const MOST_VALUE = 2 ** 16 - 1

/**
 * Cityscapes 1.0 as CVAT writes it: three pictures for each frame with masks, of colours, of classes and of objects.
 * @throws INPUT_INVALID for more objects or classes than the pixels have numbers
 */
export async function writeCityscapes(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const classes = backgroundFirst(inNameOrder(coloredLabels(source.labels)))
  const numbers = new Map(classes.map(({ name }, index) => [name, index]))
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const classOf = ({ leader }: Area) => numbers.get(labels.get(leader.labelId)?.name ?? '') ?? 0
  const idOf = createItemIds()
  await output.text('label_colors.txt', labelColorLines(classes))
  for (const subset of source.subsets) {
    for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
      const painting = paintingOf(arealShapes(annotations), frame)
      if (painting.areas.length === 0) continue
      const picture = paintNumbers(painting)
      const values = painting.areas.map(classOf)
      const objects = objectValues(painting.areas, values, labels)
      const colors = values.map((index) => classes[index]?.color ?? 0)
      const name = `gtFine/${subset}/${idOf(frame)}_gtFine`
      const background = classes[0]?.color ?? 0
      const color = encodeColored(picture, [background, ...colors])
      await output.bytes(`${name}_color.png`, color, false)
      await output.bytes(`${name}_labelIds.png`, encodeValues8(picture, [0, ...values]), false)
      await output.bytes(`${name}_instanceIds.png`, encodeValues16(picture, [0, ...objects]), false)
    }
  }
  if (withImages) await writeImages(source, output, context, (frame) => pathOf(frame, idOf(frame)))
}

function pathOf(frame: DatasetFrame, id: string): string {
  const name = pictureName(id, frame)
  const stem = withoutExtension(name)
  const extension = name.slice(stem.length)
  return `imgsFine/leftImg8bit/${frame.subset}/${stem}_leftImg8bit${extension}`
}

/** Numbers go through all objects of a frame, whatever their class. */
function objectValues(
  areas: readonly Area[],
  classes: readonly number[],
  labels: ReadonlyMap<number, Label>,
): number[] {
  return areas.map((area, i) => {
    const index = classes[i] ?? 0
    if (index > 255) throw tooMany('the task has more than 256 labels')
    // An object of the background would read as a crowd of another class.
    if (index === 0 || isCrowdShape(area.leader, labels.get(area.leader.labelId))) return index
    if (i + 1 >= OBJECTS) throw tooMany(`a frame has more than ${OBJECTS - 1} objects`)
    const value = OBJECTS * index + i + 1
    if (value > MOST_VALUE) throw tooMany('the task has more than 65 labels')
    return value
  })
}

function tooMany(problem: string): AppError {
  const reason = `${problem}, which is all that its pixels can number`
  return new AppError('INPUT_INVALID', { where: 'Cityscapes 1.0', problem: reason })
}
