import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { type EventChannel, EventHub } from './events.ts'

const id = 7 as RequestId
const request = (state: WorkRequest['state']): WorkRequest => ({
  ...{ id, kind: 'export-dataset', taskId: null, title: 'Export', state, progress: null },
  ...{ message: '', attempts: 1, error: null, result: null },
  ...{ createdAt: '2026-01-01T00:00:00Z', finishedAt: null },
})

beforeEach(() => {
  // The typed client takes its address from the page; nothing is called here.
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
})
afterEach(() => vi.unstubAllGlobals())

test('an answer that was on its way when a request came to its end does not bring its beginning back', async () => {
  const { connectQueries, queries } = await import('./queries.ts')
  const channel = { onmessage: null, close() {} } as unknown as EventChannel
  const hub = new EventHub(() => channel)
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const disconnect = connectQueries(hub, cache)
  hub.start()
  const answers: ((answer: WorkRequest) => void)[] = []
  const { queryKey } = queries.request(id)
  const observer = new QueryObserver<WorkRequest>(cache, {
    queryKey,
    queryFn: () => new Promise((resolve) => answers.push(resolve)),
  })
  const stop = observer.subscribe(() => undefined)
  channel.onmessage?.({
    data: JSON.stringify({ type: 'request', request: request('finished') }),
    lastEventId: '1',
  })
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[0]?.(request('started'))
  answers[1]?.(request('finished'))
  await vi.waitFor(() => expect(cache.isFetching()).toBe(0))
  expect(observer.getCurrentResult().data?.state).toBe('finished')
  stop()
  disconnect()
})

test('a first answer that is older than a change is asked for again, once', async () => {
  const { connectQueries, orpc } = await import('./queries.ts')
  const channel = { onmessage: null, close() {} } as unknown as EventChannel
  const hub = new EventHub(() => channel)
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const disconnect = connectQueries(hub, cache)
  hub.start()
  const answers: ((answer: string) => void)[] = []
  const observer = new QueryObserver<string>(cache, {
    queryKey: orpc.annotations.history.queryKey({ input: { taskId: 1 as TaskId, limit: 30 } }),
    queryFn: () => new Promise((resolve) => answers.push(resolve)),
  })
  const stop = observer.subscribe(() => undefined)
  for (const revision of [1, 2])
    channel.onmessage?.({
      data: JSON.stringify({ type: 'annotations', taskId: 1, revision, by: null }),
      lastEventId: String(revision),
    })
  answers[0]?.('before the change')
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.('after it')
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('after it'))
  expect([cache.isFetching(), answers.length]).toEqual([0, 2])
  stop()
  disconnect()
})

test.each([
  [
    {
      type: 'request',
      request: { ...request('finished'), kind: 'install-model', finishedAt: 'now' },
    },
    true,
  ],
  [
    {
      type: 'request',
      request: { ...request('finished'), kind: 'bench-model', finishedAt: 'now' },
    },
    true,
  ],
  [{ type: 'request', request: { ...request('started'), kind: 'install-model' } }, false],
  [{ type: 'request', request: { ...request('finished'), finishedAt: 'now' } }, false],
  [{ type: 'functions' }, true],
])('after %j functions and models are asked for anew: %s', async (event, isStale) => {
  const { connectQueries, orpc } = await import('./queries.ts')
  const channel = { onmessage: null, close() {} } as unknown as EventChannel
  const hub = new EventHub(() => channel)
  const cache = new QueryClient()
  const disconnect = connectQueries(hub, cache)
  hub.start()
  const keys = [
    orpc.functions.list.queryKey(),
    orpc.models.list.queryKey(),
    orpc.models.devices.queryKey(),
  ]
  for (const key of keys) cache.setQueryData(key, [] as never)
  const text = JSON.stringify(event).replaceAll('"now"', '"2026-01-01T00:00:01Z"')
  channel.onmessage?.({ data: text, lastEventId: '1' })
  for (const key of keys) expect(cache.getQueryState(key)?.isInvalidated).toBe(isStale)
  disconnect()
})
