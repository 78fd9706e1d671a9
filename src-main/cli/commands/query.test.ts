import { expect, test } from 'vitest'
import type { Client, Connection } from '../connect.ts'
import { runCli } from '../main.ts'

const annotation = (id: number, frame: number) => ({
  id,
  frame,
  kind: 'shape',
  type: 'rectangle',
  labelId: 4,
})
const pages = [
  {
    frames: [{ frame: 0, name: 'a.jpg', annotations: [annotation(1, 0), annotation(2, 0)] }],
    next: 1,
  },
  { frames: [{ frame: 9, name: 'b.jpg', annotations: [annotation(3, 9)] }], next: null },
]

async function run(argv: readonly string[]) {
  const said = { out: '', err: '', asked: [] as unknown[] }
  const client = {
    tasks: {
      get: async () => ({ labels: [{ id: 4, name: 'car' }] }),
      list: async (input: unknown) => {
        said.asked.push(input)
        return []
      },
    },
    annotations: {
      query: async (input: { from: number }) => {
        said.asked.push(input)
        return input.from === 0 ? pages[0] : pages[1]
      },
    },
  }
  const connection: Connection = {
    client: client as unknown as Client,
    attachedUrl: null,
    core: null,
    frame: async () => {
      throw new Error('no frame is asked for')
    },
    close: async () => {},
  }
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
    cwd: import.meta.dirname,
    signal: new AbortController().signal,
    connect: async () => connection,
  })
  return { code, ...said }
}

test('lists frames and annotations, a line each, page after page', async () => {
  const { code, out, err, asked } = await run(['query', '1', 'label::car'])
  expect(code).toBe(0)
  expect(out).toBe(
    '0\t1\tshape\trectangle\tcar\ta.jpg\n0\t2\tshape\trectangle\tcar\ta.jpg\n9\t3\tshape\trectangle\tcar\tb.jpg\n',
  )
  expect(err).toContain('3 annotations on 2 frames')
  expect(asked).toEqual([
    { taskId: 1, filter: 'label is "car"', from: 0 },
    { taskId: 1, filter: 'label is "car"', from: 1 },
  ])
})

test('with --json the pages are one document', async () => {
  const { out } = await run(['query', '1', 'label=="car"', '--json'])
  expect(JSON.parse(out)).toEqual({
    task: 1,
    filter: 'label == "car"',
    frames: pages
      .flatMap(({ frames }) => frames)
      .map((frame) => ({
        ...frame,
        annotations: frame.annotations.map((one) => ({ ...one, label: 'car' })),
      })),
    count: 3,
  })
})

test('a filter that is none exits 2 and names the column', async () => {
  const { code, out, err, asked } = await run(['query', '1', 'label == "car" und width > 4'])
  expect(code).toBe(2)
  expect(err).toContain('column 16')
  expect(out).toBe('')
  expect(asked).toEqual([])
  const json = await run(['query', '1', 'widht > 4', '--json'])
  expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'FILTER_INVALID' } })
})

test('task ls searches', async () => {
  const { asked } = await run(['task', 'ls', '--search', 'mode: annotation AND name: street'])
  expect(asked).toEqual([{ search: 'mode: annotation AND name: street' }])
})
