import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { readLines } from '../common/lines.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
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
  const batch = createBatch()
  let done = 0
  for (const { name, entry } of items) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frame(name)
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
  readonly names: readonly string[]
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
    if (frame === null) continue
    if (frame.width === 0 || frame.height === 0) {
      tally.note('boxes on pictures whose size is unknown were left out')
      continue
    }
    const label = tally.label(box.label)
    if (label === null) continue
    const points = toPoints(box.numbers, frame)
    batch.add(newShape({ frame: frame.index, labelId: label.id, type: 'rectangle', points }))
  }
}

type Relative = readonly [cx: number, cy: number, width: number, height: number]

function parseLine(
  line: string,
  names: readonly string[],
  refuse: (problem: string) => never,
): { label: string; numbers: Relative } {
  const fields = line.split(/\s+/)
  if (fields.length !== 5) {
    refuse(
      `it has ${fields.length} fields, a box has 5: label number, centre x, centre y, width, height`,
    )
  }
  const [first = '', ...rest] = fields
  const label = /^\d{1,9}$/.test(first)
    ? names[Number(first)]
    : refuse(`"${first}" is not a label number`)
  if (label === undefined) {
    refuse(`label number ${first} is not in the list, which has ${names.length} names from 0 on`)
  }
  const numbers = rest.map((text) => toNumber(text) ?? refuse(`"${text}" is not a number`))
  const bad = numbers.find((n) => Math.abs(n) > 1000)
  if (bad !== undefined) refuse(`${bad} is not relative to the picture's size`)
  const [, , width = 0, height = 0] = numbers
  if (width < 0 || height < 0) refuse('width and height must not be negative')
  return { label, numbers: numbers as unknown as Relative }
}

/** Decimal notation only: `NaN`, `Infinity`, `0x10` and blanks are numbers to JavaScript, not to a person. */
function toNumber(text: string): number | null {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : null
}

function toPoints([cx, cy, width, height]: Relative, frame: DatasetFrame): number[] {
  return [
    (cx - width / 2) * frame.width,
    (cy - height / 2) * frame.height,
    (cx + width / 2) * frame.width,
    (cy + height / 2) * frame.height,
  ]
}
