import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { decodeText } from './decode-text.ts'

type OpenInput = DatasetInput & { close(): void }

/** Pieces as large as this keep the number of awaits low and the memory small. */
const PIECE_BYTES = 2 ** 17
const MOST_FILES = 2_000_000

export function openSingleFile(path: string, name: string, sizeBytes: number): OpenInput {
  return plainInput(name, [{ name, sizeBytes, path }])
}

/** An unpacked dataset. Files are listed now and read when asked for; links are not followed. */
export async function openFolder(path: string): Promise<OpenInput> {
  const found = await readdir(path, { withFileTypes: true, recursive: true }).catch(
    (cause: unknown) => {
      throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
    },
  )
  const files = found.filter((file) => file.isFile())
  if (files.length > MOST_FILES) {
    const detail = `it holds more than ${MOST_FILES} files`
    throw new AppError('ARCHIVE_UNREADABLE', { path, detail })
  }
  const entries = await Promise.all(
    files.map(async (file) => {
      const full = join(file.parentPath, file.name)
      const name = full.slice(join(path, '/').length).replaceAll('\\', '/')
      return { name, path: full, sizeBytes: await sizeOf(full) }
    }),
  )
  return plainInput(basename(path), entries)
}

/** A file that vanished since it was listed counts as empty; reading it says so. */
async function sizeOf(path: string): Promise<number> {
  const facts = await stat(path).catch(() => null)
  return facts?.size ?? 0
}

interface OnDisk {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
}

function plainInput(file: string, entries: readonly OnDisk[]): OpenInput {
  const files = new Map(entries.map((entry) => [entry.name, entry]))
  const fileOf = (name: string) => {
    const found = files.get(name)
    if (found === undefined) throw new AppError('MEDIA_NOT_FOUND', { path: name })
    return found
  }
  return {
    file,
    entries: entries.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    text: (name) => decodeText(readPieces(fileOf(name)), file, name),
    bytes: async (name) => {
      const { path, sizeBytes } = fileOf(name)
      return sizeBytes === 0 ? new Uint8Array() : readFile(path).catch(unreadable(path))
    },
    pieces: (name) => readPieces(fileOf(name)),
    close: () => undefined,
  }
}

/** What is empty is not opened: a file of the system (/proc) that says so may be waited for without an end. */
async function* readPieces({ path, sizeBytes }: OnDisk): AsyncGenerator<Uint8Array> {
  if (sizeBytes === 0) return
  try {
    yield* createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Uint8Array>
  } catch (cause) {
    unreadable(path)(cause)
  }
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  }
}
