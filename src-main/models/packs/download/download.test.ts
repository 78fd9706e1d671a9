import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { NetworkEntry } from '#shared/contract/connections.ts'
import { addressOf, fileNameOf, sayableUrl } from './address.ts'
import { type DownloadOptions, download } from './download.ts'
import { createRate } from './rate.ts'
import { giveFile, serve } from './testing.ts'

const FILE = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 255))
const hash = createHash('sha256').update(FILE).digest('hex')

let folder: string
let entries: NetworkEntry[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-download-'))
  entries = []
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

const get = (url: string, options: Partial<DownloadOptions> = {}) =>
  download(url, {
    folder,
    signal: new AbortController().signal,
    agent: 'Fieldmark/test',
    log: { add: (entry) => void entries.push(entry), newest: () => [] },
    onBytes: () => {},
    pausesMs: [0, 0, 0],
    ...options,
  })

/** Send the beginning and cut the connection. */
function cut(response: ServerResponse, bytes: Uint8Array, headers: Record<string, string> = {}) {
  response.writeHead(200, { 'content-length': FILE.length, etag: '"one"', ...headers })
  // A stream that breaks drops what nobody has read yet.
  response.write(bytes, () => setTimeout(() => response.destroy(), 30))
}

test('a whole file, its hash compared, its progress told', async () => {
  const server = await serve((request, response) => giveFile(request, response, FILE))
  const seen: (readonly [number, number | null])[] = []
  const path = await get(`${server.url}/a.onnx`, {
    sha256: hash.toUpperCase(),
    onBytes: (here, total) => void seen.push([here, total]),
  })
  expect(await readFile(path)).toEqual(FILE)
  expect(seen[0]).toEqual([0, FILE.length])
  expect(seen.at(-1)).toEqual([FILE.length, FILE.length])
  expect(server.requests[0]?.headers['user-agent']).toBe('Fieldmark/test')
})

test('what goes over the network is written down, without what follows the ?', async () => {
  const server = await serve((request, response) => giveFile(request, response, FILE))
  await get(`${server.url}/a.onnx?token=secret`)
  expect(entries).toMatchObject([
    {
      method: 'GET',
      url: `${server.url}/a.onnx`,
      status: 200,
      receivedBytes: FILE.length,
      problem: '',
    },
  ])
})

test('a connection that is cut is taken up where it was', async () => {
  const server = await serve((request, response, nth) => {
    if (nth === 1) cut(response, FILE.subarray(0, 100_000))
    else giveFile(request, response, FILE)
  })
  const path = await get(server.url)
  expect(await readFile(path)).toEqual(FILE)
  expect(server.asked).toEqual(['', expect.stringMatching(/^bytes=\d+-$/)])
})

test('one that is cut again and again gets there as long as something comes', async () => {
  let sent = 0
  const server = await serve((request, response) => {
    const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0)
    sent = Math.min(FILE.length, from + 40_000)
    const headers = { etag: '"one"', 'content-length': FILE.length - from }
    const range = `bytes ${from}-${FILE.length - 1}/${FILE.length}`
    response.writeHead(
      from > 0 ? 206 : 200,
      from > 0 ? { ...headers, 'content-range': range } : headers,
    )
    const part = FILE.subarray(from, sent)
    if (sent === FILE.length) response.end(part)
    else response.write(part, () => setTimeout(() => response.destroy(), 30))
  })
  const pausesMs = Array.from({ length: 5 }, () => 0)
  expect(await readFile(await get(server.url, { pausesMs }))).toEqual(FILE)
  expect(server.asked.length).toBeGreaterThan(pausesMs.length)
})

test('a server without ranges begins anew', async () => {
  const server = await serve((_request, response, nth) => {
    if (nth === 1) cut(response, FILE.subarray(0, 100_000))
    else response.end(FILE)
  })
  expect(await readFile(await get(server.url, { sha256: hash }))).toEqual(FILE)
})

test('a server that names no version of its file is never gone on with', async () => {
  const server = await serve((_request, response, nth) => {
    response.writeHead(200, { 'content-length': FILE.length })
    if (nth === 1) response.write(FILE.subarray(0, 1000), () => response.destroy())
    else response.end(FILE)
  })
  expect(await readFile(await get(server.url))).toEqual(FILE)
  expect(server.asked).toEqual(['', ''])
})

