import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'

export interface SubsetFile {
  readonly name: string
  readonly sizeBytes: number
  readonly subset: string
}

/** The files of annotations: a bare one whatever its name, in an archive `annotations/<subset>.json` before any other. */
export function subsetFiles(input: DatasetInput): SubsetFile[] {
  const json = input.entries.filter(
    ({ name }) => /\.json$/i.test(name) && !/_meta\.json$/i.test(name),
  )
  const inPlace = json.filter(({ name }) => /(?:^|\/)annotations\/[^/]+$/i.test(name))
  const [only] = input.entries
  const isBare = input.entries.length === 1 && only?.name === input.file
  const found = isBare ? input.entries : inPlace.length > 0 ? inPlace : json
  if (found.length === 0) throw notDatumaro(input.file, 'it holds no annotations/….json')
  return found.map(({ name, sizeBytes }) => ({ name, sizeBytes, subset: subsetOf(name) }))
}

export function notDatumaro(
  file: string,
  expected = 'it needs a JSON file with "categories" and the list "items"',
): AppError {
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'Datumaro 1.0', expected })
}

function subsetOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
}
