import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { readLines } from '../common/lines.ts'

/** The classes of the MOT Challenge, for files that name none. */
const CHALLENGE = [
  'pedestrian',
  'person on vehicle',
  'car',
  'bicycle',
  'motorbike',
  'non motorized vehicle',
  'static person',
  'distractor',
  'occluder',
  'occluder on the ground',
  'occluder full',
  'reflection',
]

export interface MotFiles {
  readonly entry: string
  readonly sizeBytes: number
  /** Labels by class, from class 1. */
  readonly names: readonly string[]
}

/** @throws DATASET_NOT_THIS_FORMAT without exactly one gt.txt */
export async function motFiles(input: DatasetInput): Promise<MotFiles> {
  const [only] = input.entries
  const isBare = input.entries.length === 1 && only?.name === input.file
  const found = input.entries.filter(({ name }) => isBare || /(?:^|[\\/])gt\.txt$/i.test(name))
  const [gt] = found
  if (gt === undefined) throw notMot(input.file, 'it holds no gt.txt')
  if (found.length > 1) {
    throw notMot(input.file, `it holds ${found.length} sequences, import one gt.txt at a time`)
  }
  const beside = gt.name.replace(/gt\.txt$/i, '')
  const labels = input.entries.find(
    ({ name }) => name.toLowerCase() === `${beside}labels.txt`.toLowerCase(),
  )
  if (isBare || labels === undefined) return { ...gt, entry: gt.name, names: CHALLENGE }
  return { ...gt, entry: gt.name, names: await readLines(input, labels.name) }
}

function notMot(file: string, expected: string): AppError {
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'MOT 1.1', expected })
}
