import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally } from '../common/import-tally.ts'
import { createBatch } from '../common/new-shape.ts'
import { ClassReader } from '../common/paint/class-reader.ts'
import { describeLabels, readLabelList } from '../pascal-voc/label-list.ts'
import { maskClasses } from '../pascal-voc/label-map.ts'
import { readLayout } from '../pascal-voc/layout.ts'
import { readMaskPair } from '../pascal-voc/masks-in.ts'
import { frameOf } from '../pascal-voc/read.ts'

/**
 * Import Segmentation mask 1.1: the masks of an archive laid out as PASCAL VOC.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readSegmentationMask(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const layout = await readLayout(input)
  const items = layout.items.filter(({ classes, objects, subset, xml }) => {
    return classes !== undefined || objects !== undefined || (subset !== undefined && !xml)
  })
  if (items.length === 0 && layout.labelMap === null) throw notMasks(input.file)
  const tally = createImportTally(input.file, target)
  const labels = await readLabelList(input, layout, target)
  if (layout.labelMap !== null) describeLabels(labels, tally, { withColors: true })
  const reader = new ClassReader(maskClasses(labels), { file: input.file, tally, target })
  const batch = createBatch()
  for (const [index, item] of items.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = frameOf(item, null, tally)
    if (frame !== null) {
      for (const shape of await readMaskPair(input, item, { frame, reader, tally })) {
        batch.add(shape)
      }
    }
    target.progress(index + 1, items.length, item.id)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  reader.finish()
  tally.finish()
}

function notMasks(file: string): AppError {
  const expected = 'it needs a folder SegmentationClass of PNG files'
  return new AppError('DATASET_NOT_THIS_FORMAT', {
    file,
    format: 'Segmentation mask 1.1',
    expected,
  })
}
