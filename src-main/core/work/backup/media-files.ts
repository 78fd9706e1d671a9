import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetOutput, FrameLocation } from '../../ports.ts'
import type { WorkDeps } from '../work.ts'

/** A file that is there and could be opened. */
export interface OpenFile {
  /** Once. @param compress  of what is no medium; false */
  writeTo(output: DatasetOutput, name: string, compress?: boolean): Promise<void>
  close(): Promise<void>
}

/** Larger files are copied piece by piece. */
const WHOLE_BYTES = 2 ** 22
const PIECE_BYTES = 2 ** 18

/** The file of a picture, wherever it lies; null when it is lost. */
export async function openFile(
  deps: Pick<WorkDeps, 'reader'>,
  location: FrameLocation,
  name: string,
): Promise<OpenFile | null> {
  const { source, entry } = location
  try {
    if (source.kind === 'folder') return await openPath(join(source.path, entry))
    if (source.kind === 'file') return await openPath(source.path)
    const { body } = await deps.reader.readLocation(location, name, 'file')
    return ofBytes(body)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (LOST.has(code)) return null
    throw error
  }
}

const LOST = new Set([
  ...['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR', 'EIO', 'ENAMETOOLONG'],
  ...[
    'FRAME_MISSING',
    'IMAGE_UNREADABLE',
    'ARCHIVE_UNREADABLE',
    'ARCHIVE_UNSAFE',
    'MEDIA_NOT_FOUND',
  ],
])

/** @throws what the system says */
export async function openPath(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r')
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw Object.assign(new Error(`${path} is no file`), { code: 'EISDIR' })
    if (stats.size > WHOLE_BYTES) return ofHandle(handle)
    const body = await handle.readFile()
    await handle.close()
    return ofBytes(body)
  } catch (error) {
    await handle.close().catch(() => undefined)
    throw error
  }
}

function ofBytes(body: Uint8Array): OpenFile {
  return {
    writeTo: (output, name, compress = false) => output.bytes(name, body, compress),
    close: async () => undefined,
  }
}

function ofHandle(handle: FileHandle): OpenFile {
  return {
    async writeTo(output, name, compress = false) {
      const pieces = handle.createReadStream({ highWaterMark: PIECE_BYTES })
      await output.stream(name, pieces as AsyncIterable<Uint8Array>, compress)
    },
    close: () => handle.close().catch(() => undefined),
  }
}

/** So many are opened while one is written. */
const AHEAD = 8

/** Items with the files that were opened for them, in order, a few opened ahead of the one that is asked for. */
export async function* readAhead<T>(
  items: Iterable<T>,
  openFor: (item: T) => Promise<OpenFile | null>,
): AsyncGenerator<{ item: T; file: OpenFile | null }> {
  const waiting: { item: T; opening: Promise<OpenFile | null> }[] = []
  const next = items[Symbol.iterator]()
  const fill = () => {
    while (waiting.length < AHEAD) {
      const { done, value } = next.next()
      if (done) return
      const opening = openFor(value)
      // Heard when its turn comes; until then it must not count as unheard.
      opening.catch(() => undefined)
      waiting.push({ item: value, opening })
    }
  }
  try {
    for (;;) {
      fill()
      const first = waiting.shift()
      if (!first) return
      yield { item: first.item, file: await first.opening }
    }
  } finally {
    next.return?.()
    for (const { opening } of waiting)
      await opening.then((file) => file?.close()).catch(() => undefined)
  }
}
