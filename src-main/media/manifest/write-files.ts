import { type FileHandle, mkdir, open, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { INDEX_NAME, MANIFEST_NAME } from './manifest.ts'

const FLUSH_CHARS = 1 << 18

export interface WrittenManifest {
  readonly manifest: string
  readonly index: string
  readonly items: number
  /** Whether an older manifest stood there. */
  readonly replaced: boolean
}

/**
 * Write `manifest.jsonl` and `index.json` (the place of every item in it) into a folder, which is made where it is missing.
 * Both appear under their names whole or not at all. A manifest that stands there is replaced; a file of either name that
 * is something else is left alone and refused.
 * @param head  lines before the items, without line ends, ASCII
 * @param items  the items' lines; what this throws is thrown on, and nothing is left behind
 * @throws EXPORT_NOT_WRITABLE, DISK_FULL
 */
export async function writeManifestFiles(
  folder: string,
  head: readonly string[],
  items: AsyncIterable<string>,
): Promise<WrittenManifest> {
  const manifest = join(folder, MANIFEST_NAME)
  const index = join(folder, INDEX_NAME)
  await mkdir(folder, { recursive: true }).catch(notWritten(folder))
  const replaced = await mayReplace(manifest, MANIFEST_START).catch(notWritten(manifest))
  await mayReplace(index, INDEX_START).catch(notWritten(index))
  const partial = (path: string) => `${path}.partial-${process.pid}`
  try {
    const offsets = await writeLines(partial(manifest), head, items)
    await writeWhole(partial(index), indexText(offsets))
    await rename(partial(manifest), manifest)
    await rename(partial(index), index)
    return { manifest, index, items: offsets.length, replaced }
  } catch (error) {
    for (const path of [manifest, index]) await unlink(partial(path)).catch(() => undefined)
    return notWritten(manifest)(error)
  }
}

/** @returns the byte offset of each item's line */
async function writeLines(
  path: string,
  head: readonly string[],
  items: AsyncIterable<string>,
): Promise<number[]> {
  return withNewFile(path, async (file) => {
    const offsets: number[] = []
    let waiting = head.map((line) => `${line}\n`).join('')
    let written = waiting.length
    for await (const item of items) {
      offsets.push(written)
      waiting += `${item}\n`
      // Lines are ASCII, so a character is a byte.
      written += item.length + 1
      if (waiting.length < FLUSH_CHARS) continue
      await file.write(waiting)
      waiting = ''
    }
    await file.write(waiting)
    return offsets
  })
}

const indexText = (offsets: readonly number[]) =>
  `{${offsets.map((offset, at) => `"${at}":${offset}`).join(',')}}`

function writeWhole(path: string, text: string): Promise<unknown> {
  return withNewFile(path, (file) => file.write(text))
}

async function withNewFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'w')
  try {
    const result = await work(file)
    await file.sync()
    return result
  } finally {
    await file.close()
  }
}

async function mayReplace(path: string, start: RegExp): Promise<boolean> {
  const text = await startOf(path)
  if (text === null) return false
  // An empty file stands in nobody's way.
  if (text.trim() === '' || start.test(text)) return true
  const detail = 'a file of that name is there already and is not part of a manifest'
  throw new AppError('EXPORT_NOT_WRITABLE', { path, detail })
}

const MANIFEST_START = /^\s*\{\s*"version"\s*:/
const INDEX_START = /^\s*\{\s*(?:\}|"\d+"\s*:\s*\d)/

/** The first bytes as text; null where there is no such file. */
async function startOf(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (!file) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'its folder is a file',
  EEXIST: 'a file of that name is there already',
  EISDIR: 'it is a folder',
}

function notWritten(path: string): (error: unknown) => never {
  return (cause) => {
    const code = codeOf(cause)
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('DISK_FULL', { path }, { cause })
    const detail = SENTENCES[code]
    if (detail !== undefined && !(cause instanceof AppError))
      throw new AppError('EXPORT_NOT_WRITABLE', { path, detail }, { cause })
    throw cause
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
