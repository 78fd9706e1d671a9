import { describe, expect, test } from 'vitest'
import type { AnnotateReport } from '#shared/domain/annotate-report.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { Client, Connection } from '../connect.ts'
import { runCli } from '../main.ts'

const done: AnnotateReport = {
  ...{
    as: 'annotations',
    frames: 3,
    found: 12,
    removed: 2,
    failedCount: 0,
    failed: [],
    seconds: 2,
  },
  notes: ['4 detections of "cat", which is not mapped to any label'],
}
const failed = { frame: 7, name: 'b.jpg', problem: 'b.jpg could not be read as an image.' }

const named = (id: string, name: string, kind = 'detector') => ({ id, name, kind }) as FunctionInfo
const functions = [
  named('onnx/desk-detect', 'Desk shapes'),
  named('onnx/desk-reid', 'Desk looks', 'reid'),
  named('nuclio/one/yolo', 'YOLO v7'),
  named('nuclio/two/yolo', 'YOLO v8'),
]

async function run(argv: readonly string[], result: object = done) {
  const said = { out: '', err: '', asked: [] as unknown[] }
  const ask = (what: string) => async (input: object) => {
    said.asked.push({ what, ...input })
    return { id: 9 }
  }
  const client = {
    functions: { list: async () => functions, annotate: ask('annotate'), link: ask('link') },
    requests: { get: async () => ({ id: 9, state: 'finished', result }) },
  }
  const connection: Connection = {
    client: client as unknown as Client,
    ...{ attachedUrl: null, core: null, close: async () => {} },
    frame: () => Promise.reject(new Error('no frame is asked for')),
  }
  const code = await runCli(['task', ...argv], {
    streams: {
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      interactive: false,
    },
    ...{ env: { FIELDMARK_HOME: '/nowhere' }, platform: 'linux', cwd: import.meta.dirname },
    ...{ signal: new AbortController().signal, connect: async () => connection },
  })
  return { code, ...said }
}

const annotate = (name: string, ...more: string[]) =>
  run(['auto-annotate', '3', '--function', name, ...more])

test('says what was found, how fast, and what was left out', async () => {
  const { code, out, err } = await annotate('onnx/desk-detect')
  expect([code, out]).toEqual([
    0,
    'Desk shapes: 12 annotations on 3 frames, 1.5 frames a second. 2 old annotations taken away.\n',
  ])
  expect(err).toContain('Left out: 4 detections of "cat", which is not mapped to any label.')
})

test('asks for what its options say', async () => {
  const { asked } = await annotate(
    'desk-detect',
    ...['--threshold', '0.4', '--mapping', '{"disc": "coin"}', '--clear-existing', '--job', '5'],
    ...['--frames', '10-20', '--filter', 'label == "x"', '--only-empty', '--as', 'predictions'],
    ...['--tiles', '512', '--masks-to-polygons', '--param', 'top=5', '--param', 'fast=true'],
  )
  expect(asked).toEqual([
    {
      ...{ what: 'annotate', taskId: 3, functionId: 'onnx/desk-detect', jobId: 5 },
      ...{ frames: { start: 10, stop: 20 }, filter: 'label == "x"', onlyEmpty: true },
      ...{ as: 'predictions', cleanup: true, tiles: { size: 512 }, masksToPolygons: true },
      ...{ mapping: { disc: 'coin' }, parameters: { top: 5, fast: true, threshold: 0.4 } },
    },
  ])
})

test('left alone, options are what the core has for them', async () => {
  const { asked } = await annotate('desk shapes')
  expect(asked).toEqual([
    {
      ...{ what: 'annotate', taskId: 3, functionId: 'onnx/desk-detect', jobId: null, frames: null },
      ...{ filter: '', onlyEmpty: false, as: 'annotations', parameters: {}, cleanup: false },
      ...{ tiles: null, masksToPolygons: false },
    },
  ])
})

test('frames that could not be looked at are named, and the exit status says so', async () => {
  const report = { ...done, failedCount: 1, failed: [failed] }
  const { code, err } = await run(['auto-annotate', '3', '--function', 'desk-detect'], report)
  expect(code).toBe(1)
  expect(err).toContain('Frame 7 (b.jpg): b.jpg could not be read as an image.')
  expect(err).toContain('Desk shapes could not look at one frame')
})

describe('a function', () => {
  test.each([
    ['nuclio/two/yolo', 'nuclio/two/yolo'],
    ['YOLO_v7', 'nuclio/one/yolo'],
  ])('%s is %s', async (name, id) => {
    expect((await annotate(name)).asked).toMatchObject([{ functionId: id }])
  })

  test.each([
    ['of which there are two', 'yolo', 2, /nuclio\/one\/yolo, nuclio\/two\/yolo/],
    ['nobody has', 'zebra', 1, /no detector zebra/i],
    ['of another kind', 'desk-reid', 1, /no detector desk-reid/i],
  ])('%s is refused', async (_name, name, status, says) => {
    const { code, err, asked } = await annotate(name)
    expect([code, asked]).toEqual([status, []])
    expect(err).toMatch(says)
  })
})

test.each([
  [['--frames', '9-2'], 2, /such as 0-99/],
  [['--param', 'x'], 2, /such as top=5/],
  [['--as', 'tracks'], 2, /annotations, predictions/],
  [['--mapping', '{"a": 5}'], 1, /--mapping: a is not as a mapping is written/],
  [['--mapping', '{'], 1, /--mapping: it is not JSON/],
  [['--mapping', 'none.json'], 1, /none.json: there is no such file/],
])('%j is refused', async (options, status, says) => {
  const { code, err, asked } = await annotate('desk-detect', ...options)
  expect([code, asked]).toEqual([status, []])
  expect(err).toMatch(says)
})

test('linking previews', async () => {
  const report = {
    ...{ preview: true, boxes: 10, tracks: 2, linked: 8, singles: 2, failedCount: 0, failed: [] },
    paths: [{ labelId: 1, first: 0, last: 4, boxes: [3, 5, 8, 9, 12] }],
  }
  const argv = ['link', '3', '--function', 'desk-reid', '--preview', '--max-gap', '2']
  const { code, out, asked } = await run(argv, report)
  expect(code).toBe(0)
  expect(out).toContain('8 of 10 boxes would become 2 tracks; 2 were linked to nothing.')
  expect(out).toMatch(/0 +4 +5 +3 5 8 9 12/)
  expect(asked).toMatchObject([
    {
      ...{ what: 'link', functionId: 'onnx/desk-reid', preview: true, maxGap: 2 },
      ...{ threshold: 0.5, maxDistance: 50, keepSingles: true },
    },
  ])
})
