import { readFile, stat } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '#shared/contract/connections.ts'
import { type FunctionId, functionIdSchema } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { connectionTo, type NuclioBench, nuclioBench, pictureOf } from './testing/nuclio-bench.ts'
import {
  type StandIn,
  type StandInDashboard,
  send,
  standInDashboard,
} from './testing/stand-in-dashboard.ts'

const picture = pictureOf(200, 100)
const base64 = async () => Buffer.from((await picture.encoded()).bytes).toString('base64')
const BOX = { type: 'rectangle', label: 'car', points: [1, 2, 30, 40], confidence: '0.9' }
const detector = (answer: StandIn['answer'], more: Partial<StandIn> = {}): StandIn => ({
  annotations: { name: 'Cars', type: 'detector', framework: 'pytorch', spec: '[{"name":"car"}]' },
  answer,
  ...more,
})
const id = (name: string): FunctionId => functionIdSchema.parse(`nuclio/lab/${name}`)

let bench: NuclioBench
let dashboard: StandInDashboard | undefined
beforeEach(async () => {
  bench = await nuclioBench()
})
afterEach(async () => {
  await bench.close()
  await dashboard?.close()
  dashboard = undefined
})

async function connected(
  functions: Readonly<Record<string, StandIn>>,
  more: Partial<Connection> = {},
): Promise<StandInDashboard> {
  dashboard = await standInDashboard(functions)
  await bench.connections.save(connectionTo(dashboard.url, more))
  return dashboard
}
const detect = (name = 'cars', parameters = {}, signal?: AbortSignal) =>
  bench.provider.detect(id(name), picture, { parameters, ...(signal ? { signal } : {}) })

/** What a person would read. */
async function refusal(asked: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await asked
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('it was not refused')
}

describe('the log', () => {
  test('tells of no bytes that never went out', async () => {
    const { url } = await connected({ cars: detector(() => []) })
    await bench.provider.list()
    const before = bench.log.length
    await dashboard?.close()
    dashboard = undefined
    expect((await refusal(detect())).code).toBe('CONNECTION_REFUSED')
    const entries = bench.log.slice(before).filter(({ method }) => method === 'POST')
    expect(entries).toMatchObject([{ sentBytes: 0, url: `${url}/api/function_invocations` }])
    const gone = AbortSignal.abort()
    const logged = bench.log.length
    expect((await refusal(detect('cars', {}, gone))).code).toBe('CANCELLED')
    expect(bench.log.slice(logged).filter(({ method }) => method === 'POST')).toEqual([])
  })
})

