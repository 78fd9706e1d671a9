import { AppError } from '#shared/errors/app-error.ts'

/** Says what is wrong at a place of a file, and does not come back. */
export type Refuse = (where: string, problem: string) => never

/** Refusals of one entry of an archive, or of a bare file. @throws DATASET_INVALID when called */
export function refuseIn(file: string, entry: string): Refuse {
  return (where, problem) => {
    const inside = entry === file ? '' : `${entry}, `
    throw new AppError('DATASET_INVALID', { file, where: inside + where, problem })
  }
}
