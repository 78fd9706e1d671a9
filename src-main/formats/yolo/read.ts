import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { readLines } from '../common/lines.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
import { fromCentre, relativeNumber, toPixels } from '../common/relative-numbers.ts'
import { isSizeKnown } from '../common/unknown-size.ts'
import { labelNameOf, type Refuse } from '../common/yolo-fields.ts'
import { invalid, readLayout } from './layout.ts'

/**
 * Import YOLO 1.1: Darknet archives with `obj.data`, and wild ones without.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readYolo(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const { names, items } = await readLayout(input)
  const tally = createImportTally(input.file, target)
  for (const name of names.values()) tally.describe({ name })
  const batch = createBatch()
  let done = 0
  for (const { name, entry, subset } of items) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frame(name, undefined, subset)
    if (entry !== null) await readBoxes({ input, entry, names, frame, tally, batch })
    target.progress(++done, items.length, name)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

interface BoxFile {
  readonly input: DatasetInput
  readonly entry: string
  readonly names: ReadonlyMap<number, string>
  /** Null: this task has no such frame; the file is checked all the same. */
  readonly frame: DatasetFrame | null
  readonly tally: ImportTally
  readonly batch: Batch
}

async function readBoxes(file: BoxFile): Promise<void> {
  const { input, entry, names, frame, tally, batch } = file
  for (const [index, line] of (await readLines(input, entry)).entries()) {
    if (line === '') continue
    const box = parseLine(line, names, (problem) => {
      throw invalid(input, `${entry}, line ${index + 1}`, problem)
    })
    if (frame === null || !isSizeKnown(tally, frame)) continue
    const label = tally.label(box.label)
    if (label === null) continue
    const points = toPixels(fromCentre(box.numbers), frame)
    batch.add(newShape({ frame: frame.index, labelId: label.id, type: 'rectangle', points }))
  }
}

function parseLine(
  line: string,
  names: ReadonlyMap<number, string>,
  refuse: Refuse,
): { label: string; numbers: readonly number[] } {
  const fields = line.split(/\s+/)
  if (fields.length !== 5) {
    refuse(
      `it has ${fields.length} fields, a box has 5: label number, centre x, centre y, width, height`,
    )
  }
  const [first = '', ...rest] = fields
  const label = labelNameOf(first, names, refuse)
  const numbers = rest.map((text) => relativeNumber(text, refuse))
  const [, , width = 0, height = 0] = numbers
  if (width < 0 || height < 0) refuse('width and height must not be negative')
  return { label, numbers }
}
