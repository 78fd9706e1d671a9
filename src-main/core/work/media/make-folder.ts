import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'

const CLAUSES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOENT: 'no folder can be made there',
  EEXIST: 'a file has that name',
  ENOTDIR: 'one of the folders above it is a file',
  ENAMETOOLONG: 'its name is too long',
  ERR_INVALID_ARG_VALUE: 'no folder can have that name',
}

/** A folder with all above it. @throws DISK_FULL, EXPORT_NOT_WRITABLE */
export async function makeFolder(path: string): Promise<void> {
  await makeAll(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('DISK_FULL', { path }, { cause })
    const detail = CLAUSES[code]
    if (detail === undefined) throw cause
    throw new AppError('EXPORT_NOT_WRITABLE', { path, detail }, { cause })
  })
}

/** As mkdir's `recursive`, which goes round in circles where the system says ENOENT to any new folder (/proc, automounts). */
async function makeAll(path: string): Promise<void> {
  const parent = dirname(path)
  const there = await stat(path).catch(() => null)
  if (there?.isDirectory()) return
  if (parent !== path) await makeAll(parent)
  await mkdir(path).catch((error: unknown) => {
    // Another export may have made it in the meantime.
    if (there === null && error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return
    throw error
  })
}
