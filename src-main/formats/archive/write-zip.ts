import { type FileHandle, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DatasetOutput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { createZipWriter } from './zip-writer.ts'

/**
 * Write a zip that appears under its name whole or not at all: to `<path>.partial-<pid>` in the same folder first, then
 * to the disk for good, then renamed. Whatever goes wrong, or a cancel, removes the temporary file.
 * @throws DISK_FULL, EXPORT_NOT_WRITABLE, and whatever `fill` throws
 */
export async function writeZip(
  path: string,
  fill: (output: DatasetOutput) => Promise<void>,
): Promise<{ sizeBytes: number }> {
  await requireFile(path)
  await removeAbandoned(path)
  const temporary = await openTemporary(path).catch(notWritten(path))
  try {
    const writer = createZipWriter(temporary.handle)
    await fill(writer)
    const sizeBytes = await writer.finish()
    await temporary.handle.sync()
    await temporary.handle.close()
    await rename(temporary.path, path)
    await syncFolder(dirname(path))
    return { sizeBytes }
  } catch (error) {
    // Both may have happened already; the first error is the one that counts.
    await temporary.handle.close().catch(() => undefined)
    await unlink(temporary.path).catch(() => undefined)
    return notWritten(path)(error)
  }
}

/** A folder is found out now and not when all is written. A device or a pipe must not be: a file would take its place. */
async function requireFile(path: string): Promise<void> {
  const facts = await stat(path).catch(() => null)
  if (facts === null || facts.isFile()) return
  const detail = facts.isDirectory() ? 'it is a folder' : 'it is a device or a pipe'
  throw new AppError('EXPORT_NOT_WRITABLE', { path, detail })
}

async function openTemporary(path: string): Promise<{ path: string; handle: FileHandle }> {
  for (let attempt = 1; ; attempt++) {
    const temporary = `${path}.partial-${process.pid}${attempt === 1 ? '' : `-${attempt}`}`
    try {
      return { path: temporary, handle: await open(temporary, 'wx') }
    } catch (error) {
      // Another export to the same name runs in this very process.
      if (codeOf(error) !== 'EEXIST' || attempt === 100) throw error
    }
  }
}

/** Temporary files of processes that were killed would lie there for ever. */
async function removeAbandoned(path: string): Promise<void> {
  const prefix = `${basename(path)}.partial-`
  const names = await readdir(dirname(path)).catch(() => [])
  for (const name of names.filter((other) => other.startsWith(prefix))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10)
    if (pid > 0 && !isAlive(pid)) await unlink(join(dirname(path), name)).catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** The new name itself must reach the disk; Windows cannot sync folders and does not need to. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'no file can have that name',
  EILSEQ: 'no file can have that name',
  EBUSY: 'another program holds it',
}

function notWritten(path: string): (error: unknown) => never {
  return (cause) => {
    const code = codeOf(cause)
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('DISK_FULL', { path }, { cause })
    const detail = SENTENCES[code]
    if (detail !== undefined) throw new AppError('EXPORT_NOT_WRITABLE', { path, detail }, { cause })
    throw cause
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
