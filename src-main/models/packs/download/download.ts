import { AppError } from '#shared/errors/app-error.ts'
import type { NetworkLog } from '../../../core/ports.ts'
import { type Address, addressOf, sayableUrl } from './address.ts'
import {
  askForFile,
  type FileAnswer,
  NothingMore,
  reasonOf,
  refused,
  TryLater,
} from './ask-for-file.ts'
import {
  openForWriting,
  openPart,
  type PartFile,
  removePart,
  sha256Of,
  writeNote,
} from './part-file.ts'

export interface DownloadOptions {
  /** Where parts are kept. */
  readonly folder: string
  /** Hex, as it was promised. */
  readonly sha256?: string | undefined
  readonly signal: AbortSignal
  /** `User-Agent` */
  readonly agent: string
  readonly log: NetworkLog
  /** Bytes that are here, of how many; null where nobody says. */
  onBytes(here: number, total: number | null): void
  /** For tests: pauses between tries, milliseconds. */
  readonly pausesMs?: readonly number[]
  readonly stallMs?: number
}

const PAUSES_MS = [500, 1000, 2000, 4000, 8000]
/** A connection that is silent for so long is taken up anew. */
const STALL_MS = 30_000
const MOST_BYTES = 16 * 2 ** 30

/**
 * Get a file, going on with what an earlier try left, and trying again when the connection breaks. Cancelled, it keeps what it has.
 * @returns the path of the whole file, its hash compared; whoever takes it away calls nothing else
 * @throws DOWNLOAD_REFUSED, DOWNLOAD_BROKEN, MODEL_CHECKSUM_WRONG, CANCELLED; of the disk what Node throws
 */
export async function download(from: string, options: DownloadOptions): Promise<string> {
  const address = addressOf(from)
  const pauses = options.pausesMs ?? PAUSES_MS
  let failures = 0
  for (;;) {
    const part = await openPart(options.folder, address.url.href)
    try {
      await receive(address, part, options)
      return await finished(address, part.path, options)
    } catch (error) {
      if (options.signal.aborted) throw new AppError('CANCELLED', { what: 'The download' })
      if (!(error instanceof TryLater)) throw error
      const now = await openPart(options.folder, address.url.href)
      // What goes on is not failing, however often it is cut.
      failures = now.bytes > part.bytes ? 0 : failures + 1
      if (failures >= pauses.length) throw broken(address.url, error, now.bytes)
      await pause(error.afterMs ?? pauses[failures] ?? 0, options.signal)
    }
  }
}

const broken = (url: URL, error: Error, bytes: number) =>
  new AppError(
    'DOWNLOAD_BROKEN',
    { url: sayableUrl(url), detail: error.message, received: `${bytes} bytes` },
    { cause: error },
  )

/** One connection's worth of the file. */
async function receive(address: Address, part: PartFile, options: DownloadOptions): Promise<void> {
  const entry = startEntry(address, options.log)
  const watch = watchFor(options.signal, options.stallMs ?? STALL_MS)
  try {
    const had = { bytes: part.bytes, validator: part.note.validator }
    const answer = await askForFile(address, had, watch.signal, options.agent)
    entry.status = answer.status
    await write(answer, part, {
      ...options,
      onPiece: (bytes) => {
        entry.receivedBytes += bytes
        watch.alive()
      },
    })
  } catch (error) {
    if (error instanceof NothingMore && error.total === part.bytes) return
    const told = await told416(error, part.path)
    entry.problem = told instanceof Error ? told.message : String(told)
    throw told
  } finally {
    watch.end()
    entry.end()
  }
}

/** What is here is no beginning of what is there: begin anew. */
async function told416(error: unknown, path: string): Promise<unknown> {
  if (!(error instanceof NothingMore)) return error
  await removePart(path)
  return new TryLater('the file there has changed', 0)
}

async function write(
  answer: FileAnswer,
  part: PartFile,
  options: DownloadOptions & { onPiece(bytes: number): void },
): Promise<void> {
  const { url, from, total, validator, contentType } = answer
  if (total !== null && total > MOST_BYTES) throw refused(url, 'it is larger than 16 GB')
  await writeNote(part.path, { url: part.note.url, validator, total })
  const handle = await openForWriting(part.path, from)
  let here = from
  try {
    options.onBytes(here, total)
    for await (const piece of pieces(answer)) {
      if (here === 0 && isPage(piece, contentType)) {
        throw refused(url, 'the answer is a web page, not a file')
      }
      await handle.write(piece, 0, piece.length, here)
      here += piece.length
      if (here > MOST_BYTES) throw refused(url, 'it is larger than 16 GB')
      options.onPiece(piece.length)
      options.onBytes(here, total)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (total !== null && here !== total) {
    throw new TryLater(`${here} of ${total} bytes came`, null)
  }
}

/** The body; a connection that breaks in it is one to try again. */
async function* pieces({ body }: FileAnswer): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new TryLater(reasonOf(cause), null, { cause })
  }
}

/** Servers that want a login, or have lost a file, answer 200 and a page. */
function isPage(piece: Uint8Array, contentType: string): boolean {
  const head = Buffer.from(piece.subarray(0, 256)).toString('latin1').trimStart().toLowerCase()
  const isMarked = head.startsWith('<!doctype html') || head.startsWith('<html')
  return isMarked || (contentType.startsWith('text/html') && head.startsWith('<'))
}

async function finished(
  { url }: Address,
  path: string,
  { sha256, signal }: DownloadOptions,
): Promise<string> {
  if (sha256 === undefined) return path
  const actual = await sha256Of(path, signal)
  if (actual === sha256.toLowerCase()) return path
  await removePart(path)
  throw new AppError('MODEL_CHECKSUM_WRONG', {
    path: sayableUrl(url),
    expected: sha256,
    actual,
  })
}

/** Aborts with the person's own signal, or when nothing has come for a while. */
function watchFor(signal: AbortSignal, stallMs: number) {
  const stalled = new AbortController()
  const tooLong = () =>
    stalled.abort(new TryLater(`nothing came for ${Math.round(stallMs / 1000)} seconds`, null))
  let timer = setTimeout(tooLong, stallMs)
  return {
    signal: AbortSignal.any([signal, stalled.signal]),
    alive() {
      clearTimeout(timer)
      timer = setTimeout(tooLong, stallMs)
    },
    end: () => clearTimeout(timer),
  }
}

function startEntry({ url }: Address, log: NetworkLog) {
  const at = new Date()
  const entry = {
    status: null as number | null,
    receivedBytes: 0,
    problem: '',
    end() {
      log.add({
        at: at.toISOString(),
        connectionId: 'models',
        method: 'GET',
        url: sayableUrl(url),
        what: 'download a model',
        sentBytes: 0,
        receivedBytes: entry.receivedBytes,
        status: entry.status,
        tookMs: Date.now() - at.getTime(),
        problem: entry.problem,
      })
    },
  }
  return entry
}

/** @throws what `signal` was aborted with */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    // Cancelled before anybody listened, it would never hear of it.
    if (signal.aborted) done()
  })
  if (signal.aborted) throw new AppError('CANCELLED', { what: 'The download' })
}
