import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { unlistedClasses } from '../common/cityscapes-classes.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { BACKGROUND, type ColoredLabel, colorText } from '../common/label-colors.ts'
import { readLabelColors } from '../common/label-colors-file.ts'
import { streamLines } from '../common/lines.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { ClassReader } from '../common/paint/class-reader.ts'
import { objectsOf } from '../common/paint/objects.ts'
import { decodePng } from '../common/png/decode.ts'
import { repeatedRows, valueRows } from '../common/png/rows.ts'
import { readValues, toScore } from '../common/read-attributes.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'
import { kittiClasses, listedClasses, OBJECTS } from './classes.ts'
import { type Detection, parseDetection } from './detection.ts'
import { type KittiItem, readLayout } from './layout.ts'

/**
 * Import KITTI 1.0: the boxes of `label_2` and the masks of `instance`, both where an archive has both. Where `instance` is
 * missing a picture's masks are the classes of `semantic`.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readKitti(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const { items, colors } = readLayout(input)
  const tally = createImportTally(input.file, target)
  const listed = colors === null ? null : listedClasses(await readLabelColors(input, colors))
  describeClasses(listed ?? [], tally)
  const classes = listed ?? unlistedClasses(target.labels, kittiClasses)
  const reader = new ClassReader(classes, { file: input.file, tally, target })
  const batch = createBatch()
  for (const [done, item] of items.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frame(item.id, undefined, item.subset)
    const context = { input, frame, tally, batch, reader }
    if (item.boxes !== undefined) yield* readBoxes(item.boxes, context)
    await readMasks(item, context)
    target.progress(done + 1, items.length, item.id)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  reader.finish()
  tally.finish()
}

function describeClasses(classes: readonly ColoredLabel[], tally: ImportTally): void {
  for (const { name, color } of classes) {
    if (name !== BACKGROUND) tally.describe({ name, color: colorText(color) })
  }
}

interface Context {
  readonly input: DatasetInput
  /** Null: this task has no such frame; the files are checked all the same. */
  readonly frame: DatasetFrame | null
  readonly tally: ImportTally
  readonly batch: Batch
  readonly reader: ClassReader
}

async function* readBoxes(entry: string, context: Context): AsyncGenerator<NewAnnotation[]> {
  const { input, frame, batch, tally } = context
  const refuse: Refuse = refuseIn(input.file, entry)
  for await (const lines of streamLines(input, entry)) {
    for (const { number, text } of lines) {
      if (text.trim() === '') continue
      const detection = parseDetection(text, (problem) => refuse(`line ${number}`, problem))
      if (frame !== null) addBox(detection, frame, { tally, batch })
    }
    const full = batch.take()
    if (full !== null) yield full
  }
}

function addBox(
  { name, truncated, occluded, points, score }: Detection,
  frame: DatasetFrame,
  { tally, batch }: Pick<Context, 'tally' | 'batch'>,
): void {
  const label = tally.label(name)
  if (label === null) return
  const said = score === null ? { truncated } : { truncated, score }
  batch.add(
    newShape({
      ...{
        frame: frame.index,
        labelId: label.id,
        type: 'rectangle',
        points: [...points],
        occluded,
      },
      // 1 is what stands there when nobody has said anything.
      score: score === 1 ? null : toScore(score),
      attributes: readValues(said, label, tally),
    }),
  )
}

async function readMasks({ instances, classes }: KittiItem, context: Context): Promise<void> {
  const entry = instances ?? classes
  if (entry === undefined) return
  const { input, frame, batch, tally, reader } = context
  const refuse = (problem: string): never => {
    throw new AppError('DATASET_INVALID', { file: input.file, where: entry, problem })
  }
  const png = decodePng(await input.bytes(entry), refuse)
  if (png.channels !== 1) refuse('it must have one number a pixel, and no colours')
  noteOtherSize(frame, png, tally)
  if (frame === null) return
  const scale = instances === undefined ? 1 : OBJECTS
  const { width, height } = png
  const rows = { readRow: valueRows(png), isRepeated: repeatedRows(png) }
  for (const { value, points } of objectsOf({ width, height, ...rows }, () => true)) {
    const number = Math.floor(value / scale)
    const name = reader.nameOfNumber(number)
    // What nothing was painted on is an object only where it is called background.
    if (name === null || (value === 0 && name !== BACKGROUND)) continue
    const label = reader.labelOf(name)
    if (label === null) continue
    const isCrowd = instances === undefined || value % OBJECTS === 0
    const attributes = readValues({ is_crowd: isCrowd }, label, tally)
    batch.add(newShape({ frame: frame.index, labelId: label.id, type: 'mask', points, attributes }))
  }
}
