import { open as openFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { decodeText } from './decode-text.ts'
import { createSmallReader, isSmall } from './small-entries.ts'

/** Real annotation text packs 5 to 60 times; deflate cannot pass 1,032, which is what bombs come near. */
const MOST_EXPANSION = 400
/** Below this size any ratio is harmless. */
const SMALL_BYTES = 2 ** 25
const MOST_ENTRIES = 2_000_000
/** What `bytes` will hold at once. */
const MOST_IN_MEMORY = 2 ** 29

/**
 * A zip, its list checked before anything is read: no entry leaves the archive, is encrypted, shares bytes with another
 * or expands as bombs do.
 * @throws ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE; from `text` and `bytes` too, where an entry turns out to be damaged
 */
export async function openZip(
  path: string,
  sizeBytes: number,
): Promise<DatasetInput & { close(): void }> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(damaged(path))
  // Our own handle beside yauzl's, which must not be read after yauzl has closed it.
  const handle = await openFile(path, 'r').catch((error: unknown) => {
    zip.close()
    return damaged(path)(error)
  })
  const close = (): void => {
    zip.close()
    handle.close().catch(() => undefined)
  }
  const entries = await listEntries(zip, path, sizeBytes).catch((error: unknown) => {
    close()
    throw error
  })
  const archive: Archive = { zip, path, readSmall: createSmallReader(handle) }
  const file = basename(path)
  const find = (name: string): Entry => {
    const entry = entries.get(name)
    if (entry === undefined) {
      throw new AppError('ARCHIVE_UNREADABLE', { path, detail: `it has no entry "${name}"` })
    }
    return entry
  }
  return {
    file,
    entries: [...entries].map(([name, entry]) => ({ name, sizeBytes: entry.uncompressedSize })),
    text: (name) => decodeText(readEntry(archive, find(name)), file, name),
    bytes: (name) => readWhole(archive, find(name)),
    pieces: (name) => readEntry(archive, find(name)),
    close,
  }
}

interface Archive {
  readonly zip: ZipFile
  readonly path: string
  readonly readSmall: (entry: Entry) => Promise<Buffer>
}

async function listEntries(
  zip: ZipFile,
  path: string,
  sizeBytes: number,
): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let packedBytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      packedBytes += entry.compressedSize
      const problem =
        entryProblem(entry) ??
        (packedBytes > sizeBytes ? 'shares its bytes with another entry, as zip bombs do' : null) ??
        (entries.size >= MOST_ENTRIES ? `is number ${MOST_ENTRIES + 1}, too many` : null)
      if (problem !== null) {
        throw new AppError('ARCHIVE_UNSAFE', { path, entry: entry.fileName, why: problem })
      }
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
    }
  } catch (error) {
    damaged(path)(error)
  }
  return entries
}

function entryProblem(entry: Entry): string | null {
  if (entry.isEncrypted()) return 'is encrypted'
  if (!entry.canDecodeFileData())
    return `is packed by method ${entry.compressionMethod}, which is neither store nor deflate`
  const { uncompressedSize, compressedSize } = entry
  if (uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * MOST_EXPANSION) {
    return `would grow more than ${MOST_EXPANSION}-fold, as zip bombs do`
  }
  return null
}

/** Pieces of an entry, its checksum compared at the end. */
async function* readEntry(
  { zip, path, readSmall }: Archive,
  entry: Entry,
): AsyncGenerator<Uint8Array> {
  if (isSmall(entry)) {
    yield await readSmall(entry).catch(damaged(path))
    return
  }
  let stream: Readable | null = null
  let sum = 0
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      sum = crc32(piece, sum)
      yield piece
    }
    if (sum !== entry.crc32) throw new Error(`the checksum of "${entry.fileName}" is wrong`)
  } catch (error) {
    damaged(path)(error)
  } finally {
    stream?.destroy()
  }
}

async function readWhole(archive: Archive, entry: Entry): Promise<Uint8Array> {
  if (entry.uncompressedSize > MOST_IN_MEMORY) {
    const why = 'is too large to be read at once'
    throw new AppError('ARCHIVE_UNSAFE', { path: archive.path, entry: entry.fileName, why })
  }
  const pieces: Uint8Array[] = []
  for await (const piece of readEntry(archive, entry)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** yauzl refuses names that leave the archive with these words. */
const UNSAFE_NAME = /^(invalid relative path|absolute path|invalid characters in fileName): (.*)$/s

function damaged(path: string): (cause: unknown) => never {
  return (cause) => {
    if (cause instanceof AppError) throw cause
    const detail = cause instanceof Error ? cause.message : String(cause)
    const unsafe = UNSAFE_NAME.exec(detail)
    if (unsafe !== null) {
      const why = 'would leave the folder it is unpacked into'
      throw new AppError('ARCHIVE_UNSAFE', { path, entry: unsafe[2] ?? '', why }, { cause })
    }
    throw new AppError('ARCHIVE_UNREADABLE', { path, detail }, { cause })
  }
}
