import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface TestServer {
  readonly url: string
  /** `range` header of each request so far, '' where there was none. */
  readonly asked: string[]
  readonly requests: IncomingMessage[]
}

/** A server of this machine that behaves as a test says. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void,
): Promise<TestServer> {
  const asked: string[] = []
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.range ?? '')
    requests.push(request)
    answer(request, response, asked.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, requests }
}

/** As a good server gives a file: with its length, an ETag, and any part of it. */
export function giveFile(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Uint8Array,
  etag = '"one"',
): void {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag
  const from = range && isSame ? Number(range[1]) : 0
  response.setHeader('etag', etag)
  if (from >= bytes.length && from > 0) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  const part = bytes.subarray(from)
  response.setHeader('content-length', part.length)
  if (from > 0) {
    response.writeHead(206, {
      'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
    })
  }
  response.end(part)
}
