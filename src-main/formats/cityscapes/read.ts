import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { cityscapesClasses, unlistedClasses } from '../common/cityscapes-classes.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import {
  BACKGROUND,
  backgroundFirst,
  type ColoredLabel,
  coloredLabels,
  colorText,
  inNameOrder,
} from '../common/label-colors.ts'
import { readLabelColors } from '../common/label-colors-file.ts'
import { createBatch, type NewShape, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { ClassReader, type FoundMask } from '../common/paint/class-reader.ts'
import { objectsOf } from '../common/paint/objects.ts'
import { decodePng, type Png } from '../common/png/decode.ts'
import { isGray, repeatedRows, valueRows } from '../common/png/rows.ts'
import { readValues } from '../common/read-attributes.ts'
import { trainClasses } from './classes.ts'
import { IS_CROWD } from './crowd.ts'
import { type CityscapesItem, namesOf, PIXELS, type Pixels, readLayout } from './layout.ts'
import { OBJECTS } from './write.ts'

/**
 * Import Cityscapes 1.0: a mask for each object, from whichever pictures the archive has.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readCityscapes(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const { items, labelColors } = readLayout(input)
  if (items.length === 0 && labelColors === null) throw notCityscapes(input.file)
  const tally = createImportTally(input.file, target)
  const listed = labelColors === null ? null : await readLabelColors(input, labelColors)
  for (const { name, color } of listed ?? []) {
    if (name !== BACKGROUND) {
      const attributes = [
        { name: IS_CROWD, inputType: 'checkbox' as const, values: ['false', 'true'] },
      ]
      tally.describe({ name, color: colorText(color), attributes })
    }
  }
  const masks = createMaskReader(listed ?? unlistedClasses(target.labels, inExportOrder), {
    input,
    tally,
    target,
  })
  const batch = createBatch()
  for (const [index, item] of items.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frameOf(namesOf(item), item.subset === '' ? undefined : item.subset)
    if (frame !== null) for (const shape of await masks.of(item, frame)) batch.add(shape)
    target.progress(index + 1, items.length, item.id)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  masks.finish()
  tally.finish()
}

const inExportOrder = (labels: ReadTarget['labels']) =>
  backgroundFirst(inNameOrder(coloredLabels(labels)))

function notCityscapes(file: string): AppError {
  const expected = 'it needs a folder gtFine of pictures "…_gtFine_instanceIds.png"'
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'Cityscapes 1.0', expected })
}

interface MaskReader {
  of(item: CityscapesItem, frame: DatasetFrame): Promise<NewShape[]>
  /** @throws DATASET_MATCHES_NOTHING */
  finish(): void
}

interface Host {
  readonly input: DatasetInput
  readonly tally: ImportTally
  readonly target: ReadTarget
}

function createMaskReader(classes: readonly ColoredLabel[], host: Host): MaskReader {
  const { input, tally, target } = host
  const reader = new ClassReader(classes, { file: input.file, tally, target })
  return {
    async of({ masks }, frame) {
      const pixels = PIXELS.find((each) => masks.has(each))
      const entry = pixels === undefined ? undefined : masks.get(pixels)
      if (pixels === undefined || entry === undefined) return []
      const refuse = (problem: string): never => {
        throw new AppError('DATASET_INVALID', { file: input.file, where: entry, problem })
      }
      const png = decodePng(await input.bytes(entry), refuse)
      if (pixels !== 'color' && !isGray(png)) refuse('it must be grayscale')
      noteOtherSize(frame, png, tally)
      const found = foundIn(png, pixels, reader, classes)
      return found.map(({ label, points, isCrowd }) =>
        newShape({
          ...{ frame: frame.index, labelId: label.id, type: 'mask', points },
          attributes: readValues({ [IS_CROWD]: isCrowd }, label, tally),
        }),
      )
    },
    finish: () => reader.finish(),
  }
}

type Found = FoundMask & { readonly isCrowd: boolean }

function foundIn(
  png: Png,
  pixels: Pixels,
  reader: ClassReader,
  classes: readonly ColoredLabel[],
): Found[] {
  if (pixels === 'color') return reader.masksOf(png).map((mask) => ({ ...mask, isCrowd: true }))
  const isTraining = pixels === 'labelTrainIds'
  const { width, height } = png
  const objects = objectsOf(
    { width, height, readRow: valueRows(png), isRepeated: repeatedRows(png) },
    () => true,
  )
  return objects.flatMap(({ value, points }): Found[] => {
    const isCrowd = value < OBJECTS
    const index = isCrowd ? value : Math.floor(value / OBJECTS)
    const name = isTraining ? trainName(index, classes) : reader.nameOfNumber(index)
    const label = name === null ? null : reader.labelOf(name)
    return label === null ? [] : [{ label, points, isCrowd }]
  })
}

/** By the data set's numbers for training; what is not trained on has none. */
function trainName(index: number, classes: readonly ColoredLabel[]): string | null {
  const name = trainClasses[index]
  if (name === undefined) return null
  const number = cityscapesClasses.findIndex((each) => each.name === name)
  return classes.length === cityscapesClasses.length ? (classes[number]?.name ?? name) : name
}
