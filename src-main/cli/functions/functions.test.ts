/** `fieldmark function`, but for what needs Python: that is serve-function.test.ts. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '#shared/contract/connections.ts'
import { detection } from '#shared/domain/detection.ts'
import { functionKinds } from '#shared/domain/function.ts'
import type { Client } from '../connect.ts'
import { runCli } from '../main.ts'
import { drawingOf } from './drawing.ts'
import { functionFiles } from './function-files.ts'
import { readFunctionFolder } from './function-folder.ts'
import { nuclioName } from './scaffold.ts'
import { pythonWith } from './testing/pythons.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark cli '))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function run(argv: readonly string[], client: unknown = {}) {
  const said = { out: '', err: '' }
  const code = await runCli(argv, {
    streams: {
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      interactive: false,
    },
    env: { FIELDMARK_HOME: '/nowhere' },
    platform: 'linux',
    cwd: dir,
    signal: new AbortController().signal,
    connect: async () => ({
      client: client as Client,
      attachedUrl: null,
      core: null,
      frame: () => Promise.reject(new Error('no frame is asked for')),
      close: async () => {},
    }),
  })
  return { code, ...said }
}

const python = pythonWith()

describe.each(functionKinds)('a new %s', (kind) => {
  test('is a folder that can be served and deployed', async () => {
    const made = await run([
      'function',
      'init',
      'mine',
      '--kind',
      kind,
      '--name',
      'Mine: #1 "x"',
      '--json',
    ])
    expect(made.code).toBe(0)
    expect(JSON.parse(made.out)).toMatchObject({ kind, name: 'mine-1-x' })
    const folder = await readFunctionFolder(join(dir, 'mine'))
    expect(folder.function).toMatchObject({ kind, name: 'mine-1-x', title: 'Mine 1 x', hints: [] })
    expect(folder.function.trigger.mostBodyBytes).toBeGreaterThan(2 ** 24)
    for (const file of ['README.md', 'nuclio/main.py', 'nuclio/function.yaml'])
      expect(await readFile(join(dir, 'mine', file), 'utf8')).not.toMatch(/\{\{|undefined/)
  })

  test.skipIf(python === null)(
    'passes its own tests (skipped where there is no Python 3.7)',
    async () => {
      await run(['function', 'init', 'mine', '--kind', kind])
      // Without its site packages: nothing but the standard library.
      const said = execFileSync(python ?? '', ['-S', '-B', '-m', 'unittest'], {
        cwd: join(dir, 'mine'),
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
      })
      expect(said).toBe('')
    },
  )
})

test('a folder with anything in it is left alone', async () => {
  await writeFile(join(dir, 'notes.txt'), 'mine')
  const made = await run(['function', 'init', '.', '--kind', 'reid'])
  expect(made.code).toBe(1)
  expect(made.err).toMatch(/is there already; nothing was written/)
  expect(await readdir(dir)).toEqual(['notes.txt'])
})

test.each([
  ['My Détector 2', 'my-detector-2'],
  ['  ', 'my-function'],
  ['../../x', 'x'],
])('%j is called %s by Nuclio', (title, name) => {
  expect(nuclioName(title)).toBe(name)
})

test('the runner lies beside the archive of a packed app', () => {
  const packed = functionFiles('runner', 'file:///opt/app/resources/app.asar/dist/main/cli.js')
  expect(packed.replaceAll('\\', '/')).toMatch(
    /\/opt\/app\/resources\/app\.asar\.unpacked\/resources\/functions\/runner$/,
  )
})

const DEFAULTS: Connection = {
  id: 'nuclio',
  name: 'Nuclio',
  via: 'dashboard',
  url: 'http://localhost:8070',
  project: 'cvat',
  namespace: 'nuclio',
  invoke: 'dashboard',
  timeoutSeconds: 120,
  enabled: true,
  functionYaml: '',
}

describe('connect', () => {
  function client(known: Connection[] = []) {
    const saved: Connection[] = []
    const gone: string[] = []
    const tested = {
      functions: [{ name: 'yolo', kind: 'detector', state: 'ready', problem: '' }],
      warnings: ['Everybody can see it.'],
    }
    const connections = {
      list: async () => known,
      defaults: async () => DEFAULTS,
      test: async () => tested,
      save: async (one: Connection) => {
        saved.push(one)
        return one
      },
      remove: async ({ id }: { id: string }) => {
        gone.push(id)
        return { id }
      },
    }
    return { connections, saved, gone }
  }

  test('tries a dashboard, then keeps it', async () => {
    const made = client()
    const { code, out, err } = await run(['function', 'connect', 'gpu:9000', '--direct'], made)
    expect(code).toBe(0)
    expect(out).toMatch(/Connected gpu\.\n.*\nnuclio\/gpu\/yolo {2}detector {2}ready/)
    expect(err).toContain('Everybody can see it.')
    expect(made.saved).toEqual([
      { ...DEFAULTS, id: 'gpu', name: 'gpu', url: 'http://gpu:9000/', invoke: 'direct' },
    ])
  })

  test('changes the one at the same address; others get an id of their own', async () => {
    const known = [{ ...DEFAULTS, id: 'gpu', url: 'http://me@gpu:8070/' }]
    const made = client(known)
    await run(['function', 'connect', 'http://gpu:8070', '--name', 'Big'], made)
    await run(['function', 'connect', 'http://gpu:1', '--project', ''], made)
    expect(made.saved.map(({ id, name, project }) => [id, name, project])).toEqual([
      ['gpu', 'Big', 'cvat'],
      ['gpu-2', 'gpu', ''],
    ])
    await run(['function', 'connect', 'http://gpu:8070', '--remove'], made)
    expect(made.gone).toEqual(['gpu'])
  })

  test.each([
    [['http://x', '--via', 'function'], /Say with --yaml/],
    [['http://[', '--name', 'x'], /is no address/],
    [['http://x', '--remove'], /There is no connection to http:\/\/x\//],
  ])('%j is wrong usage', async (argv, why) => {
    const { code, err } = await run(['function', 'connect', ...argv], client())
    expect([code, err]).toEqual([2, expect.stringMatching(why)])
  })
})

const CARS = { id: 'nuclio/gpu/cars', kind: 'detector', name: 'Cars', labels: [] }

test('ls shows every function, and why one cannot be called', async () => {
  const shared = { device: 'gpu', speedMs: 12.4, state: 'ready', problem: null }
  const labels = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }))
  const list = async () => [
    { ...CARS, ...shared, labels },
    { ...CARS, ...shared, id: 'onnx/x', state: 'failed', problem: { message: 'It is gone.' } },
  ]
  const { out, err } = await run(['function', 'ls'], { functions: { list } })
  expect(out).toMatch(/nuclio\/gpu\/cars {2}detector {2}ready {3}gpu +12 +5 labels {2}Cars/)
  expect(err).toContain('onnx/x: It is gone.')
})

describe('call', () => {
  const found = [
    detection({ label: 'car', type: 'rectangle', points: [1, 2, 30.55, 40], score: 0.5 }),
    detection({ label: 'night', type: 'tag', attributes: [{ name: 'how', value: 'dark' }] }),
  ]
  const asked: unknown[] = []
  const client = (kind: string) => ({
    functions: {
      list: async () => [{ ...CARS, kind }],
      call: async (input: unknown) => {
        asked.push(input)
        return { detections: found, tookMs: 3.2 }
      },
      interact: async (input: unknown) => {
        asked.push(input)
        return { mask: [0, 4, 1, 1, 2, 2], outline: null, score: 0.5, token: null, tookMs: 1 }
      },
    },
    trackers: {
      follow: async (input: unknown) => {
        asked.push(input)
        const shape = { type: 'rectangle', points: [5, 5, 9, 9], rotation: 0, score: 0.7 }
        return { initialized: 1, objects: [{ shape, state: 's' }] }
      },
    },
  })
  beforeEach(() => {
    asked.length = 0
  })
  const call = (kind: string, ...argv: string[]) =>
    run(['function', 'call', CARS.id, ...argv], client(kind))

  test('a detector on a file, and draws what it found', async () => {
    const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000040000000200802000000', 'hex')
    await writeFile(join(dir, 'a.png'), head)
    const { code, out } = await call(
      'detector',
      '--image',
      'a.png',
      '--threshold',
      '0.4',
      '--out',
      'a.svg',
    )
    expect(code).toBe(0)
    expect(out).toBe('car  rectangle  0.500  1 2 30.6 40\nnight  tag  -  how=dark\n')
    expect(asked).toEqual([
      {
        functionId: CARS.id,
        picture: { path: join(dir, 'a.png') },
        parameters: { threshold: 0.4 },
      },
    ])
    const svg = await readFile(join(dir, 'a.svg'), 'utf8')
    expect(svg).toContain('viewBox="0 0 64 32"')
    expect(svg).toContain(`data:image/png;base64,${head.toString('base64')}`)
  })

  test('as JSON', async () => {
    const params = ['--param', 'regions=true', '--param', 'least=2.5', '--param', 'how=']
    const { out } = await call('detector', '--task', '3', '--frame', '7', '--json', ...params)
    expect(JSON.parse(out)).toMatchObject({ functionId: CARS.id, kind: 'detector', tookMs: 3.2 })
    expect(asked).toMatchObject([
      { picture: { taskId: 3, frame: 7 }, parameters: { regions: true, least: 2.5, how: '' } },
    ])
  })

  test('an interactor with clicks and a box', async () => {
    const clicks = ['--click', '1,2', '--click', '3.5,4', '--not-here', '0,0', '--box', '0,0,9,9']
    const { out } = await call('interactor', '--task', '3', ...clicks)
    expect(out).toBe('Cars  mask  0.500  0 4 1 1 2 2\n')
    expect(asked).toMatchObject([
      {
        taskId: 3,
        frame: 0,
        positive: [
          [1, 2],
          [3.5, 4],
        ],
        negative: [[0, 0]],
        box: [0, 0, 9, 9],
      },
    ])
  })

  test('a tracker from a box to the next frame', async () => {
    const { out } = await call('tracker', '--task', '3', '--frame', '4', '--box', '1,1,5,5')
    expect(out).toBe('Cars  rectangle  0.700  5 5 9 9\n')
    expect(asked).toMatchObject([
      { from: 4, to: 5, objects: [{ shape: { points: [1, 1, 5, 5] } }] },
    ])
  })

  test.each([
    ['detector', [], /Say which picture/],
    ['interactor', ['--task', '1'], /--click or --box/],
    ['interactor', ['--click', '1'], /must be x,y/],
    ['tracker', ['--task', '1'], /--box what to follow/],
    ['tracker', ['--box', '1,2,3'], /must be x1,y1,x2,y2/],
    ['reid', ['--task', '1'], /compares boxes of two frames/],
  ])('a %s with %j is wrong usage', async (kind, argv, why) => {
    const { code, err } = await call(kind, ...argv)
    expect([code, err]).toEqual([2, expect.stringMatching(why)])
  })
})

test('a drawing has every type, and nothing of a label that a browser would obey', () => {
  const joint = { label: 'a', points: [5, 6], outside: false, score: null, attributes: [] }
  const svg = drawingOf(
    { contentType: 'image/png', bytes: new Uint8Array(), width: 9, height: 9 },
    [
      detection({ label: '<script>', type: 'mask', points: [0, 4, 1, 1, 2, 2] }),
      detection({ label: 'e', type: 'ellipse', points: [5, 5, 8, 3], rotation: 30 }),
      detection({ label: 'l', type: 'polyline', points: [0, 0, 5, 5] }),
      detection({ label: 's', type: 'skeleton', elements: [joint, { ...joint, outside: true }] }),
      detection({ label: 't', type: 'tag' }),
    ],
  )
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('<polygon points="')
  expect(svg).toContain('rx="3" ry="2" transform="rotate(30 5 5)"')
  expect(svg.match(/<circle/g)).toHaveLength(1)
  expect(svg).not.toMatch(/NaN|Infinity/)
})