test('a file that changed meanwhile begins anew, also where the server overlooks If-Range', async () => {
  const other = Buffer.from(FILE).reverse()
  for (const overlooks of [false, true]) {
    await rm(folder, { recursive: true })
    const server = await serve((request, response, nth) => {
      if (nth === 1) return cut(response, FILE.subarray(0, 100_000))
      if (overlooks) delete request.headers['if-range']
      giveFile(request, response, other, '"two"')
    })
    expect(await readFile(await get(server.url))).toEqual(other)
  }
})

test('one that is complete from an earlier try is not sent again', async () => {
  const server = await serve((request, response) => giveFile(request, response, FILE))
  await get(server.url)
  expect(await readFile(await get(server.url))).toEqual(FILE)
  expect(server.asked).toEqual(['', `bytes=${FILE.length}-`])
})

test('one that is here, and has become shorter there, begins anew', async () => {
  const server = await serve((request, response, nth) => {
    giveFile(request, response, nth === 1 ? FILE : FILE.subarray(0, 1000))
  })
  await get(server.url)
  expect(await readFile(await get(server.url))).toEqual(FILE.subarray(0, 1000))
})

test('a note that is damaged, and bytes nobody knows, are as if they were not there', async () => {
  const server = await serve((request, response, nth) => {
    if (nth === 1) cut(response, FILE.subarray(0, 100_000))
    else giveFile(request, response, FILE)
  })
  await get(server.url, { pausesMs: [] }).catch(() => undefined)
  const [note] = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  await writeFile(join(folder, note ?? ''), '{"url":')
  expect(await readFile(await get(server.url))).toEqual(FILE)
  expect(server.asked[1]).toBe('')
})

test('a server that is busy is asked again, when it says', async () => {
  const server = await serve((request, response, nth) => {
    if (nth < 3) response.writeHead(503, { 'retry-after': '0' }).end()
    else giveFile(request, response, FILE)
  })
  expect(await readFile(await get(server.url))).toEqual(FILE)
})

test.each([
  ['busy for ever', 503, 3],
  ['broken for ever', 500, 3],
])('%s: it gives up and says how far it came', async (_name, status, times) => {
  const server = await serve((_request, response) => void response.writeHead(status).end())
  await expect(get(server.url)).rejects.toMatchObject({
    code: 'DOWNLOAD_BROKEN',
    message: expect.stringContaining(`the server answered ${status}`),
  })
  expect(server.asked).toHaveLength(times)
})

test('a length that is a lie: what is missing never comes', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': FILE.length * 2, etag: '"one"' })
    response.write(FILE, () => response.destroy())
  })
  await expect(get(server.url)).rejects.toMatchObject({ code: 'DOWNLOAD_BROKEN' })
})

test('nobody there', async () => {
  await expect(get('http://127.0.0.1:1/a.onnx')).rejects.toMatchObject({
    code: 'DOWNLOAD_BROKEN',
    message: expect.stringContaining('127.0.0.1'),
  })
  expect(entries[0]?.problem).not.toBe('')
})

test('a connection that falls silent is taken up anew', async () => {
  const server = await serve((request, response, nth) => {
    if (nth > 1) return giveFile(request, response, FILE)
    response.writeHead(200, { 'content-length': FILE.length, etag: '"one"' })
    response.write(FILE.subarray(0, 5000))
  })
  expect(await readFile(await get(server.url, { stallMs: 100 }))).toEqual(FILE)
  expect(server.asked).toEqual(['', 'bytes=5000-'])
})

test.each([
  ['there is no such file', (response: ServerResponse) => response.writeHead(404).end(), '404'],
  ['it wants a login', (response: ServerResponse) => response.writeHead(401).end(), '401'],
  [
    'a page in place of the file',
    (response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('  <!DOCTYPE html><html>log in</html>'),
    'web page',
  ],
  [
    'a page that says it is a file',
    (response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'application/octet-stream' })
        .end('<html>no</html>'),
    'web page',
  ],
  [
    'more than anybody has',
    (response: ServerResponse) =>
      response.writeHead(200, { 'content-length': String(2 ** 40) }).write('x'),
    '16 GB',
  ],
  [
    'it leads to a place that is none',
    (response: ServerResponse) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    'leads on',
  ],
])('refused at once: %s', async (_name, answer, said) => {
  const server = await serve((_request, response) => void answer(response))
  await expect(get(`${server.url}/a.onnx?key=secret`)).rejects.toMatchObject({
    code: 'DOWNLOAD_REFUSED',
    message: expect.stringContaining(said),
  })
  expect(server.asked).toHaveLength(1)
})

