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

function plainInput(
  file: string,
  entries: readonly { readonly name: string; readonly path: string; readonly sizeBytes: number }[],
): OpenInput {
  const paths = new Map(entries.map(({ name, path }) => [name, path]))
  const pathOf = (name: string): string => {
    const path = paths.get(name)
    if (path === undefined) throw new AppError('MEDIA_NOT_FOUND', { path: name })
    return path
  }
  return {
    file,
    entries: entries.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    text: (name) => decodeText(readPieces(pathOf(name)), file, name),
    bytes: (name) => readFile(pathOf(name)).catch(unreadable(pathOf(name))),
    pieces: (name) => readPieces(pathOf(name)),
    close: () => undefined,
  }
}

async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
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
