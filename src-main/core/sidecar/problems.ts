/** Why a file is left alone, as people read it. */
import { AppError } from '#shared/errors/app-error.ts'

/** A clause without a full stop; null for an error that has nothing to do with the file. */
export function clauseOf(error: unknown): string | null {
  if (!(error instanceof AppError)) return problemOf(error)
  return isOfFile(error) ? partOf(error) : null
}

function isOfFile({ code }: AppError): boolean {
  return code === 'DATASET_INVALID' || code === 'DATASET_NOT_THIS_FORMAT'
}

/** Of the sentence about a whole import, the part that says what is wrong with this file. */
function partOf(error: AppError): string {
  const { where, problem, expected } = error.params as Record<string, string | undefined>
  if (expected) return `it is not a file of this format: ${expected}`
  return [where, problem].filter((part) => part !== undefined).join(': ')
}

/** What the file system has against it. */
function problemOf(error: unknown): string {
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be written or read'
  if (code === 'EROFS') return 'it lies on a drive that can only be read'
  if (code === 'ENOSPC') return 'the drive is full'
  if (code === 'EISDIR' || code === 'ENOTDIR')
    return `${path ?? 'it'} is no folder where one should be`
  return message.replace(/\.$/, '')
}
