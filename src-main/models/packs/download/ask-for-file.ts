import { AppError } from '#shared/errors/app-error.ts'
import { type Address, sayableUrl } from './address.ts'

/** What is here already of the file that is asked for. */
export interface HadBytes {
  readonly bytes: number
  /** A strong ETag, or the date of the last change: without one nobody can tell whether the rest belongs to it. */
  readonly validator: string | null
}

export interface FileAnswer {
  readonly url: URL
  readonly status: number
  /** Where in the file the body begins; 0 when it is the whole file. */
  readonly from: number
  /** Bytes of the whole file; null where the server does not say. */
  readonly total: number | null
  readonly validator: string | null
  readonly contentType: string
  readonly body: AsyncIterable<Uint8Array>
}

/** A server that may answer otherwise a little later. */
export class TryLater extends Error {
  readonly afterMs: number | null

  constructor(message: string, afterMs: number | null, options?: ErrorOptions) {
    super(message, options)
    this.afterMs = afterMs
  }
}

const MOST_REDIRECTS = 5
const LATER = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Ask for a file, or for the rest of it.
 * @throws TryLater; DOWNLOAD_REFUSED for what asking again does not change; whatever `signal` was aborted with
 */
export async function askForFile(
  { url, authorization }: Address,
  had: HadBytes,
  signal: AbortSignal,
  agent: string,
): Promise<FileAnswer> {
  let at = url
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const headers = headersFor(at.origin === url.origin ? authorization : null, had, agent)
    const response = await ask(at, headers, signal)
    const to = redirectOf(response, at)
    if (to === null) return answerOf(response, at, had)
    await response.body?.cancel()
    if (at.protocol === 'https:' && to.protocol !== 'https:') {
      throw refused(url, `it leads on to ${sayableUrl(to)}, without encryption`)
    }
    at = to
  }
  throw refused(url, `it leads on more than ${MOST_REDIRECTS} times`)
}

async function ask(url: URL, headers: Headers, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers, signal, redirect: 'manual' })
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw new TryLater(reasonOf(cause), null, { cause })
  }
}

function headersFor(authorization: string | null, had: HadBytes, agent: string): Headers {
  const headers = new Headers({ 'user-agent': agent, 'accept-encoding': 'identity' })
  if (authorization !== null) headers.set('authorization', authorization)
  if (had.bytes > 0 && had.validator !== null) {
    headers.set('range', `bytes=${had.bytes}-`)
    headers.set('if-range', had.validator)
  }
  return headers
}

function redirectOf(response: Response, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null
  const to = URL.parse(response.headers.get('location') ?? '', from.href)
  if (to !== null && ['http:', 'https:'].includes(to.protocol)) return to
  throw refused(from, 'it leads on to an address that is none')
}

async function answerOf(response: Response, url: URL, had: HadBytes): Promise<FileAnswer> {
  const { status, headers } = response
  if (status !== 200 && status !== 206) {
    await response.body?.cancel()
    throw problemOf(response, url, had)
  }
  const said = {
    url,
    status,
    validator: validatorOf(headers),
    contentType: headers.get('content-type') ?? '',
    body: (response.body ?? new ReadableStream()) as AsyncIterable<Uint8Array>,
  }
  if (status === 200) return { ...said, from: 0, total: lengthOf(headers) }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '')
  if (range === null || Number(range[1]) !== had.bytes) {
    await response.body?.cancel()
    throw new TryLater('the server gave another part than it was asked for', null)
  }
  if (said.validator !== null && said.validator !== had.validator) {
    // A server that does not know If-Range gives the end of another file.
    await response.body?.cancel()
    throw new NothingMore(null)
  }
  return { ...said, from: had.bytes, total: range[2] === '*' ? null : Number(range[2]) }
}

/** What is here does not go on there: it is the whole file (`total`), or the file is another one now. */
export class NothingMore extends Error {
  readonly total: number | null

  constructor(total: number | null) {
    super('there is nothing more')
    this.total = total
  }
}

function problemOf({ status, statusText, headers }: Response, url: URL, had: HadBytes): Error {
  if (status === 416 && had.bytes > 0) {
    const total = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
    return new NothingMore(total === undefined ? null : Number(total))
  }
  const said = `the server answered ${status} ${statusText || (meanings.get(status) ?? '')}`.trim()
  if (LATER.has(status)) return new TryLater(said, retryAfter(headers))
  return refused(url, said)
}

const meanings: ReadonlyMap<number, string> = new Map([
  [401, '(it wants a password)'],
  [403, '(it does not give it to everybody)'],
  [404, '(there is no such file)'],
  [410, '(it is gone)'],
])

function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 60) * 1000 : null
}

function lengthOf(headers: Headers): number | null {
  if (headers.has('content-encoding')) return null
  const length = Number(headers.get('content-length') ?? Number.NaN)
  return Number.isSafeInteger(length) && length >= 0 ? length : null
}

/** Weak ETags name files that mean the same, not the same bytes. */
function validatorOf(headers: Headers): string | null {
  const etag = headers.get('etag')
  if (etag?.startsWith('"')) return etag
  return headers.get('last-modified')
}

export const refused = (url: URL, detail: string): AppError =>
  new AppError('DOWNLOAD_REFUSED', { url: sayableUrl(url), detail })

/** The words of the deepest cause: fetch itself only says that it failed. */
export function reasonOf(cause: unknown): string {
  let deepest = cause
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  const said = deepest instanceof Error ? deepest.message || deepest.name : String(deepest)
  const code = (deepest as { code?: unknown }).code
  return words.get(String(code)) ?? said
}

const words: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'there is no such server, or no network'],
  ['EAI_AGAIN', 'there is no network'],
  ['ECONNREFUSED', 'nobody answers there'],
  ['ECONNRESET', 'the connection was cut'],
  ['UND_ERR_SOCKET', 'the connection was cut'],
  ['UND_ERR_CONNECT_TIMEOUT', 'the server does not answer'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is one of its own making'],
])
