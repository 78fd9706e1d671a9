import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { readValues, toScore } from '../common/read-attributes.ts'
import { hasSize } from '../common/relative-numbers.ts'
import { isSizeKnown } from '../common/unknown-size.ts'
import { readClassNames } from './class-names.ts'
import { FLAGS, MASK_BOX_COLUMNS } from './columns.ts'
import { ImageFrames } from './frames.ts'
import { type ImageSize, readSizes } from './image-sizes.ts'
import { addMasks, maskEntry } from './masks.ts'
import { type OpenImagesLayout, readLayout, type Table } from './names.ts'
import { PendingMasks } from './pending-masks.ts'
import { readTable, type TableRow } from './table.ts'

/** A list of more classes is the data set's own: labels are made of those that are used. */
const MOST_DESCRIBED = 1000

/**
 * Import Open Images V6 1.0, of CVAT or of the data set itself: tags, boxes and masks of any number of subsets.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readOpenImages(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const layout = readLayout(input)
  const tally = createImportTally(input.file, target)
  const context: Context = {
    ...{ input, target, layout, tally },
    names: await readClassNames(input, layout.classes),
    frames: new ImageFrames(tally),
    batch: createBatch(),
    masks: new PendingMasks(),
    sizes: await sizesWhereNeeded(input, target, layout),
  }
  describeClasses(context)
  yield* walk(layout.images, context, readImage)
  yield* walk(layout.labels, context, readLabel)
  yield* walk(layout.masks, context, readMask)
  yield* walk(layout.boxes, context, readBox)
  yield* addMasks(context.masks.all(), context)
  const rest = context.batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

export interface Context {
  readonly input: DatasetInput
  readonly target: ReadTarget
  readonly layout: OpenImagesLayout
  readonly tally: ImportTally
  /** By machine name. */
  readonly names: ReadonlyMap<string, string>
  readonly frames: ImageFrames
  readonly batch: Batch
  readonly masks: PendingMasks
  /** By ImageID. */
  readonly sizes: ReadonlyMap<string, ImageSize>
}

/** Most often the task knows the size of every picture. */
async function sizesWhereNeeded(
  input: DatasetInput,
  target: ReadTarget,
  { sizes }: OpenImagesLayout,
): Promise<ReadonlyMap<string, ImageSize>> {
  if (sizes === null) return new Map()
  for (const frame of target.taskFrames()) if (!hasSize(frame)) return readSizes(input, sizes)
  return new Map()
}

function describeClasses({ names, tally }: Context): void {
  if (names.size > MOST_DESCRIBED) return
  for (const name of new Set(names.values())) tally.describe({ name })
}

type ReadRow = (row: TableRow, table: Table, context: Context) => void

async function* walk(
  tables: readonly Table[],
  context: Context,
  readRow: ReadRow,
): AsyncGenerator<NewAnnotation[]> {
  const { input, target, batch } = context
  for (const table of tables) {
    for await (const rows of readTable(input, table.entry)) {
      throwIfCancelled(target.signal, 'The import')
      for (const row of rows) readRow(row, table, context)
      target.progress(0, null, table.entry)
      const full = batch.take()
      if (full !== null) yield full
    }
  }
}

/** Every image is an item, annotated or not. */
function readImage(row: TableRow, { subset }: Table, { frames }: Context): void {
  const own = row.optional('Subset')
  frames.of(row.text('ImageID'), own === '' ? subset : own)
}

function readLabel(row: TableRow, { subset }: Table, context: Context): void {
  const { frames, names, tally, batch } = context
  const frame = frames.of(row.text('ImageID'), subset)
  const machine = row.text('LabelName')
  const score = row.optional('Confidence') === '' ? 1 : row.number('Confidence')
  if (frame === null) return
  if (score === 0) {
    tally.note('tags that say what is not on a picture were left out')
    return
  }
  const label = tally.label(names.get(machine) ?? machine)
  if (label === null) return
  const attributes = readValues({ score }, label, tally)
  batch.add(newTag({ frame: frame.index, labelId: label.id, attributes }))
}

function readBox(row: TableRow, { subset }: Table, context: Context): void {
  const { frames, names, tally, batch, masks } = context
  const id = row.text('ImageID')
  const frame = frames.of(id, subset)
  const machine = row.text('LabelName')
  const sides = ['XMin', 'XMax', 'YMin', 'YMax'].map(row.relative)
  const score = row.optional('Confidence') === '' ? 1 : row.number('Confidence')
  const flags = flagsOf(row)
  if (frame === null) return
  const size = sizeOf(id, frame, context)
  const name = names.get(machine) ?? machine
  const label = tally.label(name)
  if (label === null || size === null) return
  const { occluded = false, ...others } = flags
  batch.add(
    newShape({
      ...{ frame: frame.index, labelId: label.id, type: 'rectangle' },
      points: toPoints(sides, size),
      occluded,
      group: masks.groupOf(frame, name, sides),
      // 1 is what stands there when nobody has said anything.
      score: score === 1 ? null : toScore(score),
      attributes: readValues({ score, ...others }, label, tally),
    }),
  )
}

/** Flags by the attributes that say the same; -1 and nothing at all: nobody knows. */
function flagsOf(row: TableRow): Partial<Record<string, boolean>> {
  const known = FLAGS.flatMap(([column, name]) => {
    const number = row.optional(column) === '' ? -1 : row.number(column)
    return number < 0 ? [] : [[name, number !== 0] as const]
  })
  return Object.fromEntries(known)
}

/** The frame's own size; of one that cannot be read, what the file says. Null (and counted): nobody knows. */
function sizeOf(id: string, frame: DatasetFrame, { sizes, tally }: Context): ImageSize | null {
  if (hasSize(frame)) return frame
  const said = sizes.get(id)
  if (said !== undefined && hasSize(said)) return said
  isSizeKnown(tally, frame)
  return null
}

function toPoints([left = 0, right = 0, top = 0, bottom = 0]: number[], size: ImageSize): number[] {
  const { width, height } = size
  const [x1, x2] = [Math.min(left, right) * width, Math.max(left, right) * width]
  const [y1, y2] = [Math.min(top, bottom) * height, Math.max(top, bottom) * height]
  return [x1, y1, x2, y2]
}

function readMask(row: TableRow, { subset }: Table, context: Context): void {
  const { frames, names, tally, masks, layout } = context
  const imageId = row.text('ImageID')
  const frame = frames.of(imageId, subset)
  const machine = row.text('LabelName')
  const path = row.text('MaskPath')
  const hasBox = MASK_BOX_COLUMNS.every((column) => row.optional(column) !== '')
  const sides = hasBox ? MASK_BOX_COLUMNS.map(row.relative) : null
  const iou = row.optional('PredictedIoU') === '' ? null : row.number('PredictedIoU')
  if (frame === null) return
  const entry = maskEntry(layout, path, subset)
  if (entry === null) {
    tally.note('masks whose picture is not in the archive were left out')
    return
  }
  const name = names.get(machine) ?? machine
  const boxId = row.optional('BoxID')
  masks.add({ ...{ frame, imageId, name, entry, boxId, iou, sides }, group: 0 })
}
