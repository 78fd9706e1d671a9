import { setImmediate as nextTurn } from 'node:timers/promises'
import yauzl from 'yauzl'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { type ArchiveEntry, ArchiveProblem, windowedReader } from './archive.ts'
import { checkExpansion, checkName, checkTotal } from './entry-safety.ts'

/** A person waits for the loop this runs on: it goes back to it this often. */
const ENTRIES_PER_TURN = 2000
const LOCKED = 'it is locked with a password'
const SYMBOLIC_LINK = 0xa
const MADE_BY_UNIX = 3

type Callback = (error: Error | null, bytesRead?: number) => void

/** yauzl reads the directory two small records an entry; from a window in memory 50,000 of them take 0.1 s, not 3 s. */
class WindowReader extends yauzl.RandomAccessReader {
  readonly #read: (offset: number, length: number) => Buffer

  constructor(fd: number, sizeBytes: number) {
    super()
    this.#read = windowedReader(fd, sizeBytes)
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: Callback,
  ): void {
    try {
      this.#read(position, length).copy(buffer, offset)
    } catch (error) {
      callback(error as Error)
      return
    }
    callback(null, length)
  }

  override close(callback: Callback): void {
    callback(null)
  }
}

/**
 * A zip's pictures and other files, from its central directory alone (zip64 too).
 * @throws ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED
 */
export async function readZipEntries(
  path: string,
  fd: number,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<ArchiveEntry[]> {
  try {
    const zip = await openDirectory(fd, sizeBytes)
    return await collect(zip, path, sizeBytes, signal)
  } catch (error) {
    if (error instanceof AppError) throw error
    const detail = clause(error)
    const encrypted = detail === LOCKED
    throw new AppError('ARCHIVE_UNREADABLE', { path, detail, encrypted }, { cause: error })
  }
}

function openDirectory(fd: number, sizeBytes: number): Promise<yauzl.ZipFile> {
  // Names stay raw: yauzl would turn backslashes into slashes, and its own check would not name the entry.
  // Sizes are checked as entries are read, so that one odd entry does not hide why (a password, say).
  const options = {
    lazyEntries: true,
    decodeStrings: false,
    validateEntrySizes: false,
    autoClose: false,
  }
  return new Promise((resolve, reject) => {
    yauzl.fromRandomAccessReader(
      new WindowReader(fd, sizeBytes),
      sizeBytes,
      options,
      (error, zip) => (error ? reject(error) : resolve(zip)),
    )
  })
}

async function collect(
  zip: yauzl.ZipFile,
  path: string,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  let total = 0
  for (let seen = 1; ; seen += 1) {
    const raw = await nextEntry(zip)
    if (!raw) return entries
    if (seen % ENTRIES_PER_TURN === 0) {
      await nextTurn()
      throwIfCancelled(signal, 'The scan')
    }
    const entry = toEntry(path, raw)
    if (!entry) continue
    total += entry.sizeBytes
    checkTotal(path, entry.name, total, sizeBytes)
    entries.push(entry)
  }
}

function nextEntry(zip: yauzl.ZipFile): Promise<yauzl.Entry | null> {
  if (zip.entriesRead === zip.entryCount) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    zip.removeAllListeners()
    zip.once('entry', resolve)
    zip.once('error', reject)
    zip.readEntry()
  })
}

function toEntry(path: string, raw: yauzl.Entry): ArchiveEntry | null {
  const name = decodeName(raw)
  checkName(path, name)
  if (name.endsWith('/') || isLink(raw)) return null
  if (raw.isEncrypted()) throw new ArchiveProblem(LOCKED)
  if (raw.compressionMethod !== 0 && raw.compressionMethod !== 8)
    throw new ArchiveProblem(
      `"${name}" is packed with a method (${raw.compressionMethod}) that is not plain zip`,
    )
  const packedBytes = raw.compressedSize
  checkExpansion(path, { name, sizeBytes: raw.uncompressedSize, packedBytes })
  return {
    name,
    dataOffset: null,
    sizeBytes: raw.uncompressedSize,
    zip: {
      headerOffset: raw.relativeOffsetOfLocalHeader,
      packedBytes,
      deflated: raw.compressionMethod === 8,
      crc32: raw.crc32,
    },
  }
}

function decodeName(raw: yauzl.Entry): string {
  const bytes = raw.fileName as unknown as Buffer
  return yauzl.getFileNameLowLevel(raw.generalPurposeBitFlag, bytes, raw.extraFields, true)
}

function isLink(raw: yauzl.Entry): boolean {
  return (
    raw.versionMadeBy >> 8 === MADE_BY_UNIX && raw.externalFileAttributes >>> 28 === SYMBOLIC_LINK
  )
}

/** yauzl's sentences as a clause a person can read. */
function clause(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/end of central directory record signature not found|comment length/i.test(message))
    return 'its table of contents is missing, so it is cut short or no zip at all'
  if (/encryption/i.test(message)) return LOCKED
  return message.replace(/\.$/, '')
}
