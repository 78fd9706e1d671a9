/**
 * Thumbnails and converted pictures on disk. Everything here can be made again: a file that cannot be read or written
 * costs time, never a picture, so no failure of the disk leaves this module. Files are written beside and renamed, so
 * that a crash or a second process never shows half of one.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameBytes } from '../../core/ports.ts'

export const DEFAULT_DISK_BYTES = 1024 ** 3
/** Looked at again after this many bytes were written. */
const SHARE_BEFORE_PRUNE = 0.1

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/png': '.png', 'image/webp': '.webp' }

export interface DiskCache {
  get(key: string, contentType: string): Promise<FrameBytes | null>
  set(key: string, bytes: FrameBytes): Promise<void>
}

export function createDiskCache(dir: string, maxBytes = DEFAULT_DISK_BYTES): DiskCache {
  let writtenBytes = Number.POSITIVE_INFINITY

  async function store(file: string, body: Uint8Array): Promise<void> {
    await mkdir(dir, { recursive: true })
    const partial = `${file}.${process.pid}.${performance.now()}.part`
    try {
      await writeFile(partial, body)
      await rename(partial, file)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
    writtenBytes += body.byteLength
    if (writtenBytes < maxBytes * SHARE_BEFORE_PRUNE) return
    writtenBytes = 0
    await prune(dir, maxBytes)
  }

  return {
    async get(key, contentType) {
      const file = join(dir, fileName(key, contentType))
      const body = await readFile(file).catch(() => null)
      if (!body) return null
      const now = new Date()
      utimes(file, now, now).catch(() => undefined) // its age only decides what is dropped first
      return { contentType, body, exifTurned: false }
    },
    async set(key, { contentType, body }) {
      await store(join(dir, fileName(key, contentType)), body).catch(() => undefined)
    },
  }
}

function fileName(key: string, contentType: string): string {
  return createHash('sha1').update(key).digest('hex') + (EXTENSIONS[contentType] ?? '')
}

/** Drop the least recently used files until nine tenths of the budget are left. */
export async function prune(dir: string, maxBytes: number): Promise<void> {
  const files = (await readdir(dir)).map((name) => join(dir, name))
  const known = await Promise.all(
    files.map(async (file) => ({
      file,
      ...(await stat(file).catch(() => ({ size: 0, mtimeMs: 0 }))),
    })),
  )
  known.sort((a, b) => b.mtimeMs - a.mtimeMs)
  let total = 0
  for (const { file, size } of known) {
    total += size
    if (total > maxBytes * 0.9) await rm(file, { force: true })
  }
}
