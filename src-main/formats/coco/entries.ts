import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** Files of the other COCO tasks carry these names; they hold no instances. */
const OTHER_TASKS = /^(person_keypoints|captions|labels|image_info|panoptic|stuff)_/

/** The instance files of an input: a bare file whatever its name, in an archive `instances_*.json` before any other. */
export function annotationEntries(input: DatasetInput): DatasetInput['entries'] {
  const [only] = input.entries
  if (input.entries.length === 1 && only?.name === input.file) return [only]
  const json = input.entries.filter(
    ({ name }) => /\.json$/i.test(name) && !OTHER_TASKS.test(base(name)),
  )
  const instances = json.filter(({ name }) => base(name).startsWith('instances_'))
  const found = instances.length > 0 ? instances : json
  if (found.length > 0) return found
  const expected = 'it holds no annotations/instances_….json'
  throw new AppError('DATASET_NOT_THIS_FORMAT', { file: input.file, format: 'COCO 1.0', expected })
}

function base(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
