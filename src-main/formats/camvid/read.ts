import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally } from '../common/import-tally.ts'
import { BACKGROUND, type ColoredLabel, colorNumber, colorText } from '../common/label-colors.ts'
import { readLabelColors } from '../common/label-colors-file.ts'
import { readLines } from '../common/lines.ts'
import { createBatch, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { ClassReader } from '../common/paint/class-reader.ts'
import { decodePng } from '../common/png/decode.ts'
import { refuseIn } from '../common/refuse.ts'
import { camvidClasses } from './classes.ts'
import { type CamvidLayout, readLayout } from './layout.ts'

/**
 * Import CamVid 1.0: a mask for each class of each picture.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readCamvid(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const layout = await readLayout(input)
  if (layout.items.length === 0 && layout.labelColors === null) throw notCamvid(input.file)
  const tally = createImportTally(input.file, target)
  const listed = await readClasses(input, layout)
  for (const { name, color } of listed ?? []) {
    if (name !== BACKGROUND) tally.describe({ name, color: colorText(color) })
  }
  const classes = listed ?? withoutList(target)
  const reader = new ClassReader(classes, { file: input.file, tally, target })
  const batch = createBatch()
  for (const [index, { names, subset, mask }] of layout.items.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frameOf(names, subset)
    if (frame !== null && mask !== null) {
      const png = decodePng(await input.bytes(mask), (problem) => {
        throw new AppError('DATASET_INVALID', { file: input.file, where: mask, problem })
      })
      noteOtherSize(frame, png, tally)
      for (const { label, points } of reader.masksOf(png)) {
        batch.add(newShape({ frame: frame.index, labelId: label.id, type: 'mask', points }))
      }
    }
    target.progress(index + 1, layout.items.length, names[0])
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  reader.finish()
  tally.finish()
}

function notCamvid(file: string): AppError {
  const expected = 'it needs lists of pictures and masks, or folders of masks "…annot"'
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'CamVid 1.0', expected })
}

async function readClasses(
  input: DatasetInput,
  { labelColors, classTable }: CamvidLayout,
): Promise<ColoredLabel[] | null> {
  if (labelColors !== null) return readLabelColors(input, labelColors)
  return classTable === null ? null : readClassTable(input, classTable)
}

/** `name,r,g,b`, after a line of headings. */
async function readClassTable(input: DatasetInput, entry: string): Promise<ColoredLabel[]> {
  const lines = (await readLines(input, entry)).slice(1)
  return lines.flatMap((line, index): ColoredLabel[] => {
    if (line === '') return []
    const [, name = '', ...channels] =
      /^"?([^,"]+)"?\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*$/.exec(line) ??
      refuseIn(input.file, entry)(`line ${index + 2}`, 'it must read "name,red,green,blue"')
    const [red = 0, green = 0, blue = 0] = channels.map(Number)
    return [{ name, color: ((red & 255) << 16) | ((green & 255) << 8) | (blue & 255) }]
  })
}

/** The data set's own classes; of a task that has none of these its own labels, in their colours. */
function withoutList({ labels }: ReadTarget): readonly ColoredLabel[] {
  const own = new Set(camvidClasses.map(({ name }) => name))
  if (labels.length === 0 || labels.some(({ name }) => own.has(name))) return camvidClasses
  return labels.map(({ name, color }) => ({ name, color: colorNumber(color) }))
}
