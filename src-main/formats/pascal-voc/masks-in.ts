import type { DatasetFrame, DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import type { ClassReader } from '../common/paint/class-reader.ts'
import { decodePng, type Png } from '../common/png/decode.ts'
import type { VocItem } from './layout.ts'

/**
 * The masks of an item: one for each object of `SegmentationObject/`, or, without that picture, one for each class.
 * @throws DATASET_INVALID for broken pictures, ones of two sizes, and objects whose class nothing tells
 */
export async function readMaskPair(
  input: DatasetInput,
  { classes, objects }: VocItem,
  { frame, reader, tally }: { frame: DatasetFrame; reader: ClassReader; tally: ImportTally },
): Promise<NewShape[]> {
  if (classes === undefined) {
    if (objects === undefined) return []
    throw invalid(input, objects, 'there is no picture in SegmentationClass that tells its labels')
  }
  const classPng = await readPng(input, classes)
  noteOtherSize(frame, classPng, tally)
  const objectPng = objects === undefined ? null : await readPng(input, objects)
  if (objectPng && (objectPng.width !== classPng.width || objectPng.height !== classPng.height)) {
    const said = `${objectPng.width} x ${objectPng.height} pixels`
    const other = `the picture of its classes has ${classPng.width} x ${classPng.height}`
    throw invalid(input, objects ?? '', `it has ${said}, ${other}`)
  }
  const found =
    objectPng === null ? reader.masksOf(classPng) : reader.masksOfObjects(classPng, objectPng)
  return found.map(({ label, points }) =>
    newShape({ frame: frame.index, labelId: label.id, type: 'mask', points }),
  )
}

async function readPng(input: DatasetInput, entry: string): Promise<Png> {
  return decodePng(await input.bytes(entry), (problem) => {
    throw invalid(input, entry, problem)
  })
}

function invalid({ file }: DatasetInput, where: string, problem: string): AppError {
  return new AppError('DATASET_INVALID', { file, where, problem })
}
