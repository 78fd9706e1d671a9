import { AppError } from '#shared/errors/app-error.ts'

const FULL = new Set(['ENOSPC', 'EDQUOT'])
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR'])

/**
 * Run what writes into a folder, and say in a sentence what the drive says in codes.
 * @throws DISK_FULL, DATA_DIR_READ_ONLY, and what `work` throws
 */
export async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const { code, syscall, path = folder } = cause as NodeJS.ErrnoException
    if (code !== undefined && FULL.has(code)) {
      throw new AppError('DISK_FULL', { path: folder }, { cause })
    }
    // What Node says of a folder with all above it that it cannot make on a drive that is read-only.
    const isUnmade = code === 'ENOENT' && syscall === 'mkdir'
    const isReadOnly = isUnmade || (code !== undefined && READ_ONLY.has(code))
    if (isReadOnly && path.startsWith(folder)) {
      const detail = isUnmade ? 'it cannot be written' : code
      throw new AppError('DATA_DIR_READ_ONLY', { dataDir: folder, detail }, { cause })
    }
    throw cause
  }
}
