import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { readLines } from '../common/lines.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
import { TrackedShapes } from '../common/tracked-shapes.ts'
import { isSizeKnown } from '../common/unknown-size.ts'
import { labelNameOf, type Refuse } from '../common/yolo-fields.ts'
import { ArchiveIndex } from './archive-index.ts'
import { type Config, readConfig } from './config.ts'
import { describeLabels } from './describe.ts'
import { findItems, type Item } from './layout.ts'
import { TrackNumbers } from './track-numbers.ts'
import type { ParsedLine, Variant } from './variant.ts'

/**
 * Import a data set of the family, Classification apart: `data.yaml`, pictures in lists or folders, a text file of lines for
 * each picture that has labels.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readUltralytics(
  variant: Variant,
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const config = await readConfig(input)
  if (config === null) throw notThis(input, variant, 'it needs a data.yaml that names the labels')
  if (variant.hasJoints && config.joints === null) {
    const expected = `its ${config.entry ?? 'data.yaml'} needs kpt_shape, the number of joints`
    throw notThis(input, variant, expected)
  }
  const tally = createImportTally(input.file, target)
  const tracks = new TrackedShapes(tally)
  const batch = createBatch()
  describeLabels(config, variant, tally)
  const { items, missing } = await findItems({ input, index: new ArchiveIndex(input), config })
  if (items.length === 0) throw notThis(input, variant, 'it holds no labels of pictures')
  for (const path of missing) tally.note(`subsets are not in the file, though listed ("${path}")`)
  const reading = { variant, input, config, tally, tracks, batch, numbers: new TrackNumbers() }
  for (const [done, item] of items.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frameOf(item.names, item.subset)
    if (item.entry !== null) await readLabels(reading, item, item.entry, frame)
    target.progress(done + 1, items.length, item.names[0])
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  yield* tracks.take(target)
  tally.finish()
}

function notThis(input: DatasetInput, { format }: Variant, expected: string): AppError {
  return new AppError('DATASET_NOT_THIS_FORMAT', { file: input.file, format, expected })
}

interface Reading {
  readonly variant: Variant
  readonly input: DatasetInput
  readonly config: Config
  readonly tally: ImportTally
  readonly tracks: TrackedShapes
  readonly batch: Batch
  readonly numbers: TrackNumbers
}

async function readLabels(
  reading: Reading,
  { subset }: Item,
  entry: string,
  frame: DatasetFrame | null,
): Promise<void> {
  const { input, config, tally, variant } = reading
  for (const [index, text] of (await readLines(input, entry)).entries()) {
    if (text === '') continue
    const refuse: Refuse = (problem) => {
      const where = `${entry}, line ${index + 1}`
      throw new AppError('DATASET_INVALID', { file: input.file, where, problem })
    }
    const [first = '', ...fields] = text.split(/\s+/)
    const name = labelNameOf(first, config.names, refuse)
    const labelNumber = Number(first)
    const line = variant.parse(fields, { labelNumber, joints: config.joints, refuse })
    if (frame !== null && isSizeKnown(tally, frame))
      addObject(reading, { line, name, frame, subset })
  }
}

function addObject(
  { tally, tracks, batch, numbers }: Reading,
  {
    line,
    name,
    frame,
    subset,
  }: { line: ParsedLine; name: string; frame: DatasetFrame; subset: string | undefined },
): void {
  const label = tally.label(name)
  const geometry = label && line.place(frame, label, tally)
  if (label === null || geometry === null) return
  const { score, trackId } = line
  const shape = newShape({ frame: frame.index, labelId: label.id, score, ...geometry })
  if (trackId !== null) {
    const id = numbers.of(subset, trackId)
    if (tracks.add({ id, keyframe: true }, shape, label)) return
  }
  batch.add(shape)
}
