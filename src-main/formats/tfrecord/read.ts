import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { objectsOf } from '../common/paint/objects.ts'
import { decodePng } from '../common/png/decode.ts'
import { valueRows } from '../common/png/rows.ts'
import { refuseIn } from '../common/refuse.ts'
import { isSizeKnown } from '../common/unknown-size.ts'
import { decodeExample } from './example.ts'
import { type RecordObject, toItem } from './item.ts'
import type { LabelMap } from './label-map.ts'
import { findRecords, type RecordFile } from './layout.ts'
import type { Refuse } from './protobuf.ts'
import { readRecords } from './records.ts'

interface Reading {
  readonly input: DatasetInput
  readonly target: ReadTarget
  readonly tally: ImportTally
  readonly batch: Batch
  readonly describe: (name: string) => void
}

/**
 * Import TFRecord 1.0, record by record.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readTfRecord(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  const reading = { input, target, tally, batch, describe: describeOnce(tally) }
  for (const file of await findRecords(input)) {
    for (const name of file.labelMap?.byId.values() ?? []) reading.describe(name)
    yield* readFile(file, reading)
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

function describeOnce(tally: ImportTally): (name: string) => void {
  const known = new Set<string>()
  return (name) => {
    if (!known.has(name)) tally.describe({ name })
    known.add(name)
  }
}

async function* readFile(
  { entry, sizeBytes, subset, labelMap }: RecordFile,
  reading: Reading,
): AsyncGenerator<NewAnnotation[]> {
  const { input, target, tally, batch } = reading
  const refuseAt = refuseIn(input.file, entry)
  const records = readRecords(input.pieces(entry), ({ number, offset }, problem) =>
    refuseAt(`record ${number} at byte ${offset}`, problem),
  )
  for await (const { number, offset, data } of records) {
    throwIfCancelled(target.signal, 'The import')
    const refuse: Refuse = (problem) => refuseAt(`record ${number} at byte ${offset}`, problem)
    const { fileName, objects } = toItem(decodeExample(data, refuse), refuse)
    const frame = tally.frame(fileName === '' ? `record ${number}` : fileName, undefined, subset)
    for (const object of objects) addObject(object, { frame, labelMap, refuse }, reading)
    target.progress(offset + data.length, sizeBytes, entry)
    const full = batch.take()
    if (full !== null) yield full
  }
}

function addObject(
  object: RecordObject,
  {
    frame,
    labelMap,
    refuse,
  }: { frame: DatasetFrame | null; labelMap: LabelMap | null; refuse: Refuse },
  { tally, batch, describe }: Reading,
): void {
  const name = labelOf(object, labelMap)
  if (name !== null) describe(name)
  const mask = object.mask === null ? null : maskPoints(object.mask, frame, tally, refuse)
  if (frame === null) return
  if (name === null) {
    tally.nameless('objects without a label were left out')
    return
  }
  // A mask counts pixels; only a box needs the size.
  const label = mask !== null || isSizeKnown(tally, frame) ? tally.label(name) : null
  if (label === null) return
  const common = { frame: frame.index, labelId: label.id }
  if (mask === null) {
    batch.add(newShape({ ...common, type: 'rectangle', points: boxPoints(object, frame, tally) }))
  } else if (mask.length > 0) batch.add(newShape({ ...common, type: 'mask', points: mask }))
  else tally.note('masks without a pixel were left out')
}

/** By its text, where the label map has it; else by its number: texts are cut to ASCII, label maps are not. */
function labelOf({ text, labelNumber }: RecordObject, labelMap: LabelMap | null): string | null {
  const known = labelMap?.byText.get(text) ?? labelMap?.byId.get(labelNumber)
  return known ?? (text === '' ? null : text)
}

/** Rounded to a float, a share may lie so far beyond the picture. */
const ROUNDING = 1e-6

/** Cut to the picture, as in CVAT. */
function boxPoints(
  { xmin, ymin, xmax, ymax }: RecordObject,
  { width, height }: DatasetFrame,
  tally: ImportTally,
): number[] {
  const sides = [
    Math.min(xmin, xmax),
    Math.min(ymin, ymax),
    Math.max(xmin, xmax),
    Math.max(ymin, ymax),
  ]
  if (sides.some((side) => side < -ROUNDING || side > 1 + ROUNDING)) {
    tally.note('boxes reached beyond the picture and were cut to it')
  }
  return sides.map((side, i) => Math.min(1, Math.max(0, side)) * (i % 2 === 0 ? width : height))
}

/** Every pixel that is not 0; [] for none. */
function maskPoints(
  file: Uint8Array,
  frame: DatasetFrame | null,
  tally: ImportTally,
  refuse: Refuse,
): number[] {
  const png = decodePng(file, (problem) => refuse(`a mask: ${problem}`))
  noteOtherSize(frame, png, tally)
  const readValues = valueRows(png)
  const { width, height } = png
  const readRow: typeof readValues = (y, row) => {
    readValues(y, row)
    for (let x = 0; x < row.length; x++) row[x] = row[x] === 0 ? 0 : 1
  }
  return objectsOf({ width, height, readRow }, (value) => value === 1)[0]?.points ?? []
}