describe('a list', () => {
  test('asks for the project and the namespace, and shows functions that annotate', async () => {
    const { lists } = await connected({
      cars: detector(() => []),
      odd: { annotations: {}, answer: () => null },
      twins: detector(() => [], {
        annotations: { type: 'detector', spec: '[{"name":"a"},{"name":"a"}]' },
      }),
    })
    expect(await bench.provider.list()).toMatchObject([
      {
        id: 'nuclio/lab/cars',
        kind: 'detector',
        provider: 'nuclio',
        name: 'Cars',
        framework: 'pytorch',
        labels: [{ name: 'car', type: 'any' }],
        parameters: [{ name: 'threshold', min: 0, max: 1 }],
        state: 'ready',
        problem: null,
        speedMs: null,
        remote: false,
      },
    ])
    expect(lists[0]).toMatchObject({
      'x-nuclio-project-name': 'cvat',
      'x-nuclio-function-namespace': 'nuclio',
    })
  })

  test('sends nothing for a connection that is switched off', async () => {
    const { lists, calls } = await connected({ cars: detector(() => []) }, { enabled: false })
    expect(await bench.provider.list()).toEqual([])
    expect((await refusal(detect())).code).toBe('CONNECTION_OFF')
    expect([lists, calls, bench.log]).toEqual([[], [], []])
  })

  test.each([
    ['building', 'waiting', null],
    ['scaledToZero', 'ready', null],
    ['imported', 'failed', /has not deployed it/],
    ['error', 'failed', /in the state error \(no such image\)/],
  ])('a function in the state %s is %s', async (state, shown, why) => {
    await connected({ cars: detector(() => [], { state, message: 'no such image.' }) })
    const [info] = await bench.provider.list()
    expect(info?.state).toBe(shown)
    if (why) expect(info?.problem?.message).toMatch(why)
    else expect(info?.problem).toBeNull()
  })

  test('a function that is called directly needs a port', async () => {
    await connected({ cars: detector(() => [], { published: false }) }, { invoke: 'direct' })
    const [info] = await bench.provider.list()
    expect(info?.problem?.message).toMatch(/its port is not published/)
    expect((await refusal(detect())).code).toBe('FUNCTION_UNAVAILABLE')
  })

  test('of a dashboard that is gone keeps its functions, with the reason, over a restart too', async () => {
    const { close } = await connected({ cars: detector(() => []) })
    await bench.provider.list()
    await close()
    const [info] = await bench.again().provider.list()
    expect(info).toMatchObject({ name: 'Cars', state: 'failed' })
    expect(info?.problem?.message).toMatch(/Lab: nothing answers at http:\/\/127/)
  })

  test('of a dashboard that hangs keeps nobody waiting twice', async () => {
    const made = await connected({ cars: detector(() => []) })
    await bench.provider.list()
    made.onList = () => {}
    const { provider } = bench.again()
    expect(await provider.list()).toMatchObject([{ name: 'Cars', state: 'waiting' }])
    expect(await provider.list()).toMatchObject([{ name: 'Cars', state: 'waiting' }])
    await expect
      .poll(async () => (await provider.list())[0], { timeout: 20_000 })
      .toMatchObject({ state: 'failed', problem: { code: 'CONNECTION_TIMED_OUT' } })
    await provider.close()
  })

  test.each<
    [string, (response: Parameters<NonNullable<StandInDashboard['onList']>>[0]) => void, RegExp]
  >([
    ['a page', (r) => send(r, 200, '<html><title>Router</title>'), /it is a web page \("Router"\)/],
    ['half a list', (r) => send(r, 200, '{"a": {"metadata"'), /ends in the middle/],
    ['a list of lists', (r) => send(r, 200, [1]), /no object of functions/],
    [
      'a redirect',
      (r) => void r.writeHead(302, { location: 'http://x/' }).end(),
      /points to http:\/\/x/,
    ],
    ['no permission', (r) => send(r, 403, { error: 'who are you' }), /answered 403: who are you/],
    [
      'gzip',
      (r) => void r.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      /gzip, which was/,
    ],
  ])('%s is a sentence', async (_name, onList, why) => {
    const made = await connected({})
    made.onList = onList
    expect(await bench.provider.list()).toEqual([])
    const { message } = await refusal(bench.connections.test(connectionTo(made.url)))
    expect(message).toMatch(why)
  })
})

