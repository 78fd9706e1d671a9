import { closeSync, openSync, readSync } from 'node:fs'

/** One file inside an archive. Folders and links are not among them. */
export interface ArchiveEntry {
  readonly name: string
  /** Tar: where its bytes begin. Null for zip, whose local header has to be read first. */
  readonly dataOffset: number | null
  readonly sizeBytes: number
  readonly zip: ZipFacts | null
}

export interface ZipFacts {
  readonly headerOffset: number
  readonly packedBytes: number
  readonly deflated: boolean
  readonly crc32: number
}

/** An archive whose table of contents has been read and whose file is open. */
export interface Archive {
  readonly path: string
  readonly fd: number
  readonly sizeBytes: number
  readonly entries: readonly ArchiveEntry[]
  find(name: string): ArchiveEntry | undefined
  close(): void
}

/** A damaged or hostile archive, told as a clause; whoever knows the path makes the sentence. */
export class ArchiveProblem extends Error {
  override readonly name = 'ArchiveProblem'
}

/** Reads a window at a time: tables of contents are many tiny records, a system call each would take seconds. */
export function windowedReader(fd: number, sizeBytes: number, windowBytes = 1 << 20) {
  const window = Buffer.allocUnsafe(Math.min(windowBytes, Math.max(1, sizeBytes)))
  let from = 0
  let filled = 0
  return (offset: number, length: number): Buffer => {
    if (offset < 0 || length < 0 || offset + length > sizeBytes)
      throw new ArchiveProblem('it is cut short')
    if (length > window.length) return readExactly(fd, offset, length)
    if (offset < from || offset + length > from + filled) {
      from = offset
      filled = readSync(fd, window, 0, window.length, offset)
      if (filled < length) throw new ArchiveProblem('it is cut short')
    }
    return window.subarray(offset - from, offset - from + length)
  }
}

/** @throws ArchiveProblem when the file ends before */
export function readExactly(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  if (readSync(fd, bytes, 0, length, offset) < length) throw new ArchiveProblem('it is cut short')
  return bytes
}

/** Open, let `read` list the entries, and close again if it cannot. */
export async function openArchive(
  path: string,
  sizeBytes: number,
  read: (fd: number) => Promise<ArchiveEntry[]>,
): Promise<Archive> {
  const fd = openSync(path, 'r')
  try {
    const entries = await read(fd)
    const byName = new Map(entries.map((entry) => [entry.name, entry]))
    const find = (name: string) => byName.get(name)
    return { path, fd, sizeBytes, entries, find, close: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}
