import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RequestId } from '#shared/domain/ids.ts'
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
