import { stat } from 'node:fs/promises'
import { AppError } from '#shared/errors/app-error.ts'
import type { MediaSource } from '../../core/ports.ts'
import { type Archive, openArchive } from './archive.ts'
import { inflatedTar } from './inflated-tar.ts'
import { readTarEntries } from './tar-entries.ts'
import { readZipEntries } from './zip-entries.ts'

const KEPT_OPEN = 8

interface Shelved {
  readonly stamp: string
  readonly archive: Promise<Archive>
  users: number
  evicted: boolean
}

/**
 * Archives kept open with their tables of contents, the last used ones, so that stepping through the frames of a zip
 * costs one read each. An archive that changed on disk is opened afresh.
 */
export interface ArchiveShelf {
  /** @throws ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED, and the system's ENOENT */
  use<T>(
    source: MediaSource,
    signal: AbortSignal,
    work: (archive: Archive) => T | Promise<T>,
  ): Promise<T>
  close(): void
}

/** @param cacheDir  where gzipped tars are unpacked to */
export function createArchiveShelf(cacheDir: string): ArchiveShelf {
  const shelf = new Map<string, Shelved>()

  /** Counted as used before anything else can run, else an eviction could slip in between. */
  async function take(source: MediaSource, signal: AbortSignal): Promise<Shelved> {
    const { size, mtimeMs } = await stat(source.path)
    const stamp = `${size} ${mtimeMs}`
    const known = shelf.get(source.path)
    if (known?.stamp === stamp) {
      shelf.delete(source.path)
      shelf.set(source.path, known)
      known.users += 1
      return known
    }
    if (known) evict(source.path, known)
    const archive = open(source, size, signal, cacheDir)
    const fresh: Shelved = { stamp, archive, users: 1, evicted: false }
    shelf.set(source.path, fresh)
    archive.catch(() => shelf.get(source.path) === fresh && shelf.delete(source.path))
    for (const [path, shelved] of shelf) {
      if (shelf.size <= KEPT_OPEN) break
      evict(path, shelved)
    }
    return fresh
  }

  function evict(path: string, shelved: Shelved): void {
    shelf.delete(path)
    shelved.evicted = true
    closeIfUnused(shelved)
  }

  return {
    async use(source, signal, work) {
      const shelved = await take(source, signal)
      try {
        return await work(await shelved.archive)
      } finally {
        shelved.users -= 1
        closeIfUnused(shelved)
      }
    },
    close() {
      for (const [path, shelved] of [...shelf]) evict(path, shelved)
    },
  }
}

/** A file still being read from must not be closed: its number could then mean another file. */
function closeIfUnused(shelved: Shelved): void {
  if (!shelved.evicted || shelved.users > 0) return
  shelved.archive.then(
    (archive) => archive.close(),
    () => undefined, // it never opened; whoever asked for it has been told
  )
}

async function open(
  source: MediaSource,
  sizeBytes: number,
  signal: AbortSignal,
  cacheDir: string,
): Promise<Archive> {
  if (source.kind === 'zip')
    return openArchive(source.path, sizeBytes, (fd) =>
      readZipEntries(source.path, fd, sizeBytes, signal),
    )
  if (source.kind !== 'tar')
    throw new AppError('INTERNAL', { detail: `${source.path} is no archive` })
  const plain = await plainTar(source.path, cacheDir, signal)
  const { size } = await stat(plain)
  return openArchive(plain, size, (fd) => readTarEntries(source.path, fd, size, signal))
}

function plainTar(path: string, cacheDir: string, signal: AbortSignal): Promise<string> | string {
  return /\.(tgz|gz)$/i.test(path) ? inflatedTar(path, cacheDir, signal) : path
}
