import { expect, test } from 'vitest'
import type { SidecarReport } from '#shared/domain/sidecar.ts'
import type { Client, Connection } from '../connect.ts'
import { runCli } from '../main.ts'

const done: SidecarReport = {
  ...{ written: 2, readIn: 1, changes: 3, keptCount: 1, withoutPlace: 0, notes: [] },
  kept: [{ frame: 0, name: 'a.jpg', file: '/p/a.json.orig' }],
  ...{ problemCount: 0, problems: [] },
}
const problem = { frame: 1, name: 'b.jpg', file: '/p/b.json', problem: 'it is not valid JSON here' }

async function run(argv: readonly string[], report: SidecarReport = done) {
  const said = { out: '', err: '', asked: [] as unknown[] }
  const tell = (what: string) => async (input: unknown) => {
    said.asked.push([what, input])
    const losses = [{ severity: 'dropped', count: 4, what: 'polygons are left out' }]
    if (what === 'set') return { requestId: (input as { format: unknown }).format && 9, losses }
    if (what === 'sync') return { requestId: 9 }
    return { taskId: 1, format: 'yolo', files: 5, problemCount: 1, problems: [problem] }
  }
  const client = {
    sidecar: { get: tell('get'), set: tell('set'), sync: tell('sync') },
    requests: { get: async () => ({ id: 9, state: 'finished', result: report }) },
  }
  const connection: Connection = {
    client: client as unknown as Client,
    ...{ attachedUrl: null, core: null, close: async () => {} },
    frame: () => Promise.reject(new Error('no frame is asked for')),
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
    ...{ env: { FIELDMARK_HOME: '/nowhere' }, platform: 'linux', cwd: import.meta.dirname },
    ...{ signal: new AbortController().signal, connect: async () => connection },
  })
  return { code, ...said }
}

test('is switched on, tells what the format cannot hold, and what the first pass did', async () => {
  const { code, out, err, asked } = await run(['task', 'sidecar', '1', '--format', 'labelme'])
  expect([code, out]).toEqual([0, 'Wrote 2 files, read 1 file that had changed.\n'])
  expect(err).toContain('labelme: 4 polygons are left out; what is here stays as it is.')
  expect(err).toContain(
    "a.jpg was changed on both sides. The other program's file is /p/a.json.orig now.",
  )
  expect(asked).toEqual([['set', { taskId: 1, format: 'labelme' }]])
})

test('is switched off', async () => {
  const { code, out, asked } = await run(['task', 'sidecar', '1', '--format', 'off'])
  expect([code, out]).toEqual([
    0,
    'Keeps no files beside its pictures any more. Those that are there stay as they are.\n',
  ])
  expect(asked[0]).toEqual(['set', { taskId: 1, format: null }])
})

test('tells how files stand, with what is left alone', async () => {
  const { code, out, err } = await run(['task', 'sidecar', '1'])
  expect([code, out]).toEqual([1, 'Keeps yolo files beside its pictures: 5 files in step.\n'])
  expect(err).toContain('/p/b.json was left alone: it is not valid JSON here.')
})

test('looks at every file now; what was left alone is a failure', async () => {
  const left = { ...done, problemCount: 1, problems: [problem] }
  const { code, out } = await run(['task', 'sidecar', '1', '--sync', '--json'], left)
  expect([code, JSON.parse(out)]).toEqual([1, left])
})

test('refuses a format it does not know', async () => {
  const { code, err } = await run(['task', 'sidecar', '1', '--format', 'voc'])
  expect(code).toBe(2)
  expect(err).toContain('labelme, x-anylabeling, yolo, off')
})