describe('a call', () => {
  test('through the dashboard has CVAT’s headers and body', async () => {
    const { calls } = await connected({ cars: detector(() => [BOX]) })
    expect(await detect('cars', { threshold: 0.25 })).toMatchObject([
      { label: 'car', type: 'rectangle', points: [1, 2, 30, 40], score: 0.9 },
    ])
    expect(calls[0]).toMatchObject({
      direct: false,
      body: { image: await base64(), threshold: 0.25 },
      headers: {
        'x-nuclio-function-name': 'cars',
        'x-nuclio-function-namespace': 'nuclio',
        'x-nuclio-path': '/',
        'x-nuclio-invoke-timeout': '5s',
        'x-nuclio-invoke-via': 'domain-name',
        'content-type': 'application/json',
        'accept-encoding': 'identity',
      },
    })
    expect((await bench.provider.list())[0]?.speedMs).toBeGreaterThan(0)
  })

  test('at the function’s port needs no headers of Nuclio', async () => {
    const { calls } = await connected({ cars: detector(() => [BOX]) }, { invoke: 'direct' })
    await detect()
    expect(calls[0]).toMatchObject({ direct: true, body: { image: await base64() } })
    expect(calls[0]?.headers).not.toHaveProperty('x-nuclio-function-name')
  })

  test('at a port that has changed finds the new one', async () => {
    const { restart } = await connected({ cars: detector(() => [BOX]) }, { invoke: 'direct' })
    await detect()
    await restart('cars')
    expect(await detect()).toHaveLength(1)
  })

  test('is written down: where, what for, how much', async () => {
    await connected({ cars: detector(() => [BOX]) })
    await detect()
    expect(bench.log.at(-1)).toMatchObject({
      connectionId: 'lab',
      method: 'POST',
      url: `${dashboard?.url}/api/function_invocations`,
      what: 'detect with Cars, frame 3, street/3.png',
      status: 200,
      problem: '',
      sentBytes: Buffer.byteLength(JSON.stringify({ image: await base64() })),
      receivedBytes: Buffer.byteLength(JSON.stringify([BOX])),
    })
  })

  test('that finds no free worker is made again, and given up', async () => {
    let left = 2
    const { calls } = await connected({
      cars: detector((_b, _c, response) => {
        if (left-- <= 0) return [BOX]
        return void send(response, 503, '')
      }),
    })
    expect(await detect()).toHaveLength(1)
    expect(calls).toHaveLength(3)
    left = 99
    expect(await refusal(detect())).toEqual({
      code: 'FUNCTION_BUSY',
      message: 'nuclio/lab/cars had no free worker, 4 times in a row.',
    })
    expect(calls).toHaveLength(7)
  })

  test('that ran out of the function’s time is made once more', async () => {
    const { calls } = await connected({
      cars: detector((_b, _c, response) => void send(response, 408, ''), { eventTimeout: '30s' }),
    })
    expect((await refusal(detect())).message).toMatch(/no answer within 30 seconds/)
    expect(calls).toHaveLength(2)
  })

  test.each([
    [400, { error: 'Missing image' }, /failed: 400, Missing image\.$/],
    [
      500,
      'Traceback (most recent call last):\n  File "x"\nKeyError: \'image\'\n',
      /500, KeyError: 'image'/,
    ],
    [502, '<html><title>Bad Gateway</title></html>', /502, a web page \("Bad Gateway"\)/],
    [413, '', /cannot be sent 1 kB: it takes less\.$/],
    [500, '', /without a word of why/],
  ])('that is answered %i is not made again, and says why', async (status, body, why) => {
    const { calls } = await connected({
      cars: detector((_b, _c, response) => void send(response, status, body)),
    })
    expect((await refusal(detect())).message).toMatch(why)
    expect(calls).toHaveLength(1)
  })

  test.each<[string, StandIn['answer'], RegExp]>([
    [
      'half a JSON',
      (_b, _c, r) => void r.writeHead(200).end('[{"label": "car", "poi'),
      /ends in the middle/,
    ],
    [
      'a page',
      (_b, _c, r) => void r.end('<html><title>Hi</title>'),
      /it is a web page \("Hi"\), not JSON/,
    ],
    ['nothing', (_b, _c, r) => void r.end(), /it is empty/],
    ['NaN', (_b, _c, r) => void r.end('[{"points": [NaN, 1]}]'), /NaN where JSON has numbers/],
    ['something else', () => ({ boxes: [] }), /a list was expected/],
    ['less than it promised', cutAnswer, /ended after 5 of 999 bytes/],
    ['a closed connection', (_b, _c, r) => void r.destroy(), /the other side closed it/],
    [
      'another protocol',
      (_b, _c, r) =>
        void r.socket?.end('HTTP/1.1 101 x\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      /it gave no answer/,
    ],
    [
      'a redirect',
      (_b, _c, r) => void r.writeHead(307, { location: 'http://evil/' }).end(),
      /not followed/,
    ],
  ])('that is answered with %s is a sentence', async (_name, answer, why) => {
    await connected({ cars: detector(answer) })
    expect((await refusal(detect())).message).toMatch(why)
  })

  test('whose answer begins with a byte order mark is read', async () => {
    await connected({
      cars: detector((_b, _c, response) => void response.end(`\uFEFF${JSON.stringify([BOX])}`)),
    })
    expect(await detect()).toMatchObject([{ label: 'car' }])
  })

  test('whose answer has no end is given up', async () => {
    await connected(
      {
        cars: detector((_b, _c, response) => {
          const timer = setInterval(() => response.write(' '), 5)
          response.on('close', () => clearInterval(timer))
        }),
      },
      { timeoutSeconds: 1 },
    )
    expect(await refusal(detect())).toEqual({
      code: 'FUNCTION_TIMED_OUT',
      message: 'nuclio/lab/cars gave no answer within 1 seconds.',
    })
  })

  test('whose answer is too long is given up', async () => {
    const piece = Buffer.alloc(2 ** 22, 0x20)
    await connected({
      cars: detector((_b, _c, response) => {
        const more = () => {
          while (!response.destroyed && response.write(piece));
        }
        response.on('drain', more)
        more()
      }),
    })
    expect((await refusal(detect())).message).toMatch(/its answer is longer than 67 MB/)
  })

  test('that something on the way takes less of than the function says tells no limit', async () => {
    const trigger = { attributes: { maxRequestBodySize: 33_554_432 } }
    const answer: StandIn['answer'] = (_b, _c, response) => void send(response, 413, '')
    await connected({ cars: detector(answer, { trigger }) })
    expect((await refusal(detect())).message).toMatch(/it takes less/)
  })

  test('that is too large is not sent', async () => {
    const trigger = { attributes: { maxRequestBodySize: 40 } }
    const { calls } = await connected({ cars: detector(() => [], { trigger }) })
    expect((await refusal(detect())).code).toBe('FUNCTION_BODY_TOO_LARGE')
    expect(calls).toEqual([])
  })

  test('can be cancelled at any moment', async () => {
    const stop = new AbortController()
    let closed = false
    await connected({
      cars: detector((_b, _c, response) => {
        response.on('close', () => {
          closed = true
        })
        stop.abort()
      }),
    })
    expect((await refusal(detect('cars', {}, stop.signal))).code).toBe('CANCELLED')
    expect((await refusal(detect('cars', {}, stop.signal))).code).toBe('CANCELLED')
    await expect.poll(() => closed).toBe(true)
    expect(bench.log.at(-1)?.problem).toBe('cancelled')
  })

  test('waits for one of the function’s workers', async () => {
    let [running, most] = [0, 0]
    const { calls } = await connected({
      cars: detector(
        (_b, _c, response) => {
          running += 1
          most = Math.max(most, running)
          setTimeout(() => {
            running -= 1
            send(response, 200, [])
          }, 5)
        },
        { trigger: { maxWorkers: 2 } },
      ),
    })
    await Promise.all(Array.from({ length: 7 }, () => detect()))
    expect(calls).toHaveLength(7)
    expect(most).toBe(2)
  })

  test('of what is not there', async () => {
    await connected({})
    expect((await refusal(detect('nobody'))).code).toBe('NOT_FOUND')
    await bench.connections.remove('lab')
    expect((await refusal(detect())).code).toBe('CONNECTION_OFF')
  })
})

function cutAnswer(_b: unknown, _c: unknown, response: Parameters<StandIn['answer']>[2]): void {
  response.writeHead(200, { 'content-length': '999' })
  response.write('[{"a"', () => response.destroy())
}

describe('who answers', () => {
  test('nobody', async () => {
    const { url, close } = await connected({})
    await close()
    const { code, message } = await refusal(bench.connections.test(connectionTo(url)))
    expect(code).toBe('CONNECTION_REFUSED')
    expect(message).toBe(`Lab: nothing answers at ${url}.`)
  })

  test('an unknown machine', async () => {
    const asked = bench.connections.test(connectionTo('http://nobody.invalid:8070'))
    expect((await refusal(asked)).message).toMatch(/no machine is known by the name nobody.invalid/)
  })

  test('something that speaks no HTTP', async () => {
    const server = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    const asked = bench.connections.test(connectionTo(server.url))
    expect((await refusal(asked)).message).toMatch(/speaks no HTTP/)
    await server.close()
  })

  test('something that speaks no TLS', async () => {
    const server = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const asked = bench.connections.test(connectionTo(server.url.replace('http', 'https')))
    expect((await refusal(asked)).message).toMatch(/no safe connection could be made/)
    await server.close()
  })

  test('somebody who takes the question and says nothing', async () => {
    const server = await rawServer((socket) => socket.resume())
    const asked = bench.connections.test(connectionTo(server.url, { timeoutSeconds: 1 }))
    expect((await refusal(asked)).message).toMatch(/gave no answer within 1 s/)
    await server.close()
  })

  async function rawServer(onSocket: (socket: Socket) => void) {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      onSocket(socket)
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    return {
      url: `http://127.0.0.1:${port}`,
      close: () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve())
          for (const socket of sockets) socket.destroy()
        }),
    }
  }
})

