import { createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { AppError } from '#shared/errors/app-error.ts'
import { entryProblem, isClutter } from './unsafe-entry.ts'

const MOST_ENTRIES = 1000
/** Nobody has a model of so much; it also bounds what a bomb may cost. */
const MOST_BYTES = 16 * 2 ** 30

/**
 * Unpack a zipped pack into a folder that nobody else uses. The whole list is checked first: no entry leaves the folder, is
 * a link, encrypted, or grows as bombs do; sizes that turn out to be lies stop it.
 * @throws ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED; of the disk what Node throws
 */
export async function unzip(path: string, folder: string, signal?: AbortSignal): Promise<void> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(damaged(path))
  try {
    const entries = await listEntries(zip, path)
    for (const entry of entries) {
      const target = join(folder, entry.fileName)
      await mkdir(dirname(target), { recursive: true })
      await unpack(zip, entry, target, signal).catch(damaged(path))
    }
  } catch (error) {
    if (signal?.aborted) throw new AppError('CANCELLED', { what: 'Unpacking' }, { cause: error })
    throw error
  } finally {
    zip.close()
  }
}

async function listEntries(zip: ZipFile, path: string): Promise<Entry[]> {
  const packedBytes = (await stat(path)).size
  const entries = new Map<string, Entry>()
  let [packed, plain] = [0, 0]
  const refuse = (entry: Entry, why: string) =>
    new AppError('ARCHIVE_UNSAFE', { path, entry: entry.fileName, why })
  try {
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize
      plain += entry.uncompressedSize
      const problem = entryProblem(entry)
      if (problem !== null) throw refuse(entry, problem)
      if (packed > packedBytes)
        throw refuse(entry, 'shares its bytes with another entry, as zip bombs do')
      if (plain > MOST_BYTES) throw refuse(entry, 'brings the pack to more than 16 GB')
      if (entry.fileName.endsWith('/') || isClutter(entry.fileName)) continue
      const key = entry.fileName.toLowerCase()
      if (entries.has(key)) throw refuse(entry, 'is there twice')
      if (entries.size >= MOST_ENTRIES)
        throw refuse(entry, `is number ${MOST_ENTRIES + 1}, too many for a model`)
      entries.set(key, entry)
    }
  } catch (error) {
    damaged(path)(error)
  }
  return [...entries.values()]
}

async function unpack(
  zip: ZipFile,
  entry: Entry,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stream: Readable = await zip.openReadStreamPromise(entry)
  let sum = 0
  async function* checked(pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      sum = crc32(piece, sum)
      yield piece
    }
    if (sum !== entry.crc32) throw new Error(`the checksum of "${entry.fileName}" is wrong`)
  }
  const into = createWriteStream(target, { flags: 'wx' })
  await pipeline(stream, checked, into, ...(signal ? [{ signal }] : []))
}

/** yauzl refuses names that leave the archive with these words. */
const UNSAFE_NAME = /^(invalid relative path|absolute path|invalid characters in fileName): (.*)$/s

/** What the disk says stays as it is; everything else is about the archive. */
function damaged(path: string): (cause: unknown) => never {
  return (cause) => {
    const isOfDisk = cause instanceof Error && 'code' in cause && 'syscall' in cause
    if (cause instanceof AppError || isOfDisk) throw cause
    const detail = cause instanceof Error ? cause.message : String(cause)
    const unsafe = UNSAFE_NAME.exec(detail)
    if (unsafe !== null) {
      const why = 'would leave the folder it is unpacked into'
      throw new AppError('ARCHIVE_UNSAFE', { path, entry: unsafe[2] ?? '', why }, { cause })
    }
    throw new AppError('ARCHIVE_UNREADABLE', { path, detail: detail.replace(/\.$/, '') }, { cause })
  }
}
