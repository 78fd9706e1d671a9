import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { withoutExtension } from '../../frame-matcher.ts'
import { throwIfCancelled } from '../cancel.ts'
import { createImportTally } from '../import-tally.ts'
import { createBatch } from '../new-shape.ts'
import { readJson } from '../read-json.ts'
import { refuseIn } from '../refuse.ts'
import { TrackedShapes } from '../tracked-shapes.ts'
import { annotationsOf } from './annotations-in.ts'
import { isLabelFile, type LabelFile, parseLabelFile } from './parse.ts'
import { type Item, itemOf, pictureItem } from './picture-name.ts'

/**
 * Import label files of labelme or X-AnyLabeling: one JSON file for each picture, with or without the pictures.
 * @param format  for messages
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readLabelFiles(
  format: string,
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const tracks = new TrackedShapes(tally)
  const batch = createBatch()
  const entries = input.entries.filter(({ name }) => isJson(name))
  const annotated = new Set<string>()
  const find = (item: Item): DatasetFrame | null => {
    const known = item.names.find((name) => target.matcher.match(name, undefined, item.subset))
    return tally.frame(known ?? item.names[0] ?? '', undefined, item.subset)
  }
  for (const [done, { name: entry }] of entries.entries()) {
    throwIfCancelled(target.signal, 'The import')
    target.progress(done, entries.length, entry)
    const value = await readJson(input, entry)
    if (!isLabelFile(value)) {
      tally.note('JSON files without a list "shapes" were passed over')
      continue
    }
    const refuse = refuseIn(input.file, entry)
    const file = parseLabelFile(value, refuse)
    annotated.add(withoutExtension(entry))
    const frame = find(itemOf(entry, file))
    if (frame === null) continue
    noteOtherSize(file, frame, tally.note)
    for (const one of annotationsOf(file, { frame, tally, tracks, refuse })) batch.add(one)
    const full = batch.take()
    if (full !== null) yield full
  }
  if (annotated.size === 0) throw notThisFormat(input.file, format)
  for (const item of unannotated(input, annotated)) find(item)
  const rest = batch.take(true)
  if (rest !== null) yield rest
  yield* tracks.take(target)
  tally.finish()
}

function isJson(name: string): boolean {
  return /\.json$/i.test(name) && !/(?:^|\/)(?:\._|__MACOSX\/)/.test(name)
}

/** Pictures without a file of their own have nothing on them, which is to be told as well. */
function* unannotated(input: DatasetInput, annotated: ReadonlySet<string>): Generator<Item> {
  for (const { name } of input.entries) {
    if (!/\.(?:jpe?g|png|bmp|webp|tiff?|gif)$/i.test(name)) continue
    if (!annotated.has(withoutExtension(name)) && !annotated.has(name)) yield pictureItem(name)
  }
}

function noteOtherSize(
  { width, height }: LabelFile,
  frame: DatasetFrame,
  note: (what: string) => void,
): void {
  if (width === 0 || height === 0 || frame.width === 0) return
  if (width === frame.width && height === frame.height) return
  note('pictures have another size here than the file says; their annotations were not scaled')
}

function notThisFormat(file: string, format: string): AppError {
  const expected = 'it needs a JSON file with a list "shapes" for each picture'
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format, expected })
}