describe('a connection to one function', () => {
  const functionYaml = `
metadata:
  name: alone
  annotations: {name: Alone, type: detector, spec: '[{"name": "car"}]'}
spec: {description: d}
`
  test('is called at its address', async () => {
    const { functions } = await connected({ alone: detector(() => [BOX]) }, { invoke: 'direct' })
    expect(functions.size).toBe(1)
    await detect('alone')
    const port = bench.log.at(-1)?.url ?? ''
    const one = connectionTo(port, { id: 'one', name: 'One', via: 'function', functionYaml })
    await bench.connections.save(one)
    const [, alone] = await bench.provider.list()
    expect(alone).toMatchObject({ id: 'nuclio/one/alone', name: 'Alone', state: 'ready' })
    const asked = bench.provider.detect(functionIdSchema.parse('nuclio/one/alone'), picture, {
      parameters: {},
    })
    expect(await asked).toHaveLength(1)
    expect((await bench.connections.test(one)).functions).toEqual([
      { name: 'alone', kind: 'detector', state: 'ready', problem: '' },
    ])
  })

  test.each([
    ['metadata: [', /line 1/],
    ['a: 1', /its name has other characters/],
    ['metadata: {name: x}', /say no type/],
  ])('with the function.yaml %j is refused', async (yaml, why) => {
    const one = connectionTo('http://localhost:1', { via: 'function', functionYaml: yaml })
    expect((await refusal(bench.connections.save(one))).message).toMatch(why)
    expect(bench.connections.list()).toEqual([])
  })
})

