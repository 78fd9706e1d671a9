import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally } from '../common/import-tally.ts'
import { createBatch } from '../common/new-shape.ts'
import { type SlashedEntry, slashedEntries } from '../common/pictures.ts'
import { refuseIn } from '../common/refuse.ts'
import { createAnnotations } from './annotations.ts'
import { readImages } from './images.ts'
import { type Survey, surveyOf } from './survey.ts'

/**
 * Import VIA JSON: a project of VIA 2, annotations exported as JSON or CSV, or an archive of them. Each file is read twice:
 * which attribute is the label shows only when all are seen.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readVia(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const files = await viaFiles(input, target)
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  for (const { entry, subset, survey } of files) {
    const refuse = refuseIn(input.file, entry.name)
    const toAnnotations = createAnnotations(survey, { tally, target, refuse })
    // In a table, a picture has a row for each of its regions.
    let last: { name: string; frame: DatasetFrame | null } | null = null
    const pieces = readImages(input, entry.name, {
      head: () => undefined,
      image(image) {
        const name = pictureName(image.filename)
        if (last?.name !== name) last = { name, frame: tally.frame(name, undefined, subset) }
        for (const one of toAnnotations(image, last.frame)) batch.add(one)
      },
    })
    let done = 0
    for await (const length of pieces) {
      throwIfCancelled(target.signal, 'The import')
      done += length
      target.progress(Math.min(done, entry.sizeBytes), entry.sizeBytes, entry.name)
      const full = batch.take()
      if (full !== null) yield full
    }
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

interface ViaFile {
  readonly entry: SlashedEntry
  readonly subset: string | undefined
  readonly survey: Survey
}

/** Of one folder the projects alone, if there are any: exported annotations beside them are the same again. */
async function viaFiles(input: DatasetInput, target: ReadTarget): Promise<ViaFile[]> {
  const [only] = input.entries
  const isBare = input.entries.length === 1 && only?.name === input.file
  const entries = slashedEntries(input).filter(
    ({ path }) => isBare || /\.(?:json|csv)$/i.test(path),
  )
  const found: (ViaFile & { folder: string })[] = []
  for (const entry of entries) {
    const survey = await surveyOf(input, entry.name, target)
    const folder = entry.path.split('/').slice(0, -1)
    if (survey !== null)
      found.push({ entry, survey, subset: folder.at(-1), folder: folder.join('/') })
  }
  const withProject = new Set(
    found.filter(({ survey }) => survey.kind === 'project').map(({ folder }) => folder),
  )
  const files = found.filter(
    ({ folder, survey }) => survey.kind === 'project' || !withProject.has(folder),
  )
  if (files.length > 0) return files
  const expected = 'it needs a project of VIA 2 or the annotations it exports as JSON or CSV'
  throw new AppError('DATASET_NOT_THIS_FORMAT', { file: input.file, format: 'VIA JSON', expected })
}

/** Pictures may be told by their addresses. */
function pictureName(filename: string): string {
  const address = /^(?:https?|file):\/\/\/?(?:[^/]*\/)?([^?#]+)/i.exec(filename)?.[1]
  if (address === undefined) return filename
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
