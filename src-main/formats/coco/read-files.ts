import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { createJsonArrays } from '../common/json-arrays.ts'
import { type Batch, createBatch } from '../common/new-shape.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'
import { scanJson } from '../common/scan-json.ts'
import { TrackedShapes } from '../common/tracked-shapes.ts'
import { Catalogue, type KnownImage } from './catalogue.ts'
import { type CocoFile, type CocoTaskName, cocoFiles } from './entries.ts'
import { type CocoAnnotation, type CocoCategory, parseAnnotation } from './parse.ts'

/** What a reader of one COCO task needs to make annotations of one of the file's. */
export interface AnnotationPlace {
  readonly where: string
  readonly refuse: Refuse
  readonly image: KnownImage
  readonly category: CocoCategory
  readonly tally: ImportTally
  /** The next number of a group on a frame: 1, 2, 3 … */
  readonly nextGroup: (frame: number) => number
  readonly tracks: TrackedShapes
  readonly batch: Batch
}

/** The format's name as people know it, its files, and what becomes of an annotation. */
export interface CocoTask {
  readonly format: string
  readonly name: CocoTaskName
  add(annotation: CocoAnnotation, place: AnnotationPlace): void
}

/**
 * Import files of a COCO task: a bare one, or an archive with one for each subset. They are read element by element, and
 * once where images and categories come first; else a second time for the annotations.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readCocoFiles(
  input: DatasetInput,
  target: ReadTarget,
  task: CocoTask,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const nextGroup = createGroupNumbers()
  const files = cocoFiles(input, task.name)
  let found = 0
  for (const file of files) {
    // Each file counts its images, categories and tracks by itself.
    const refuse = refuseIn(input.file, file.name)
    const catalogue = new Catalogue(tally, refuse, file.subset)
    const tracks = new TrackedShapes(tally)
    const reading = { input, target, task, tally, nextGroup, file, refuse, catalogue, tracks }
    const outcome = yield* readOnce(reading, false)
    if (outcome === 'other') continue
    found++
    if (outcome === 'late') yield* readOnce(reading, true)
    yield* tracks.take(target)
  }
  if (found === 0) throw notCoco(input.file, task, files.length)
  tally.finish()
}

interface Reading extends Pick<AnnotationPlace, 'refuse' | 'tally' | 'nextGroup' | 'tracks'> {
  readonly input: DatasetInput
  readonly target: ReadTarget
  readonly task: CocoTask
  readonly file: CocoFile
  readonly catalogue: Catalogue
}

const ARRAYS: ReadonlySet<string> = new Set(['images', 'categories', 'annotations'])

/**
 * @param again  annotations alone: the catalogue is known from a first reading
 * @returns `late`: annotations came before what they point to and were passed over; `other`: a JSON file of something else
 */
async function* readOnce(
  { input, target, task, file, catalogue, ...rest }: Reading,
  again: boolean,
): AsyncGenerator<NewAnnotation[], 'done' | 'late' | 'other'> {
  const { refuse, tally, nextGroup, tracks } = rest
  const batch = createBatch()
  const skip = new Set(again ? ['images', 'categories'] : [])
  const scanner = createJsonArrays({
    ...{ file: input.file, entry: file.name, arrays: ARRAYS, skip },
    onElement(key, index, value) {
      const where = `${key}[${index}]`
      if (key === 'images') catalogue.addImage(value, where)
      else if (key === 'categories') catalogue.addCategory(value, where)
      else if (key === 'annotations') {
        const isKnown = scanner.finished.has('images') && scanner.finished.has('categories')
        if (!again && !isKnown) {
          skip.add('annotations')
          return
        }
        const annotation = parseAnnotation(value, where, refuse)
        const image = catalogue.imageOf(annotation, where)
        const category = catalogue.categoryOf(annotation, where)
        task.add(annotation, {
          ...{ where, refuse, image, category, tally, nextGroup, tracks, batch },
        })
      }
    },
  })
  yield* scanJson(scanner, { input, target, entry: file.name, sizeBytes: file.sizeBytes }, batch)
  for (const list of ARRAYS) if (!scanner.finished.has(list)) return 'other'
  return skip.has('annotations') ? 'late' : 'done'
}

function notCoco(file: string, { format, name }: CocoTask, candidates: number): AppError {
  const expected =
    candidates === 0
      ? `it holds no annotations/${name}_….json`
      : 'it needs a JSON file with the lists "images", "categories" and "annotations"'
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format, expected })
}

/** 1, 2, 3 … on each frame. */
function createGroupNumbers(): (frame: number) => number {
  const last = new Map<number, number>()
  return (frame) => {
    const next = (last.get(frame) ?? 0) + 1
    last.set(frame, next)
    return next
  }
}