describe('passwords', () => {
  const withPassword = (url: string) => url.replace('http://', 'http://me:s%20cret@')

  test('lie in a file of their own, and go to the address they were given for', async () => {
    dashboard = await standInDashboard({ cars: detector(() => [BOX]) })
    const kept = await bench.connections.save(connectionTo(withPassword(dashboard.url)))
    expect(kept.url).toBe(`${dashboard.url.replace('http://', 'http://me@')}/`)
    expect(JSON.stringify([bench.repository.list(), bench.log])).not.toContain('cret')
    expect(await readFile(bench.secretsPath, 'utf8')).toContain('s cret')
    if (process.platform !== 'win32')
      expect((await stat(bench.secretsPath)).mode & 0o777).toBe(0o600)
    await detect()
    const authorization = `Basic ${Buffer.from('me:s cret').toString('base64')}`
    expect(dashboard.lists[0]?.authorization).toBe(authorization)
    expect(dashboard.calls[0]?.headers.authorization).toBe(authorization)
    await bench.connections.save({ ...kept, invoke: 'direct' })
    await detect()
    expect(dashboard.calls[1]?.headers.authorization).toBeUndefined()
  })

  test('stay with their address, and are forgotten with it', async () => {
    const first = await bench.connections.save(connectionTo(withPassword('http://localhost:1/')))
    await bench.connections.save({ ...first, name: 'Renamed' })
    expect(await readFile(bench.secretsPath, 'utf8')).toContain('s cret')
    await bench.connections.save({ ...first, url: 'http://me@elsewhere:1/' })
    expect(await readFile(bench.secretsPath, 'utf8')).not.toContain('s cret')
    await bench.connections.save(connectionTo(withPassword('http://localhost:1/')))
    await bench.connections.remove('lab')
    expect(await readFile(bench.secretsPath, 'utf8')).toBe('{}')
  })
})

test('a test says what should be known', async () => {
  const { url } = await connected({
    twins: detector(() => [], {
      annotations: { type: 'detector', spec: '[{"name":"a"},{"name":"a"}]' },
    }),
    clicks: {
      annotations: { type: 'interactor', version: 2, startswith_box: 'false' },
      answer: () => [],
    },
  })
  expect(await bench.connections.test(connectionTo(url))).toEqual({
    functions: [{ name: 'clicks', kind: 'interactor', state: 'ready', problem: '' }],
    warnings: [
      'twins is left out: two labels are called a.',
      'clicks: startswith_box is "false": a CVAT server takes any text for true. Leave the line out.',
    ],
  })
})

test('what a new connection starts from is in CVAT’s variables', async () => {
  expect(bench.connections.defaults()).toMatchObject({
    url: 'http://localhost:8070',
    namespace: 'nuclio',
    invoke: 'dashboard',
    timeoutSeconds: 120,
  })
  const env = {
    CVAT_NUCLIO_SCHEME: 'https',
    CVAT_NUCLIO_HOST: 'gpu',
    CVAT_NUCLIO_PORT: '80',
    CVAT_NUCLIO_DEFAULT_TIMEOUT: '7',
    CVAT_NUCLIO_FUNCTION_NAMESPACE: 'n',
    CVAT_NUCLIO_INVOKE_METHOD: 'direct',
  }
  const other = await nuclioBench({ env })
  expect(other.connections.defaults()).toMatchObject({
    url: 'https://gpu:80',
    namespace: 'n',
    invoke: 'direct',
    timeoutSeconds: 7,
  })
  await other.close()
})
