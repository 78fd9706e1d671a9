/** The runner: Nuclio's contract for Python, on the standard library alone. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFunctionFolder } from './function-folder.ts'
import { findPython } from './python.ts'
import type { RunnerEvent } from './runner.ts'
import { type Serving, serveFunction } from './serve-function.ts'
import { pythonWith } from './testing/pythons.ts'

const python = pythonWith()
const YAML = `
metadata:
  name: one
  annotations: {name: One, type: detector, spec: "[]", version: 2}
spec:
  description: d
  handler: main:handler
  runtime: python:3.9
  eventTimeout: 1s
  env: [{name: GREETING, value: hello}, {name: PYTHONPATH, value: /opt/nuclio/lib}]
  triggers: {http: {kind: http, numWorkers: 1, workerAvailabilityTimeoutMilliseconds: 200, attributes: {maxRequestBodySize: 1000}}}
`
let dir: string
let serving: Serving | undefined
let events: RunnerEvent[]
let printed: string[]
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark function '))
  events = []
  printed = []
})
afterEach(async () => {
  await serving?.close()
  serving = undefined
  await rm(dir, { recursive: true, force: true })
})

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries({ 'function.yaml': YAML, ...files })) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), text)
  }
}

async function serve(main: string, more: Readonly<Record<string, string>> = {}): Promise<Serving> {
  await put({ 'main.py': main, ...more })
  serving = await serveFunction(await readFunctionFolder(dir), {
    python: await findPython(python ?? undefined, []),
    host: '127.0.0.1',
    port: 0,
    workers: undefined,
    onEvent: (event) => events.push(event),
    onPrinted: (line) => printed.push(line),
  })
  return serving
}

async function ask(
  body: unknown,
  {
    path = '/',
    method = 'POST',
    headers = {},
  }: { path?: string; method?: string; headers?: object } = {},
): Promise<{ status: number; type: string; text: string; headers: Headers }> {
  const response = await fetch(`${serving?.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, text: await response.text(), headers: response.headers }
}

describe.skipIf(python === null)('a function (skipped where there is no Python 3.7)', () => {
  test('gets the context and the event that Nuclio gives', async () => {
    await serve(
      `
import os
import helper, elsewhere
import nuclio_sdk

def init_context(context):
    context.user_data.count = 0
    setattr(context.user_data, 'yaml', open('/opt/nuclio/function.yaml').read())
    context.logger.info('loading %s', 'it')
    context.logger.warn_with('careful', reason='none')
    print('printed')

def handler(context, event):
    context.user_data.count += 1
    return {
        'body': event.body, 'method': event.method, 'path': event.path, 'type': event.content_type,
        'mine': event.headers['X-Mine'], 'too': event.get_header('x-mine'), 'count': context.user_data.count,
        'worker': context.worker_id, 'env': os.environ['GREETING'], 'helper': helper.NAME + elsewhere.NAME,
        'cwd': os.path.exists('main.py'), 'there': os.path.isdir('/opt/nuclio/lib'), 'yaml': 'name: one' in context.user_data.yaml,
        'sdk': issubclass(context.Response, nuclio_sdk.Response), 'trigger': event.trigger.kind,
        'listed': sorted(name for name in os.listdir('/opt/nuclio') if name.endswith('.py')),
    }
`,
      { 'helper.py': "NAME = 'help'", 'lib/elsewhere.py': "NAME = 'er'" },
    )
    await serving?.ready
    const first = await ask({ a: [1] }, { path: '/x?y=1', headers: { 'X-Mine': 'h' } })
    expect(first).toMatchObject({ status: 200, type: 'application/json' })
    expect(JSON.parse(first.text)).toEqual({
      body: { a: [1] },
      method: 'POST',
      path: '/x',
      type: 'application/json',
      mine: 'h',
      too: 'h',
      count: 1,
      worker: 0,
      env: 'hello',
      helper: 'helper',
      cwd: true,
      there: true,
      yaml: true,
      sdk: true,
      trigger: 'http',
      listed: ['helper.py', 'main.py'],
    })
    const second = await ask('not JSON', {
      headers: { 'X-Mine': 'h', 'content-type': 'text/plain' },
    })
    expect(second.status).toBe(500)
    expect(second.text).toMatch(/TypeError: .* bytes/)
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'log', level: 'info', text: 'loading it' }),
    )
    expect(events).toContainEqual(
      expect.objectContaining({ level: 'warn', text: 'careful', facts: { reason: 'none' } }),
    )
    expect(printed).toContain('printed')
  })

  test.each([
    ['a text', "'hi'", 200, 'text/plain', 'hi'],
    ['bytes', "b'hi'", 200, 'text/plain', 'hi'],
    ['a list', '[1, 2]', 200, 'application/json', '[1, 2]'],
    ['nothing', 'None', 200, 'text/plain', ''],
    ['a status and a text', "(404, 'no')", 404, 'text/plain', 'no'],
    ['a status and an object', "(201, {'a': 1})", 201, 'application/json', '{"a": 1}'],
    [
      'a response',
      "context.Response(body='{}', headers={'X-A': 'b'}, content_type='application/json', status_code=202)",
      202,
      'application/json',
      '{}',
    ],
    [
      'a response of an object',
      "context.Response(body={'a': 1})",
      200,
      'application/json',
      '{"a": 1}',
    ],
    ['what no JSON can hold', '{1, 2}', 500, 'text/plain', /not JSON serializable/],
    ['no status', 'context.Response(status_code=99999)', 500, 'text/plain', /99999 is no status/],
    [
      'what no header can say',
      "context.Response(headers={'X-B': '☃\\r\\nX-C: c'}, content_type='a; ☃', body='hi')",
      200,
      'a; ?',
      'hi',
    ],
    ['an error', '1 / 0', 500, 'text/plain', /Traceback.*ZeroDivisionError: division by zero/s],
  ])('that returns %s', async (_name, value, status, type, text) => {
    await serve(`
async def init_context(context):
    pass
async def handler(context, event):
    return ${value}
`)
    await serving?.ready
    const answer = await ask({})
    expect(answer).toMatchObject({ status, type })
    if (typeof text === 'string') expect(answer.text).toBe(text)
    else expect(answer.text).toMatch(text)
    if (status === 202) expect(answer.headers.get('x-a')).toBe('b')
  })

  const MISBEHAVING = `
import os, time
def handler(context, event):
    what = event.body['what']
    if what == 'hang': time.sleep(60)
    if what == 'die': os._exit(7)
    if what == 'exit': raise SystemExit(3)
    if what == 'slow': time.sleep(0.6)
    return 'fine'
`
  test('that hangs is started again', async () => {
    await serve(MISBEHAVING)
    await serving?.ready
    expect(await ask({ what: 'hang' })).toMatchObject({ status: 408 })
    await expect.poll(async () => (await ask({ what: '' })).status).toBe(200)
  })

  test.each([['die'], ['exit']])('that does %s is started again', async (what) => {
    await serve(MISBEHAVING)
    await serving?.ready
    const { status, text } = await ask({ what })
    expect([status, text]).toEqual([500, expect.stringMatching(/its process ended with exit code/)])
    await expect.poll(async () => (await ask({ what: '' })).status).toBe(200)
  })

  test('whose threads log while it answers is understood', async () => {
    await serve(`
import threading, time
def handler(context, event):
    until = time.time() + 0.4
    def log():
        while time.time() < until: context.logger.info('x' * 5000)
    threads = [threading.Thread(target=log) for _ in range(6)]
    for one in threads: one.start()
    for one in threads: one.join()
    return 'fine'
`)
    await serving?.ready
    expect(await ask({})).toMatchObject({ status: 200, text: 'fine' })
    expect(events.some((event) => event.event === 'log' && event.text.length === 5000)).toBe(true)
  })

  test('takes a body that nobody can decode as it is', async () => {
    await serve('def handler(context, event): return type(event.body).__name__')
    await serving?.ready
    for (const body of ['['.repeat(900), '{', '']) expect((await ask(body)).text).toBe('bytes')
  })

  test('whose workers are all busy says so', async () => {
    await serve(MISBEHAVING)
    await serving?.ready
    const [one, other] = await Promise.all([ask({ what: 'slow' }), ask({ what: 'slow' })])
    expect([one.status, other.status].sort()).toEqual([200, 503])
  })

  test('takes no more than it says', async () => {
    await serve(MISBEHAVING)
    await serving?.ready
    expect((await ask({ what: 'x'.repeat(2_000_000) })).status).toBe(413)
    expect((await ask({ what: '' })).status).toBe(200)
  })

  test('is not called by pages of the web', async () => {
    await serve(MISBEHAVING)
    await serving?.ready
    const { status } = await ask({ what: '' }, { headers: { origin: 'https://evil.example' } })
    expect(status).toBe(403)
  })

  test('answers as a dashboard', async () => {
    await serve(MISBEHAVING)
    await serving?.ready
    const list = JSON.parse(
      (await ask('', { path: '/api/functions', method: 'GET' })).text,
    ) as object
    expect(list).toMatchObject({
      one: {
        metadata: { name: 'one', annotations: { type: 'detector', version: '2' } },
        spec: { triggers: { http: { numWorkers: 1 } }, eventTimeout: '1s' },
        status: { state: 'ready', httpPort: Number(new URL(serving?.url ?? '').port) },
      },
    })
    const path = '/api/function_invocations'
    const invoke = (headers: object) => ask({ what: '' }, { path, headers })
    expect(await invoke({})).toMatchObject({ status: 400 })
    expect(await invoke({ 'x-nuclio-function-name': 'two' })).toMatchObject({ status: 404 })
    const named = { 'x-nuclio-function-name': 'one' }
    expect(await invoke({ ...named, 'x-nuclio-invoke-timeout': 'soon' })).toMatchObject({
      status: 400,
    })
    expect(await invoke({ ...named, 'x-nuclio-invoke-timeout': '120s' })).toMatchObject({
      status: 200,
      text: 'fine',
    })
    expect((await ask('', { path: '/api/functions/two', method: 'GET' })).status).toBe(404)
  })

  test.each([
    [
      'import no_such_package',
      /No module named 'no_such_package'/,
      /-m pip install no_such_package`/,
    ],
    ['raise ModuleNotFoundError("cv2", name="cv2")', /cv2/, /opencv-python-headless/],
    ['def handle(context, event): pass', /has no function called handler/, /Correct it/],
    [
      'def handler(context, event): pass\ndef init_context(context): raise ValueError("no weights")',
      /ValueError: no weights/,
      /Correct it/,
    ],
    ['this is no Python', /SyntaxError/, /Correct it/],
  ])('of %j does not start, and says what to do', async (main, message, remedy) => {
    await serve(main)
    await expect(serving?.ready).rejects.toMatchObject({
      code: 'FUNCTION_START_FAILED',
      message: expect.stringMatching(message) as string,
      remedy: expect.stringMatching(remedy) as string,
    })
  })

  test('that was changed is started again at the same place', async () => {
    await serve("def handler(context, event): return 'old'")
    await serving?.ready
    expect((await ask({})).text).toBe('old')
    await put({ 'main.py': "def handler(context, event): return 'newer'" })
    serving?.change(await readFunctionFolder(dir))
    await expect.poll(async () => (await ask({})).text).toBe('newer')
  })

  test.skipIf(process.platform === 'win32')('ends with the processes it has started', async () => {
    await serve(`
import os, subprocess
def handler(context, event):
    if event.body['what'] == 'fork':
        pid = os.fork()
        if pid == 0: os.execvp('sleep', ['sleep', '300'])
        return str(pid)
    if event.body['what'] == 'crash':
        child = subprocess.Popen(['sleep', '300'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        open('/opt/nuclio/child', 'w').write(str(child.pid))
        os._exit(1)
`)
    await serving?.ready
    const isGone = (pid: number) => {
      try {
        return !process.kill(pid, 0)
      } catch {
        return true
      }
    }
    await ask({ what: 'crash' })
    const crashed = Number(await readFile(join(dir, 'child'), 'utf8'))
    await expect.poll(() => isGone(crashed)).toBe(true)
    const forked = Number((await ask({ what: 'fork' })).text)
    await serving?.close()
    await expect.poll(() => isGone(forked)).toBe(true)
  })

  test('ends with its runner, whatever it is busy with', async () => {
    await serve(
      `
import os, time
def init_context(context):
    open(os.path.join('/opt/nuclio', 'pid'), 'w').write(str(os.getpid()))
def handler(context, event):
    time.sleep(60)
`,
    )
    await serving?.ready
    const pid = Number(await readFile(join(dir, 'pid'), 'utf8'))
    const asked = ask({}).catch(() => null)
    await serving?.close()
    await asked
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
  })
})

test.each([
  [
    {
      'function.yaml':
        'metadata: {name: x, annotations: {type: detector}}\nspec: {runtime: golang}',
    },
    /its runtime is golang/,
  ],
  [{ 'function.yaml': 'a: [' }, /line 1/],
  [
    {
      'function.yaml':
        'a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]',
    },
    /too many aliases/,
  ],
])('the folder %j is refused', async (files, why) => {
  await put(files)
  await expect(readFunctionFolder(dir)).rejects.toThrow(why)
})

test('a folder without a description is refused', async () => {
  await expect(readFunctionFolder(dir)).rejects.toThrow(/there is no function.yaml in it/)
})

test('a Python that is not there is told', async () => {
  await expect(findPython(join(dir, 'no-python'), [])).rejects.toMatchObject({
    code: 'PYTHON_MISSING',
    message: expect.stringContaining('no-python is not there') as string,
  })
})
