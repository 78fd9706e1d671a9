/**
 * A gzipped tar cannot be read at a place in the middle, so it is unpacked once to a plain tar in the cache folder and
 * read from there. The copy is keyed by path, size and time, may be deleted at any moment, and comes back when needed.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { AppError } from '#shared/errors/app-error.ts'

const GIB = 1024 ** 3
const MAX_RATIO = 200
const HARMLESS_BYTES = GIB
const MAX_BYTES = 64 * GIB
/** Copies kept beside the newest one. */
const MAX_KEPT_BYTES = 16 * GIB

/**
 * The plain tar of a gzipped one.
 * @throws ARCHIVE_UNSAFE (unpacks beyond reason), ARCHIVE_UNREADABLE, DISK_FULL, and the system's ENOENT
 */
export async function inflatedTar(
  path: string,
  cacheDir: string,
  signal: AbortSignal,
): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  const key = createHash('sha1').update(`${path}\0${size}\0${mtimeMs}`).digest('hex')
  const dir = join(cacheDir, 'archives')
  const target = join(dir, `${key}.tar`)
  if (await touch(target)) return target
  await mkdir(dir, { recursive: true })
  const partial = join(dir, `${key}.${process.pid}.${performance.now()}.part`)
  try {
    await inflate(path, partial, size, signal)
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true })
    throw explained(path, error, signal)
  }
  await prune(dir, target)
  return target
}

function inflate(path: string, to: string, packedBytes: number, signal: AbortSignal) {
  const limit = Math.min(MAX_BYTES, Math.max(HARMLESS_BYTES, packedBytes * MAX_RATIO))
  let total = 0
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length
      if (total <= limit) return done(null, chunk)
      const why = `makes it unpack to more than ${Math.round(limit / GIB)} GB`
      done(new AppError('ARCHIVE_UNSAFE', { path, entry: 'gzip stream', why }))
    },
  })
  return pipeline(createReadStream(path), createGunzip(), bounded, createWriteStream(to), {
    signal,
  })
}

function explained(path: string, cause: unknown, signal: AbortSignal): unknown {
  if (cause instanceof AppError) return cause
  if (signal.aborted) return new AppError('CANCELLED', { what: 'The scan' })
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ENOSPC') return new AppError('DISK_FULL', { path }, { cause })
  if (!code.startsWith('Z_')) return cause
  const detail = code === 'Z_BUF_ERROR' ? 'it is cut short' : 'its gzip data is damaged'
  return new AppError('ARCHIVE_UNREADABLE', { path, detail }, { cause })
}

/** Its time says when it was last of use. */
async function touch(file: string): Promise<boolean> {
  const now = new Date()
  return utimes(file, now, now).then(
    () => true,
    () => false,
  )
}

async function prune(dir: string, keep: string): Promise<void> {
  const files = (await readdir(dir)).map((name) => join(dir, name)).filter((file) => file !== keep)
  const known = await Promise.all(
    files.map(async (file) => ({ file, ...(await sizeAndTime(file)) })),
  )
  let total = 0
  for (const { file, size } of known.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    total += size
    if (total > MAX_KEPT_BYTES) await rm(file, { force: true })
  }
}

/** Another process may have removed it in the meantime. */
const sizeAndTime = (file: string) => stat(file).catch(() => ({ size: 0, mtimeMs: 0 }))
