import { read } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { FrameLocation } from '../../core/ports.ts'
import { type Archive, ArchiveProblem } from '../archives/archive.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { entryOf } from '../archives/entry-of.ts'
import { readZipEntry } from '../archives/zip-read.ts'
import { filePath } from '../file-path.ts'

const readAsync = promisify(read)

/**
 * A picture's own bytes, from its file or out of its archive.
 * @throws the system's error, ArchiveProblem, ARCHIVE_UNREADABLE, ARCHIVE_UNSAFE
 */
export function readPicture(
  location: FrameLocation,
  shelf: ArchiveShelf,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = filePath(location)
  if (path !== null) return readFile(path)
  return shelf.use(location.source, signal, (archive) => readEntry(archive, location.entry))
}

async function readEntry(archive: Archive, name: string): Promise<Buffer> {
  const { zip, dataOffset, sizeBytes } = entryOf(archive, name)
  if (zip) return readZipEntry(archive, zip, sizeBytes)
  const bytes = Buffer.allocUnsafe(sizeBytes)
  const { bytesRead } = await readAsync(archive.fd, bytes, 0, sizeBytes, dataOffset ?? 0)
  if (bytesRead < sizeBytes) throw new ArchiveProblem('the archive is cut short')
  return bytes
}
