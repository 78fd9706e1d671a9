import { mkdir } from 'node:fs/promises'
import { AppError } from '#shared/errors/app-error.ts'

const CLAUSES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  EEXIST: 'a file has that name',
  ENOTDIR: 'one of the folders above it is a file',
  ENAMETOOLONG: 'its name is too long',
}

/** A folder with all above it. @throws DISK_FULL, EXPORT_NOT_WRITABLE */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('DISK_FULL', { path }, { cause })
    const detail = CLAUSES[code]
    if (detail === undefined) throw cause
    throw new AppError('EXPORT_NOT_WRITABLE', { path, detail }, { cause })
  })
}
