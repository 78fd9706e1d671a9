import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeHttpContract } from '#main/http/contract.case.ts'
import { createFakeCore, type FakeCore } from '#main/http/fake-core.ts'
import { serveWeb, type WebShell } from './serve-web.ts'

const log = { error: () => {} }

async function builtPage(): Promise<string> {
  const rendererDir = await mkdtemp(join(tmpdir(), 'fieldmark-page-'))
  await writeFile(join(rendererDir, 'index.html'), '<title>Fieldmark</title>')
  return rendererDir
}

describeHttpContract('over the loopback server', async () => {
  const core = await createFakeCore()
  const rendererDir = await builtPage()
  const shell = await serveWeb(core, { rendererDir, log })
  return {
    core,
    streams: true,
    fetch: (path, init) => {
      const headers = new Headers(init?.headers)
      headers.set('authorization', `Bearer ${shell.token}`)
      return fetch(`${shell.origin}${path}`, { ...init, headers })
    },
    close: async () => {
      await shell.close()
      await rm(rendererDir, { recursive: true })
    },
  }
})

describe('who may talk to the loopback server', () => {
  let core: FakeCore
  let shell: WebShell
  let port: number
  beforeAll(async () => {
    core = await createFakeCore()
    shell = await serveWeb(core, { rendererDir: await builtPage(), log })
    port = Number(new URL(shell.origin).port)
  })
  afterAll(() => shell.close())

  /** fetch() would not let us lie about Host and Origin. */
  const ask = (path: string, headers: Record<string, string>) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
      (resolve, reject) => {
        const request = httpRequest({ host: '127.0.0.1', port, path, headers }, (answer) => {
          let body = ''
          answer.on('data', (piece) => {
            body += piece
          })
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
          )
        })
        request.on('error', reject).end()
      },
    )

  test('the printed address trades its token for a strict cookie and forgets it', async () => {
    const answer = await ask(`/tasks/3?token=${shell.token}&frame=2`, {})
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/tasks/3?frame=2')
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
    const page = await ask('/', { cookie: cookie.split(';')[0] ?? '' })
    expect(page.status).toBe(200)
  })

  test('the cookie, not the token, still counts after a restart', async () => {
    const answer = await ask(`/?token=${shell.token}`, {})
    const cookie = String(answer.headers['set-cookie']).split(';')[0]?.split('=')[1]
    const again = await serveWeb(core, { log })
    const name = `fieldmark-${new URL(again.origin).port}`
    const get = (headers: Record<string, string>) =>
      fetch(`${again.origin}/api/app`, { headers }).then(({ status }) => status)
    expect(await get({ cookie: `${name}=${cookie}` })).toBe(200)
    expect(await get({ authorization: `Bearer ${shell.token}` })).toBe(403)
    expect(await get({ cookie: `${name}=${shell.token}` })).toBe(403)
    await again.close()
    const { mode } = await stat(join(core.dataDir, 'web-session'))
    if (process.platform !== 'win32') expect(mode & 0o077).toBe(0)
  })

  test('a link from another site still gets there', async () => {
    const answer = await ask(`/?token=${shell.token}`, { 'sec-fetch-site': 'cross-site' })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('url=/')
  })

  test.each([
    ['no token', '/', {}],
    ['a wrong token in the address', '/?token=guess', {}],
    ['a wrong bearer', '/api/app', { authorization: 'Bearer guess' }],
    ['a wrong cookie', '/', { cookie: 'fieldmark-1=guess' }],
  ])('%s is refused', async (_name, path, headers: Record<string, string>) => {
    const answer = await ask(path, headers)
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code: 'FORBIDDEN', remedy: expect.stringContaining('fieldmark serve') },
    })
  })

  test.each([
    ['a name that resolves here', { host: 'evil.example:PORT' }, 403],
    ['our address with another port', { host: '127.0.0.1:1' }, 403],
    ['a script of another site', { origin: 'http://evil.example' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['localhost', { host: 'localhost:PORT' }, 200],
    ['IPv6 loopback', { host: '[::1]:PORT' }, 200],
    ['our own page', { origin: 'http://127.0.0.1:PORT' }, 200],
  ])('%s, with the right token', async (_name, lie: Record<string, string>, status) => {
    const headers = Object.fromEntries(
      Object.entries(lie).map(([key, value]) => [key, value.replace('PORT', String(port))]),
    )
    const answer = await ask('/api/app', { authorization: `Bearer ${shell.token}`, ...headers })
    expect(answer.status).toBe(status)
  })

  test('a port in use is refused with a remedy', async () => {
    await expect(serveWeb(core, { port, log })).rejects.toMatchObject({
      code: 'PORT_BUSY',
      remedy: expect.stringContaining('--port'),
    })
  })

  test('the same data directory gets the same port again, so that the page keeps its memory', async () => {
    const other = await createFakeCore()
    const first = await serveWeb(other, { log })
    await first.close()
    const second = await serveWeb(other, { log })
    expect(second.origin).toBe(first.origin)
    expect(second.token).not.toBe(first.token)
    await second.close()
  })
})
