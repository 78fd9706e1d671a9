import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import { MOST_BODY_BYTES, withLimitedBody } from './body-limit.ts'
import { createFakeCore } from './fake-core.ts'

const pieces = (count: number, bytes: number) => {
  let left = count
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(bytes).fill(0x20))
      else controller.close()
    },
  })
}

const streamed = (body: ReadableStream, path = '/') =>
  new Request(`http://fieldmark${path}`, {
    ...{ method: 'POST', body, duplex: 'half' },
    headers: { 'content-type': 'application/json' },
  } as RequestInit)

test('a body passes whole up to the limit, and not a byte beyond', async () => {
  expect(await withLimitedBody(streamed(pieces(4, 25)), 100).text()).toBe(' '.repeat(100))
  const more = withLimitedBody(streamed(pieces(101, 1)), 100)
  await expect(more.text()).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})

test('what is announced larger is not read at all', () => {
  const headers = { 'content-length': '101' }
  const request = new Request('http://fieldmark/', { method: 'POST', body: 'x', headers })
  expect(() => withLimitedBody(request, 100)).toThrow('larger than')
})

test.each(['/rpc/tasks/list', '/api/projects'])('%s says so', async (path) => {
  const core = await createFakeCore()
  const app = createApp(core, { rendererDir: '/nowhere', log: { error: () => {} } })
  const count = MOST_BODY_BYTES / 2 ** 20 + 1
  const answer = await app.fetch(streamed(pieces(count, 2 ** 20), path))
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('larger than 64 MiB')
})