test('it goes where it is led, and not in circles', async () => {
  const server = await serve((request, response) => {
    const nth = Number(request.url?.slice(1))
    if (nth === 3) giveFile(request, response, FILE)
    else response.writeHead(302, { location: `/${nth + 1}` }).end()
  })
  expect(await readFile(await get(`${server.url}/0`))).toEqual(FILE)
  await expect(get(`${server.url}/10`)).rejects.toMatchObject({ code: 'DOWNLOAD_REFUSED' })
})

test('a name and a password go to their own host and nowhere else', async () => {
  const elsewhere = await serve((request, response) => giveFile(request, response, FILE))
  const server = await serve((_request, response) => {
    response.writeHead(302, { location: `${elsewhere.url}/a` }).end()
  })
  await get(server.url.replace('://', '://jane:s%40cret@'))
  const [asked, led] = [server.requests[0], elsewhere.requests[0]].map(
    (request) => request?.headers.authorization,
  )
  expect(asked).toBe(`Basic ${Buffer.from('jane:s@cret').toString('base64')}`)
  expect(led).toBeUndefined()
  expect(JSON.stringify(entries)).not.toContain('cret')
})

test('another file than was promised is thrown away', async () => {
  const server = await serve((request, response) => giveFile(request, response, FILE))
  await expect(get(server.url, { sha256: 'a'.repeat(64) })).rejects.toMatchObject({
    code: 'MODEL_CHECKSUM_WRONG',
  })
  expect(await readdir(folder)).toEqual([])
})

test('cancelled, it keeps what came, and goes on from there', async () => {
  const stop = new AbortController()
  const server = await serve((request, response, nth) => {
    if (nth > 1) return giveFile(request, response, FILE)
    response.writeHead(200, { 'content-length': FILE.length, etag: '"one"' })
    response.write(FILE.subarray(0, 5000))
  })
  const halfway = get(server.url, {
    signal: stop.signal,
    onBytes: (here) => void (here > 0 && stop.abort()),
  })
  await expect(halfway).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await readFile(await get(server.url))).toEqual(FILE)
  expect(server.asked[1]).toBe('bytes=5000-')
})

test('cancelled while it waits for its next try', async () => {
  const stop = new AbortController()
  const server = await serve((_request, response) => {
    response.writeHead(503, { 'retry-after': '60' }).end()
    setTimeout(() => stop.abort(), 20)
  })
  await expect(get(server.url, { signal: stop.signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  })
})

test('cancelled just before it begins to wait', async () => {
  const stop = new AbortController()
  const server = await serve((_request, response) => {
    response.writeHead(503, { 'retry-after': '60' }).end()
  })
  const asked = get(server.url, {
    signal: stop.signal,
    // The entry of the log is the last thing that happens before.
    log: { add: () => setImmediate(() => stop.abort()) } as never,
  })
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
})

test.each([
  ['https://x.org/a/b.onnx', 'b.onnx'],
  ['https://x.org/a%20b.onnx?download=1', 'a b.onnx'],
  ['https://x.org/..%2f..%2fetc%2fpasswd', 'passwd'],
  ['https://x.org/%5c..%5cevil.onnx', 'evil.onnx'],
  ['https://x.org/.hidden', 'hidden'],
  ['https://x.org/a:b', 'a_b'],
  ['https://x.org/%00', '_'],
  ['https://x.org/%E0%A4%A', '%E0%A4%A'],
  ['https://x.org', 'model.onnx'],
  ['https://x.org/models/', 'models'],
])('the name of the file of %s', (url, name) => {
  expect(fileNameOf(new URL(url))).toBe(name)
})

test('what is said of an address says no secret', () => {
  const { url } = addressOf('https://jane:pw@x.org/a.onnx?token=1#here')
  expect(sayableUrl(url)).toBe('https://x.org/a.onnx')
  for (const bad of ['ftp://x.org/a', 'https://', 'x.onnx'])
    expect(() => addressOf(bad)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
})

test('a rate is of the last few seconds', () => {
  let now = 0
  const rate = createRate(() => now)
  expect(rate.now()).toBeNull()
  for (; now < 10_000; now += 100) rate.add(now < 5000 ? 1000 : 100)
  expect(rate.now()).toBeCloseTo(1000, -2)
})
