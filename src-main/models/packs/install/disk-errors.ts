import { AppError } from '#shared/errors/app-error.ts'

const FULL = new Set(['ENOSPC', 'EDQUOT'])
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM'])

/**
 * Run what writes into a folder, and say in a sentence what the drive says in codes.
 * @throws DISK_FULL, DATA_DIR_READ_ONLY, and what `work` throws
 */
export async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const { code, path = folder } = cause as NodeJS.ErrnoException
    if (code !== undefined && FULL.has(code)) {
      throw new AppError('DISK_FULL', { path: folder }, { cause })
    }
    if (code !== undefined && READ_ONLY.has(code) && path.startsWith(folder)) {
      throw new AppError('DATA_DIR_READ_ONLY', { dataDir: folder, detail: code }, { cause })
    }
    throw cause
  }
}
