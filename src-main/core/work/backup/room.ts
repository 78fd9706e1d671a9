import { stat, statfs } from 'node:fs/promises'
import { AppError } from '#shared/errors/app-error.ts'
import type { BackupFile } from '../../ports.ts'

/** Below this nobody asks how well it packs. */
const HARMLESS_BYTES = 2 ** 30
/** Uncompressed pictures may pack well; what packs better than this all in all is a bomb. */
const MOST_EXPANSION = 200

/**
 * Whether what is to be taken out of an archive is of an honest size and has a place on the disk.
 * @throws ARCHIVE_UNSAFE, DISK_FULL
 */
export async function requireRoom(
  dataDir: string,
  path: string,
  files: readonly BackupFile[],
): Promise<void> {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const archive = await stat(path)
  if (archive.isFile() && bytes > HARMLESS_BYTES && bytes > archive.size * MOST_EXPANSION) {
    const why = `would grow more than ${MOST_EXPANSION}-fold with all others, as zip bombs do`
    throw new AppError('ARCHIVE_UNSAFE', { path, entry: files.at(-1)?.entry ?? '', why })
  }
  const room = await statfs(dataDir).catch(() => null)
  if (room && bytes > room.bavail * room.bsize) throw new AppError('DISK_FULL', { path: dataDir })
}
