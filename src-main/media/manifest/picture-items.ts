import type { FrameHeader, FrameRecord, MediaSource, ScannedFrame } from '../../core/ports.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { readHeaders } from '../headers/read-headers.ts'
import { problemOf } from '../problems.ts'
import { readPicture } from '../reader/read-picture.ts'
import type { ImageEntry } from './manifest.ts'
import { pictureChecksum } from './picture-checksum.ts'

/** A picture to be described, under its name in the manifest. */
export interface ListedPicture {
  readonly name: string
  readonly frame: ScannedFrame
  readonly source: MediaSource
  /** Context images under their names in the manifest. */
  readonly related: readonly string[]
}

/** A picture that has a line of its name alone, and why. */
export interface PictureProblem {
  readonly name: string
  /** A clause without a full stop. */
  readonly problem: string
}

export interface PictureWork {
  readonly signal: AbortSignal
  readonly shelf: ArchiveShelf
  /** Decode every picture for its checksum. */
  readonly checksums: boolean
  onProblem(problem: PictureProblem): void
  onDone(done: number): void
}

/** As many as libuv has threads; more would only hold more pictures in memory. */
const DECODED_AT_ONCE = 4

/**
 * Describe pictures in the order given. Headers come in batches, pixels are decoded several at a time; a picture that cannot be read
 * is told and listed by its name alone.
 */
export async function* pictureItems(
  pictures: readonly ListedPicture[],
  work: PictureWork,
): AsyncIterable<ImageEntry> {
  let done = 0
  for await (const headers of readHeaders(pictures.map(recordOf), work.signal, work.shelf)) {
    const batch = headers.map((header) => described(header, pictures[header.index], work))
    for await (const entry of inOrder(batch, DECODED_AT_ONCE)) {
      throwIfCancelled(work.signal, 'The manifest')
      yield entry
      done += 1
      work.onDone(done)
    }
  }
}

function described(header: FrameHeader, picture: ListedPicture | undefined, work: PictureWork) {
  return async (): Promise<ImageEntry> => {
    const { name = '', related = [] } = picture ?? {}
    const unknown = { name, related, width: null, height: null, checksum: null }
    const failed = (problem: string) => {
      work.onProblem({ name, problem })
      return unknown
    }
    if (header.status !== 'ok' || !picture) return failed(header.problem ?? 'it cannot be read')
    const { width, height } = header
    if (!work.checksums) return { ...unknown, width, height }
    try {
      const { source, frame } = picture
      const { entry, offset, sizeBytes } = frame
      const location = { source, entry, offset, sizeBytes }
      const bytes = await readPicture(location, work.shelf, work.signal)
      return { ...unknown, width, height, checksum: await pictureChecksum(bytes) }
    } catch (error) {
      return failed(problemOf(error))
    }
  }
}

/** Run several at a time, answer them in order. */
async function* inOrder<T>(work: readonly (() => Promise<T>)[], atOnce: number): AsyncIterable<T> {
  const running: Promise<T>[] = []
  let next = 0
  const start = () => {
    const one = work[next]?.()
    next += 1
    // Awaited in its turn; when an earlier one fails first, nobody else may hear of this one.
    one?.catch(() => undefined)
    if (one) running.push(one)
  }
  while (next < atOnce && next < work.length) start()
  for (let first = running.shift(); first; first = running.shift()) {
    const value = await first
    if (next < work.length) start()
    yield value
  }
}

/** What the header reader wants to know of a picture that is in no store. */
export function recordOf(
  { frame, source, name }: Omit<ListedPicture, 'related'>,
  index: number,
): FrameRecord {
  const { entry, offset, sizeBytes } = frame
  return {
    index,
    name,
    location: { source, entry, offset, sizeBytes },
    width: null,
    height: null,
    status: 'pending',
    deleted: false,
    checked: false,
    orientation: 1,
    fingerprint: null,
    problem: null,
  }
}
