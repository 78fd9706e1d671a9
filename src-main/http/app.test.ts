import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import { describeHttpContract } from './contract.case.ts'
import { createFakeCore } from './fake-core.ts'
import type { ProblemLog } from './problem.ts'

const silent: ProblemLog = { error: () => {} }

async function builtPage(): Promise<string> {
  const rendererDir = await mkdtemp(join(tmpdir(), 'fieldmark-page-'))
  await writeFile(join(rendererDir, 'index.html'), '<title>Fieldmark</title>')
  return rendererDir
}

describeHttpContract('in this process', async () => {
  const core = await createFakeCore()
  const rendererDir = await builtPage()
  const app = createApp(core, { rendererDir, log: silent })
  return {
    core,
    streams: true,
    fetch: (path, init) => app.fetch(new Request(`http://fieldmark${path}`, init)),
    close: async () => {
      await rm(core.dataDir, { recursive: true })
      await rm(rendererDir, { recursive: true })
    },
  }
})

test('what nobody foresaw is logged without its message', async () => {
  const core = await createFakeCore()
  const logged: unknown[] = []
  const log: ProblemLog = { error: (fields) => logged.push(fields) }
  const app = createApp(core, { rendererDir: '/nowhere', log })
  await app.fetch(new Request('http://fieldmark/api/app/settings'))
  expect(logged).toHaveLength(1)
  expect(logged[0]).toMatchObject({ where: 'app.getSettings', kind: 'TypeError' })
  expect(JSON.stringify(logged)).not.toContain('nobody foresaw')
})

test('the guard runs before everything, and its answers carry the headers too', async () => {
  const core = await createFakeCore()
  const app = createApp(core, {
    rendererDir: '/nowhere',
    log: silent,
    auth: () => new Response('no', { status: 403 }),
  })
  const answer = await app.fetch(new Request('http://fieldmark/api/app'))
  expect(answer.status).toBe(403)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test('multipart uploads keep the relative names of their parts', async () => {
  const core = await createFakeCore()
  const app = createApp(core, { rendererDir: '/nowhere', log: silent })
  const form = new FormData()
  form.append('files', new Blob(['1']), 'set/1.jpg')
  form.append('files', new Blob(['2']), 'set/2.jpg')
  const whole = new Request('http://fieldmark/uploads', { method: 'POST', body: form })
  const body = await whole.arrayBuffer()
  const headers = {
    'content-type': whole.headers.get('content-type') ?? '',
    'content-length': String(body.byteLength),
  }
  const answer = await app.fetch(
    new Request('http://fieldmark/uploads', { method: 'POST', headers, body }),
  )
  const { folder, paths } = (await answer.json()) as { folder: string; paths: string[] }
  expect(paths).toEqual([join(folder, 'set/1.jpg'), join(folder, 'set/2.jpg')])
})

test('a page that has not been built says how to build it', async () => {
  const core = await createFakeCore()
  const app = createApp(core, { rendererDir: '/nowhere', log: silent })
  const answer = await app.fetch(new Request('http://fieldmark/'))
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('npm run build')
})

test('a HEAD of the event stream leaves no listener behind', async () => {
  const core = await createFakeCore()
  const app = createApp(core, { rendererDir: '/nowhere', log: silent })
  const answer = await app.fetch(new Request('http://fieldmark/events', { method: 'HEAD' }))
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  expect(core.listening()).toBe(0)
})
