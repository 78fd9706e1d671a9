import { open as openFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { openFolder, openSingleFile } from './plain-input.ts'
import { openZip } from './zip-input.ts'

/**
 * Open what a person chose to import: a zip, an unpacked dataset folder, or a bare annotation file. What a file is, its
 * first bytes say, not its name.
 * @throws MEDIA_NOT_FOUND, ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE
 */
export async function openInput(path: string): Promise<DatasetInput & { close(): void }> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  })
  if (facts.isDirectory()) return openFolder(path)
  // A pipe is waited for until somebody writes into it, a device may never end, and neither may what the system shows as a
  // file without bytes (/proc).
  if (!facts.isFile()) {
    const detail = 'it is neither a file nor a folder'
    throw new AppError('ARCHIVE_UNREADABLE', { path, detail })
  }
  if (facts.size > 0 && (await isZip(path))) return openZip(path, facts.size)
  if (extname(path).toLowerCase() === '.zip') {
    throw new AppError('ARCHIVE_UNREADABLE', {
      path,
      detail: 'it does not begin as a zip file does',
    })
  }
  return openSingleFile(path, basename(path), facts.size)
}

async function isZip(path: string): Promise<boolean> {
  const unreadable = (cause: unknown): never => {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  }
  const handle = await openFile(path, 'r').catch(unreadable)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0).catch(unreadable)
    const magic = buffer.subarray(0, bytesRead).toString('latin1')
    return magic === 'PK\u0003\u0004' || magic === 'PK\u0005\u0006'
  } finally {
    await handle.close()
  }
}
