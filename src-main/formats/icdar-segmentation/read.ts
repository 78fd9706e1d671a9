import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { renumberGroups } from '../common/frame-groups.ts'
import { describeIcdar, ICDAR_LABEL, textValues } from '../common/icdar.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { rgbText } from '../common/label-colors.ts'
import { streamLines } from '../common/lines.ts'
import { createBatch, type NewShape, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { objectsOf } from '../common/paint/objects.ts'
import { slashedEntries } from '../common/pictures.ts'
import { decodePng } from '../common/png/decode.ts'
import { colorRows } from '../common/png/rows.ts'
import { readValues } from '../common/read-attributes.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'
import { decodeBmp, type Picture } from './bmp.ts'
import { type CharacterRow, parseRow } from './rows.ts'

/**
 * Import ICDAR Segmentation 1.0: every `_GT.txt` of an archive or folder with its `_GT.bmp` (or `_GT.png`), in folders of
 * subsets or not.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readSegmentation(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  const items = findItems(input)
  describeIcdar(tally, ['text', 'color', 'center'])
  for (const [done, item] of items.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frameOf(item.names, item.subset)
    const rows = await readRows(input, item.list)
    const shapes = await toShapes(rows, { input, item, frame, tally })
    for (const shape of renumberGroups(shapes)) batch.add(shape)
    target.progress(done + 1, items.length, item.list)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

interface Item {
  readonly list: string
  /** Entry of the picture of its masks; null: there is none. */
  readonly picture: string | null
  /** What its picture may be called, best first. */
  readonly names: readonly [string, ...string[]]
  /** First folder; undefined at the root. */
  readonly subset: string | undefined
}

/** Folders CVAT's manual tells of. */
const TASK_FOLDER = /^text_(?:segmentation|localization)\//i

function findItems(input: DatasetInput): Item[] {
  const entries = slashedEntries(input)
  const byPath = new Map(entries.map(({ path, name }) => [path.toLowerCase(), name]))
  const lists = entries.filter(({ path }) => /_GT\.txt$/i.test(path))
  if (lists.length === 0) {
    const expected = 'it holds no text file called like a picture with "_GT" behind it'
    const { file } = input
    throw new AppError('DATASET_NOT_THIS_FORMAT', {
      file,
      format: 'ICDAR Segmentation 1.0',
      expected,
    })
  }
  return lists.map(({ path, name }) => {
    const stem = path.slice(0, -'.txt'.length)
    const whole = stem.replace(TASK_FOLDER, '').slice(0, -'_GT'.length)
    const slash = whole.indexOf('/')
    const pictures = ['.bmp', '.png'].map((end) => byPath.get(`${stem}${end}`.toLowerCase()))
    return {
      list: name,
      picture: pictures.find((found) => found !== undefined) ?? null,
      names: [whole.slice(slash + 1), whole],
      subset: slash < 0 ? undefined : whole.slice(0, slash),
    }
  })
}

/** A line with the number of its block. */
type GroupedRow = CharacterRow & { readonly block: number }

/** The lines of one picture. */
async function readRows(input: DatasetInput, entry: string): Promise<GroupedRow[]> {
  const refuse: Refuse = refuseIn(input.file, entry)
  const rows: GroupedRow[] = []
  let block = 1
  for await (const lines of streamLines(input, entry)) {
    for (const { number, text } of lines) {
      if (text.trim() === '') block += 1
      else rows.push({ ...parseRow(text, (problem) => refuse(`line ${number}`, problem)), block })
    }
  }
  return rows
}

interface Context {
  readonly input: DatasetInput
  readonly item: Item
  /** Null: this task has no such frame; the files are checked all the same. */
  readonly frame: DatasetFrame | null
  readonly tally: ImportTally
}

async function toShapes(rows: readonly GroupedRow[], context: Context): Promise<NewShape[]> {
  const { input, item, frame, tally } = context
  if (rows.length === 0) return []
  if (item.picture === null) {
    for (const _ of rows) tally.note('objects without a picture of their masks were left out')
    return []
  }
  const picture = await readPicture(input, item.picture)
  noteOtherSize(frame, picture, tally)
  if (frame === null) return []
  const colors = new Set(rows.map(({ color }) => color))
  const found = objectsOf(picture, (value) => colors.has(value))
  const masks = new Map(found.map(({ value, points }) => [value, points]))
  return rows.flatMap((row, index) => {
    const label = tally.label(ICDAR_LABEL)
    const points = masks.get(row.color)
    if (points === undefined)
      tally.note('objects without a single pixel of their colour were left out')
    if (label === null || points === undefined) return []
    const center = row.center === null ? {} : { center: row.center }
    const values = { index, color: rgbText(row.color, ' '), ...center }
    const attributes = [...textValues(label, row.text, tally), ...readValues(values, label, tally)]
    const place = { frame: frame.index, labelId: label.id, group: row.block }
    return newShape({ ...place, type: 'mask', points: [...points], attributes })
  })
}

async function readPicture(input: DatasetInput, entry: string): Promise<Picture> {
  const refuse = (problem: string): never => {
    throw new AppError('DATASET_INVALID', { file: input.file, where: entry, problem })
  }
  const bytes = await input.bytes(entry)
  // What a file is, its first bytes say, not its name.
  if (bytes[0] !== 0x89) return decodeBmp(bytes, refuse)
  const png = decodePng(bytes, refuse)
  return { width: png.width, height: png.height, readRow: colorRows(png) }
}
