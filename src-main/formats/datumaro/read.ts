import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { createJsonArrays } from '../common/json-arrays.ts'
import { type Batch, createBatch } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { refuseIn } from '../common/refuse.ts'
import { scanJson } from '../common/scan-json.ts'
import { TrackedShapes } from '../common/tracked-shapes.ts'
import { toAnnotations } from './annotations.ts'
import { describeLabels, type FileLabel, parseCategories } from './categories.ts'
import { notDatumaro, type SubsetFile, subsetFiles } from './entries.ts'
import { type FileItem, parseItem } from './parse.ts'

/**
 * Import Datumaro 1.0: a bare JSON file, or an archive with one for each subset. Items are read one at a time as they come;
 * only a file whose labels stand behind its items is read twice.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readDatumaro(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  let found = 0
  for (const file of subsetFiles(input)) {
    // Each file counts its tracks from 0.
    const reading = { input, target, tally, file, tracks: new TrackedShapes(tally) }
    const labels = yield* readItems(reading, null)
    if (labels === 'other') continue
    found++
    if (labels !== null) yield* readItems(reading, labels)
    yield* reading.tracks.take(target)
  }
  if (found === 0) throw notDatumaro(input.file)
  tally.finish()
}

interface Reading {
  readonly input: DatasetInput
  readonly target: ReadTarget
  readonly tally: ImportTally
  readonly file: SubsetFile
  readonly tracks: TrackedShapes
}

const ITEMS: ReadonlySet<string> = new Set(['items'])

/**
 * @param known labels of a first reading; null to take them from the file as they come
 * @returns null when all is read; the labels where items came before them and were passed over; `other` for a JSON file
 *   that is no such dataset
 */
async function* readItems(
  { input, target, tally, file, tracks }: Reading,
  known: readonly FileLabel[] | null,
): AsyncGenerator<NewAnnotation[], readonly FileLabel[] | null | 'other'> {
  const refuse = refuseIn(input.file, file.name)
  const batch = createBatch()
  const skip = new Set<string>()
  let labels = known
  const scanner = createJsonArrays({
    ...{ file: input.file, entry: file.name, arrays: ITEMS, skip },
    onMember(key, value) {
      if (key !== 'categories' || known !== null) return
      labels = parseCategories(value, refuse)
      describeLabels(labels, tally)
    },
    onElement(key, index, value) {
      if (key !== 'items') return
      if (labels === null) skip.add('items')
      else
        addItem(parseItem(value, labels, `items[${index}]`, refuse), { tally, file, batch, tracks })
    },
  })
  yield* scanJson(scanner, { input, target, entry: file.name, sizeBytes: file.sizeBytes }, batch)
  if (labels === null || !scanner.finished.has('items')) return 'other'
  return skip.has('items') ? labels : null
}

function addItem(
  item: FileItem,
  { tally, file, batch, tracks }: Pick<Reading, 'tally' | 'file' | 'tracks'> & { batch: Batch },
): void {
  const frame = tally.frame(item.name, numberOf(item), file.subset)
  if (frame === null) return
  noteOtherSize(frame, item, tally)
  for (const { annotation, label, track } of toAnnotations(item, frame, tally)) {
    const isTracked =
      track !== null && annotation.kind === 'shape' && tracks.add(track, annotation, label)
    if (!isTracked) batch.add(annotation)
  }
}

/**
 * CVAT falls back to the frame number for any name; we do so only where the name says no more than a number, or a file of
 * other pictures would land on these.
 */
function numberOf({ name, number }: FileItem): number | undefined {
  const isNumbered = /^(?:.*\/)?(?:frame_)?\d+(?:\.\w+)?$/.test(name)
  return isNumbered ? (number ?? undefined) : undefined
}
