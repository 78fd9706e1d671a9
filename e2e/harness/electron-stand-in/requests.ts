import type { Request as PageRequest, Route } from 'playwright-core'
import { record } from './record.ts'
import { toAppUrl } from './scheme.ts'

type Handler = (request: Request) => Response | Promise<Response>
type BeforeRequest = (details: { url: string }, answer: (a: { cancel?: boolean }) => void) => void

export const handlers = new Map<string, Handler>()
export const guards = { beforeRequest: null as BeforeRequest | null }

/** How long an endless answer is gathered before the page gets that slice of it. */
const SLICE_MS = 300

/** A request of the page, answered by the shell's `protocol.handle`, after the session's own filter. */
export async function answerRequest(route: Route): Promise<void> {
  const request = route.request()
  const url = toAppUrl(request.url())
  if (isCancelled(url)) {
    record.cancelledRequests.push(url)
    return route.abort('blockedbyclient')
  }
  const handler = handlers.get(new URL(url).protocol.replace(':', ''))
  if (!handler) return route.abort('namenotresolved')
  const response = await handler(await toFetchRequest(request, url))
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await bodyOf(response),
  })
}

function isCancelled(url: string): boolean {
  let cancelled = false
  guards.beforeRequest?.({ url }, (answer) => {
    cancelled = answer.cancel === true
  })
  return cancelled
}

async function toFetchRequest(request: PageRequest, url: string): Promise<Request> {
  const body = request.postDataBuffer()
  const init: RequestInit = { method: request.method(), headers: await request.allHeaders() }
  // HTTP/2 pseudo headers (":authority") are no headers to fetch.
  const headers = Object.entries(init.headers as Record<string, string>)
  init.headers = Object.fromEntries(headers.filter(([name]) => !name.startsWith(':')))
  if (body && init.method !== 'GET' && init.method !== 'HEAD') init.body = new Uint8Array(body)
  return new Request(url, init)
}

async function bodyOf(response: Response): Promise<Buffer> {
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isEndless || !response.body) return Buffer.from(await response.arrayBuffer())
  const reader = response.body.getReader()
  const pieces: Uint8Array[] = []
  const slice = setTimeout(() => void reader.cancel(), SLICE_MS)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value)
  }
  clearTimeout(slice)
  return Buffer.concat(pieces)
}
