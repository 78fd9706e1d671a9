import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Contract } from '#shared/contract/index.ts'
import { type FakeCore, onePixel } from './fake-core.ts'

/** A place where the handler runs: in this process, behind a loopback server, or inside the desktop shell. */
export interface Room {
  readonly core: FakeCore
  fetch(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
  /**
   * Does an answer arrive piece by piece, and an abort reach the handler? False leaves the event stream's tests out, for
   * a room whose transport gathers a whole body first; say why where it is set.
   */
  readonly streams: boolean
}

/** What every door must do alike. The same suite runs in each room. */
export function describeHttpContract(name: string, open: () => Promise<Room>) {
  describe(`the handler, ${name}`, () => {
    let room: Room
    beforeAll(async () => {
      room = await open()
    }, 60_000)
    afterAll(() => room?.close())
    const get = (path: string, init?: RequestInit) => room.fetch(path, init)

    describe('typed procedures', () => {
      const client = () =>
        createORPCClient<ContractRouterClient<Contract>>(
          new RPCLink({
            url: 'http://anywhere/rpc',
            fetch: async (request) => {
              const { pathname, search } = new URL(request.url)
              const headers = { 'content-type': request.headers.get('content-type') ?? '' }
              const body = await request.text()
              return room.fetch(`${pathname}${search}`, { method: 'POST', headers, body })
            },
          }),
        )

      test('answer what the core answers', async () => {
        expect((await client().app.info()).version).toBe('0.0.0-fake')
      })

      test('carry a refusal as code, sentence and remedy', async () => {
        await expect(client().annotations.undo({ taskId: 1 as never })).rejects.toMatchObject({
          code: 'NOTHING_TO_UNDO',
          status: 409,
          data: { code: 'NOTHING_TO_UNDO', message: 'There is nothing to undo.' },
        })
      })

      test('call what nobody foresaw INTERNAL', async () => {
        await expect(client().app.getSettings()).rejects.toMatchObject({
          code: 'INTERNAL',
          status: 500,
          data: { remedy: expect.stringContaining('fieldmark doctor') },
        })
      })

      test('that do not exist are refused by name', async () => {
        const answer = await room.fetch('/rpc/no/such', { method: 'POST' })
        expect(answer.status).toBe(404)
        expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
      })
    })

    describe('REST', () => {
      test('turns path and query text into numbers', async () => {
        const answer = await get('/api/tasks/12/frames?from=3&count=4')
        expect(await answer.json()).toEqual([{ taskId: 12, from: 3, count: 4 }])
      })

      test('takes a JSON body', async () => {
        const answer = await room.fetch('/api/app/settings', {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: '{"theme":"dark"}',
        })
        expect(await answer.json()).toEqual({ theme: 'dark' })
      })

      test('refuses a body that is no JSON', async () => {
        const answer = await room.fetch('/api/app/settings', {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: '{"theme":',
        })
        expect(answer.status).toBe(400)
        expect(await answer.json()).toMatchObject({ error: { code: 'INPUT_INVALID' } })
      })

      test.each([
        ['/api/app/settings', 'PATCH', 'multipart/form-data; boundary=b', 'no parts'],
        ['/rpc/app/setSettings', 'POST', 'application/json', '{"json":{},"meta":[[1,"x"]]}'],
      ])('%s refuses what it cannot take apart', async (path, method, type, body) => {
        const answer = await room.fetch(path, { method, headers: { 'content-type': type }, body })
        expect(answer.status).toBe(400)
        expect(await answer.text()).toContain('INPUT_INVALID')
      })

      test('says what was not there, with its status', async () => {
        const answer = await get('/api/projects/99')
        expect(answer.status).toBe(404)
        expect(await answer.json()).toMatchObject({
          error: { code: 'NOT_FOUND', message: 'There is no project 99.' },
        })
      })

      test('describes itself, with nothing from elsewhere', async () => {
        const spec = (await (await get('/api/openapi.json')).json()) as { paths: object }
        expect(Object.keys(spec.paths)).toContain('/tasks/{taskId}/frames')
        const page = await (await get('/api/docs')).text()
        expect(page).toContain('/api/tasks/{taskId}/frames')
        expect(page).not.toMatch(/(src|href)="https?:/)
      })
    })

    describe('frames', () => {
      test('are bytes with their type, and are not sent twice', async () => {
        const answer = await get('/frames/1/0?quality=original')
        expect(answer.headers.get('content-type')).toBe('image/gif')
        expect(new Uint8Array(await answer.arrayBuffer())).toEqual(onePixel)
        const etag = answer.headers.get('etag') ?? ''
        const again = await get('/frames/1/0', { headers: { 'if-none-match': etag } })
        expect(again.status).toBe(304)
      })

      test.each([
        ['/frames/1/5', 404, 'FRAME_MISSING'],
        ['/frames/1/0?quality=best', 400, 'INPUT_INVALID'],
        ['/frames/1/0/related/1', 404, 'NOT_FOUND'],
        ['/frames/1/0/related/x', 400, 'INPUT_INVALID'],
        ['/frames/1/0?crop=1,2,3', 400, 'INPUT_INVALID'],
        ['/frames/1/0?crop=1,2,3,x', 400, 'INPUT_INVALID'],
        ['/frames/1/0?crop=9,2,3,4', 400, 'INPUT_INVALID'],
        ['/frames/x/0', 400, 'INPUT_INVALID'],
        ['/frames/1/-1', 400, 'INPUT_INVALID'],
      ])('%s is refused', async (path, status, code) => {
        const answer = await get(path)
        expect(answer.status).toBe(status)
        expect(await answer.json()).toMatchObject({ error: { code } })
      })

      test('are cut to whole pixels around the box asked for', async () => {
        const answer = await get('/frames/1/0?crop=-1.5,2,3.2,4')
        expect(await answer.json()).toEqual({ left: -2, top: 2, right: 4, bottom: 4 })
      })

      test('have a preview while a scan runs', async () => {
        expect((await get('/frames/1/preview')).status).toBe(200)
      })
    })

    describe('uploads', () => {
      test('arrive whole, at their relative path', async () => {
        const body = 'some bytes'
        const first = await room.fetch('/uploads?path=photos/a%20b.jpg', { method: 'POST', body })
        expect(first.status).toBe(201)
        const { upload, folder, paths } = (await first.json()) as Record<string, string>
        expect(paths).toEqual([join(folder ?? '', 'photos', 'a b.jpg')])
        expect(await readFile(paths?.[0] ?? '', 'utf8')).toBe(body)
        const second = await room.fetch(`/uploads?path=c.jpg&upload=${upload}`, {
          method: 'POST',
          body,
        })
        expect(await second.json()).toMatchObject({ upload, folder })
      })

      test.each(['../up.jpg', '/etc/passwd', 'C:\\x.jpg', 'a/../../b', 'nul.txt', ''])(
        'never leave their folder: "%s"',
        async (path) => {
          const answer = await room.fetch(`/uploads?path=${encodeURIComponent(path)}`, {
            method: 'POST',
            body: 'x',
          })
          expect(answer.status).toBe(400)
          expect(await answer.json()).toMatchObject({ error: { code: 'INPUT_INVALID' } })
        },
      )
    })

    describe("an export's file", () => {
      test('is a download under its own name', async () => {
        const path = join(room.core.dataDir, 'straße "1".zip')
        await writeFile(path, 'PK')
        room.core.exported = { path }
        const answer = await get('/api/requests/7/file')
        expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''stra%C3%9Fe")
        expect(await answer.text()).toBe('PK')
      })

      test('is missing when the request made none', async () => {
        room.core.exported = null
        expect((await get('/api/requests/7/file')).status).toBe(404)
        expect((await get('/api/requests/8/file')).status).toBe(404)
      })
    })

    describe('the page', () => {
      test('answers every place inside the app, and no missing asset', async () => {
        expect(await (await get('/tasks/3')).text()).toContain('<title>')
        expect((await get('/assets/missing.js')).status).toBe(404)
        expect((await get('/assets/%2e%2e/%2e%2e/package.json')).status).toBe(404)
        expect((await get('/%00.js')).status).toBe(404)
        expect((await get(`/assets/${'a'.repeat(5000)}.js`)).status).toBe(404)
      })

      test('that cannot be shown says why to a person, in words', async () => {
        const answer = await get('/frames/1/5', { headers: { accept: 'text/html,*/*' } })
        expect(answer.headers.get('content-type')).toContain('text/html')
        expect(await answer.text()).toContain('no longer there')
      })

      test('and everything else forbids what is not ours', async () => {
        for (const path of ['/', '/api/docs', '/api/projects/99', '/frames/1/0', '/nothing.js']) {
          const { headers } = await get(path)
          expect(headers.get('content-security-policy'), path).toContain("default-src 'self'")
          expect(headers.get('x-content-type-options'), path).toBe('nosniff')
          expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin')
        }
      })
    })

    describe('the event stream', () => {
      test('delivers, replays what was missed, and lets go when closed', async (context) => {
        if (!room.streams) return context.skip('this room gathers a whole body first')
        const first = await openEvents(room)
        const heard = first.next()
        room.core.events.publish({ type: 'project', id: 1 as never })
        const { id, data } = await heard
        expect(JSON.parse(data)).toEqual({ type: 'project', id: 1 })
        first.close()
        await expect.poll(() => room.core.listening()).toBe(0)
        room.core.events.publish({ type: 'project', id: 2 as never })
        const second = await openEvents(room, id)
        expect(JSON.parse((await second.next()).data)).toEqual({ type: 'project', id: 2 })
        second.close()
        await expect.poll(() => room.core.listening()).toBe(0)
      })
    })
  })
}

/** A small SSE reader: enough to see ids and data, and to hang up. */
async function openEvents(room: Room, lastId?: string) {
  const abort = new AbortController()
  const headers: Record<string, string> = lastId ? { 'last-event-id': lastId } : {}
  const answer = await room.fetch('/events', { headers, signal: abort.signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream() as never).getReader()
  let text = ''
  return {
    async next(): Promise<{ id: string; data: string }> {
      for (;;) {
        const found = /id: (.*)\ndata: (.*)\n\n/.exec(text)
        if (found) {
          text = text.slice(found.index + found[0].length)
          return { id: found[1] ?? '', data: found[2] ?? '' }
        }
        const piece = (await reader?.read()) as { done: boolean; value: string } | undefined
        if (!piece || piece.done) throw new Error('the event stream ended')
        text += piece.value
      }
    },
    close: () => abort.abort(),
  }
}
