import { AppError } from '#shared/errors/app-error.ts'

/** Says what is wrong at a place of a backup, and does not come back. */
export type Refuse = (where: string, problem: string, cause?: unknown) => never

/** @throws BACKUP_INVALID when called */
export function refuseBackup(file: string, entry: string): Refuse {
  return (where, problem, cause) => {
    const place = where === '' ? entry : `${entry}, ${where}`
    throw new AppError('BACKUP_INVALID', { file, where: place, problem }, { cause })
  }
}

/** Readers that data sets share refuse as data sets do: here the same in a backup's words. */
export function asBackupError(error: unknown, file: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'DATASET_INVALID') return error
  const { where, problem } = error.params as { where: string; problem: string }
  return new AppError('BACKUP_INVALID', { file, where, problem }, { cause: error })
}
