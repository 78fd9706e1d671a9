import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { type ArchiveEntry, ArchiveProblem, readExactly, windowedReader } from './archive.ts'
import { checkExpansion, checkName } from './entry-safety.ts'
import { parsePax, parseTarHeader, TAR_BLOCK, type TarHeader } from './tar-header.ts'

const ENTRIES_PER_TURN = 2000
/** Long names and pax facts are a few hundred bytes; a header that claims more is not meant well. */
const MAX_FACT_BYTES = 1 << 20
/** Small, because between two headers lies a picture that nobody wants yet. */
const WINDOW_BYTES = 16 * 1024

/**
 * A tar's files with the place of their bytes. Only headers are read, pictures are jumped over.
 * @param path  for messages: the archive as the person knows it
 * @throws ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED
 */
export async function readTarEntries(
  path: string,
  fd: number,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  try {
    for (const entry of tarFiles(fd, sizeBytes)) {
      checkName(path, entry.name)
      checkExpansion(path, { ...entry, packedBytes: entry.sizeBytes })
      entries.push(entry)
      if (entries.length % ENTRIES_PER_TURN !== 0) continue
      await nextTurn()
      throwIfCancelled(signal, 'The scan')
    }
  } catch (error) {
    if (!(error instanceof ArchiveProblem)) throw error
    throw new AppError('ARCHIVE_UNREADABLE', { path, detail: error.message }, { cause: error })
  }
  return entries
}

function* tarFiles(fd: number, archiveBytes: number): Iterable<ArchiveEntry> {
  if (archiveBytes < TAR_BLOCK) throw new ArchiveProblem('it is cut short')
  const at = windowedReader(fd, archiveBytes, WINDOW_BYTES)
  let facts: { path?: string; size?: number } = {}
  // An archive may end without the blocks of zeros that close it, but not inside a block.
  for (let offset = 0; offset !== archiveBytes; ) {
    const header = parseTarHeader(at(offset, TAR_BLOCK))
    if (!header) return
    const dataOffset = offset + TAR_BLOCK
    const sizeBytes = facts.size ?? header.sizeBytes
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0 || dataOffset + sizeBytes > archiveBytes)
      throw new ArchiveProblem('it is cut short')
    const more = factsFor(header, () => readFact(fd, dataOffset, sizeBytes))
    if (more) facts = { ...facts, ...more }
    else {
      const name = (facts.path ?? header.name).replace(/^(\.\/)+/, '')
      if (isFile(header)) yield { name, dataOffset, sizeBytes, zip: null }
      facts = {}
    }
    offset = dataOffset + Math.ceil(sizeBytes / TAR_BLOCK) * TAR_BLOCK
  }
}

/** Facts that a header carries for the entry behind it; null for an entry of its own. */
function factsFor(header: TarHeader, data: () => Buffer): { path?: string; size?: number } | null {
  if (header.type === 'x') return parsePax(data())
  if (header.type === 'L') return { path: data().toString('utf8').replace(/\0.*$/s, '') }
  return header.type === 'g' || header.type === 'K' ? {} : null
}

function readFact(fd: number, offset: number, sizeBytes: number): Buffer {
  if (sizeBytes > MAX_FACT_BYTES) throw new ArchiveProblem('one of its names is too long')
  return readExactly(fd, offset, sizeBytes)
}

const isFile = ({ type, name }: TarHeader) => (type === '0' || type === '7') && !name.endsWith('/')
