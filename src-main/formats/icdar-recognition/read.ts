import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { describeIcdar, ICDAR_LABEL, textValues } from '../common/icdar.ts'
import { createImportTally } from '../common/import-tally.ts'
import { streamLines } from '../common/lines.ts'
import { createBatch } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { slashedEntries } from '../common/pictures.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'
import { parseCaptionLine } from './captions.ts'

/**
 * Import ICDAR Recognition 1.0: every `gt.txt` of an archive or folder, at any depth, or one bare file.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readRecognition(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  const lists = findLists(input)
  describeIcdar(tally, ['text'])
  for (const { entry, subset, sizeBytes } of lists) {
    const refuse: Refuse = refuseIn(input.file, entry)
    let done = 0
    for await (const lines of streamLines(input, entry)) {
      throwIfCancelled(target.signal, 'The import')
      for (const { number, text } of lines) {
        done += text.length + 1
        if (text.trim() === '') continue
        const line = parseCaptionLine(text)
        if (line === null || line.name === '') {
          refuse(`line ${number}`, 'it must read: name of a picture, comma, text in double quotes')
        }
        const frame = tally.frame(line.name, undefined, subset)
        for (const caption of frame === null ? [] : line.texts) {
          const label = tally.label(ICDAR_LABEL)
          if (frame === null || label === null) continue
          const attributes = textValues(label, caption, tally)
          batch.add(newTag({ frame: frame.index, labelId: label.id, attributes }))
        }
      }
      target.progress(done, sizeBytes, entry)
      const full = batch.take()
      if (full !== null) yield full
    }
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

interface List {
  readonly entry: string
  /** The folder it lies in; undefined at the root. */
  readonly subset: string | undefined
  readonly sizeBytes: number
}

/** The folder `word_recognition`, of which CVAT's manual tells, is no subset. */
function findLists(input: DatasetInput): List[] {
  const entries = slashedEntries(input)
  const isBare = entries.length === 1 && entries[0]?.name === input.file
  const lists = entries.filter(({ path }) => isBare || /(?:^|[/_])gt\.txt$/i.test(path))
  if (lists.length === 0) {
    const [file, format] = [input.file, 'ICDAR Recognition 1.0']
    throw new AppError('DATASET_NOT_THIS_FORMAT', { file, format, expected: 'it holds no gt.txt' })
  }
  return lists.map(({ path, name, sizeBytes }) => {
    const folder = path.split('/').at(-2)
    const subset = folder === undefined || /^word_recognition$/i.test(folder) ? undefined : folder
    return { entry: name, subset, sizeBytes }
  })
}
