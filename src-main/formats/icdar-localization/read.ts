import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { describeIcdar, ICDAR_LABEL, textValues } from '../common/icdar.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { streamLines } from '../common/lines.ts'
import { createBatch, type NewShape, newShape } from '../common/new-shape.ts'
import { slashedEntries } from '../common/pictures.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'
import { type LocalizationRow, parseRow } from './rows.ts'

/**
 * Import ICDAR Localization 1.0: every `gt_*.txt` of an archive or folder, in folders of subsets or not; where there is none,
 * every text file.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readLocalization(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  const files = findFiles(input)
  describeIcdar(tally, ['text'])
  for (const [done, { entry, names, subset }] of files.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frameOf(names, subset)
    const refuse: Refuse = refuseIn(input.file, entry)
    for await (const lines of streamLines(input, entry)) {
      for (const { number, text } of lines) {
        if (text.trim() === '') continue
        const row = parseRow(text, (problem) => refuse(`line ${number}`, problem))
        const shape = frame && toShape(row, frame, tally)
        if (shape !== null) batch.add(shape)
      }
      const full = batch.take()
      if (full !== null) yield full
    }
    target.progress(done + 1, files.length, entry)
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

function toShape(row: LocalizationRow, frame: DatasetFrame, tally: ImportTally): NewShape | null {
  const label = tally.label(ICDAR_LABEL)
  if (label === null) return null
  const { type, points, text } = row
  const attributes = text === null ? [] : textValues(label, text, tally)
  const place = { frame: frame.index, labelId: label.id, points: [...points] }
  return newShape({ ...place, type, attributes })
}

interface WordFile {
  readonly entry: string
  /** What its picture may be called, best first. */
  readonly names: readonly [string, ...string[]]
  /** First folder; undefined at the root. */
  readonly subset: string | undefined
}

/** Folders CVAT's manual tells of, and texts about a data set. */
const TASK_FOLDER = /^text_localization\//i
const OTHER_TEXT = /(?:^|\/)(?:readme|license|classes|labels|notes)[^/]*$/i

function findFiles(input: DatasetInput): WordFile[] {
  const texts = slashedEntries(input).filter(
    ({ path }) => /\.txt$/i.test(path) && !OTHER_TEXT.test(path),
  )
  const marked = texts.filter(({ path }) => /(?:^|\/)gt_[^/]*$/i.test(path))
  const files = marked.length > 0 ? marked : texts
  if (files.length === 0) {
    const [file, format] = [input.file, 'ICDAR Localization 1.0']
    throw new AppError('DATASET_NOT_THIS_FORMAT', {
      ...{ file, format },
      expected: 'it holds no text file called "gt_" and the name of a picture',
    })
  }
  return files.map(({ path, name }) => {
    const whole = path
      .replace(TASK_FOLDER, '')
      .replace(/\.txt$/i, '')
      .replace(/(^|\/)gt_([^/]+)$/i, '$1$2')
    const slash = whole.indexOf('/')
    const subset = slash < 0 ? undefined : whole.slice(0, slash)
    return { entry: name, names: [whole.slice(slash + 1), whole], subset }
  })
}
