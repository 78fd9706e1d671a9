import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AppEvent } from '#shared/contract/events.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { EventBus, RequestQueue, RequestRepository, RequestRunner } from '../core/ports.ts'
import { createQueue } from './queue.ts'

type Run = RequestRunner['run']
type Hooks = Parameters<Run>[2]

interface Started {
  readonly request: WorkRequest
  readonly params: unknown
  readonly hooks: Hooks
  finish(result?: unknown): void
  fail(error: unknown): void
}

let requests: ReturnType<typeof memoryRequests>
let started: Started[]
let events: AppEvent[]
let queue: RequestQueue
beforeEach(() => {
  requests = memoryRequests()
  started = []
  events = []
  queue = newQueue(1)
})
afterEach(() => vi.useRealTimers())

const newQueue = (concurrency: number) =>
  createQueue({ requests, runner: fakeRunner(started), events: recording(events), concurrency })
const titles = () => started.map(({ request }) => request.title)
const nth = (index: number): Started => {
  const found = started[index]
  if (!found) throw new Error(`request ${index} was not started`)
  return found
}
const scan = (title: string, queueTo = queue) => queueTo.enqueue('scan', null, title, { title })
const exportIt = (title: string) => queue.enqueue('export-dataset', null, title, {})

describe('order', () => {
  test('one after the other where one slot is free', async () => {
    scan('a')
    const b = scan('b')
    expect(titles()).toEqual(['a'])
    nth(0).finish()
    await vi.waitFor(() => expect(titles()).toEqual(['a', 'b']))
    nth(1).finish('done')
    expect(await queue.settled(b.id)).toMatchObject({
      state: 'finished',
      progress: 1,
      result: 'done',
    })
  })

  test('as many at once as there are slots', () => {
    const two = newQueue(2)
    for (const title of ['a', 'b', 'c']) scan(title, two)
    expect(titles()).toEqual(['a', 'b'])
  })

  test('listing goes before exports that came earlier', async () => {
    exportIt('first')
    exportIt('second')
    queue.enqueue('index', null, 'headers', {})
    nth(0).finish()
    await vi.waitFor(() => expect(titles()).toEqual(['first', 'headers']))
  })

  test('what goes on in the background has a lane of its own, and neither waits nor keeps waiting', async () => {
    scan('a')
    queue.enqueue('index-video', null, 'long', {})
    queue.enqueue('index-video', null, 'longer', {})
    scan('b')
    expect(titles()).toEqual(['a', 'long'])
    nth(0).finish()
    await vi.waitFor(() => expect(titles()).toEqual(['a', 'long', 'b']))
    nth(1).finish()
    await vi.waitFor(() => expect(titles()).toEqual(['a', 'long', 'b', 'longer']))
  })

  test('a night of annotating keeps nobody waiting, and there is one at a time', () => {
    queue.enqueue('annotate', null, 'all night', {})
    queue.enqueue('annotate', null, 'next night', {})
    scan('a')
    expect(titles()).toEqual(['all night', 'a'])
  })

  test('the runner gets the params as they were stored', () => {
    scan('a')
    expect(nth(0).params).toEqual({ title: 'a' })
  })
})

describe('errors', () => {
  test('of the catalogue keep their sentence, and the next request starts', async () => {
    const a = scan('a')
    scan('b')
    nth(0).fail(new AppError('MEDIA_NOT_FOUND', { path: '/x' }))
    expect(await queue.settled(a.id)).toMatchObject({
      state: 'failed',
      error: { code: 'MEDIA_NOT_FOUND', message: expect.stringContaining('/x') },
    })
    await vi.waitFor(() => expect(titles()).toEqual(['a', 'b']))
  })

  test('of a store that cannot be written end nothing', async () => {
    const a = scan('a')
    requests.fail = true
    nth(0).finish()
    expect(await queue.settled(a.id)).toMatchObject({ state: 'finished' })
    expect(requests.rows.get(a.id)?.request.state).toBe('started')
  })

  test('that could not be stored are told to whoever asks, and stored once there is room', async () => {
    const a = scan('a')
    requests.fail = true
    nth(0).fail(new AppError('DISK_FULL', { path: 'db' }))
    await queue.settled(a.id)
    expect(queue.current(requests.get(a.id))).toMatchObject({
      state: 'failed',
      error: { code: 'DISK_FULL' },
    })
    requests.fail = false
    scan('b')
    expect(requests.get(a.id)).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
  })

  test('of a retry are forgotten', async () => {
    const a = scan('a')
    nth(0).fail(new Error('boom'))
    await queue.settled(a.id)
    expect(queue.retry(a.id)).toMatchObject({ state: 'started', error: null })
    nth(1).finish(7)
    expect(await queue.settled(a.id)).toMatchObject({ state: 'finished', result: 7, error: null })
    expect(queue.retry(a.id).state).toBe('finished')
  })
})

describe('cancel', () => {
  test('what is running learns it by its signal', async () => {
    const a = scan('a')
    queue.cancel(a.id)
    expect(nth(0).hooks.signal.aborted).toBe(true)
    nth(0).fail(new Error('stopped in the middle'))
    expect(await queue.settled(a.id)).toMatchObject({
      state: 'cancelled',
      error: { code: 'CANCELLED' },
    })
  })

  test('what was faster than the cancelling is finished', async () => {
    const a = scan('a')
    queue.cancel(a.id)
    nth(0).finish('whole')
    expect(await queue.settled(a.id)).toMatchObject({ state: 'finished', result: 'whole' })
  })

  test('what is queued never starts', async () => {
    scan('a')
    const b = scan('b')
    const settled = queue.settled(b.id)
    expect(queue.cancel(b.id).state).toBe('cancelled')
    expect((await settled).state).toBe('cancelled')
    nth(0).finish()
    await queue.close()
    expect(titles()).toEqual(['a'])
  })

  test('what is over stays as it was', async () => {
    const a = scan('a')
    nth(0).finish()
    await queue.settled(a.id)
    expect(queue.cancel(a.id).state).toBe('finished')
  })
})

describe('pause', () => {
  const annotate = (title: string) => queue.enqueue('annotate', null, title, {})

  test('what is running stands where it is, says so, and goes on', async () => {
    const { id } = annotate('a')
    nth(0).hooks.onProgress(0.4, '40 of 100 frames')
    queue.pause(id)
    expect(nth(0).hooks.signal.aborted).toBe(true)
    nth(0).fail(new Error('stopped in the middle'))
    await vi.waitFor(() => expect(requests.get(id).state).toBe('paused'))
    expect(requests.get(id)).toMatchObject({ progress: 0.4, message: '40 of 100 frames' })
    expect(requests.get(id)).toMatchObject({ error: null, finishedAt: null })
    expect(queue.unpause(id).state).toBe('started')
    nth(1).finish('whole')
    expect(await queue.settled(id)).toMatchObject({ state: 'finished', result: 'whole' })
  })

  test('what is queued does not start; neither is over, and both can be cancelled', async () => {
    const a = annotate('a')
    const b = annotate('b')
    expect(queue.pause(b.id).state).toBe('paused')
    queue.pause(a.id)
    queue.cancel(a.id)
    nth(0).fail(new Error('stopped'))
    expect((await queue.settled(a.id)).state).toBe('cancelled')
    expect(titles()).toEqual(['a'])
    expect(queue.cancel(b.id).state).toBe('cancelled')
    expect(queue.unpause(b.id).state).toBe('cancelled')
  })

  test('outlives the process, also when it ends before the work has stopped', async () => {
    const { id } = annotate('a')
    queue.pause(id)
    const closed = queue.close()
    nth(0).fail(new Error('stopped'))
    await closed
    newQueue(1).resume()
    expect(requests.get(id).state).toBe('paused')
    expect(titles()).toEqual(['a'])
  })

  test('is refused for work that would begin anew', () => {
    const { id } = scan('a')
    expect(() => queue.pause(id)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    expect(nth(0).hooks.signal.aborted).toBe(false)
  })
})

describe('progress', () => {
  test('is told at most ten times a second, and the last word is not lost', () => {
    vi.useFakeTimers()
    scan('a')
    events.length = 0
    for (let i = 1; i <= 500; i += 1) {
      nth(0).hooks.onProgress(i / 1000, `${i}`)
      vi.advanceTimersByTime(2)
    }
    vi.advanceTimersByTime(200)
    const told = events.flatMap((event) =>
      event.type === 'request' ? [event.request.message] : [],
    )
    expect(told.length).toBeLessThanOrEqual(11)
    expect(told[0]).toBe('1')
    expect(told.at(-1)).toBe('500')
  })

  test('that comes after the end is not told', async () => {
    vi.useFakeTimers()
    const a = scan('a')
    nth(0).hooks.onProgress(0.1, 'first')
    nth(0).hooks.onProgress(0.9, 'late')
    nth(0).finish()
    await queue.settled(a.id)
    vi.advanceTimersByTime(1000)
    expect(requests.get(a.id)).toMatchObject({ state: 'finished', progress: 1 })
  })

  test('events of the work are passed on', () => {
    scan('a')
    nth(0).hooks.onEvent({ type: 'task', id: 3 as never, task: null })
    expect(events.at(-1)).toEqual({ type: 'task', id: 3, task: null })
  })
})

describe('after a crash', () => {
  test('what was queued and what was running start again', () => {
    const a = requests.create('scan', null, 'a', {})
    requests.create('scan', null, 'b', {})
    requests.update(a.id, { state: 'started' })
    newQueue(2).resume()
    expect(started.map(({ request }) => [request.title, request.attempts])).toEqual([
      ['a', 1],
      ['b', 0],
    ])
  })

  test('what crashed three times is given up with a sentence', () => {
    const a = requests.create('scan', null, 'Listing street', {})
    for (let crash = 0; crash < 3; crash += 1) {
      requests.update(a.id, { state: 'started' })
      if (crash < 2) requests.recover()
    }
    queue.resume()
    expect(started).toEqual([])
    expect(requests.get(a.id)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('"Listing street" was running 3 times') },
    })
  })

  test('closing stops what runs, drains, and leaves it queued without counting an attempt', async () => {
    const a = scan('a')
    scan('b')
    const closed = queue.close()
    expect(nth(0).hooks.signal.aborted).toBe(true)
    nth(0).fail(new Error('stopped'))
    await closed
    expect(titles()).toEqual(['a'])
    expect(requests.get(a.id)).toMatchObject({ state: 'queued', attempts: 0, error: null })
  })

  test('what hangs does not keep the app from closing, and is taken up again', async () => {
    vi.useFakeTimers()
    const a = scan('a')
    let isClosed = false
    const closed = queue.close().then(() => {
      isClosed = true
    })
    await vi.advanceTimersByTimeAsync(1000)
    expect(isClosed).toBe(false)
    await vi.advanceTimersByTimeAsync(30_000)
    await closed
    expect(requests.get(a.id)).toMatchObject({ state: 'queued', attempts: 0, error: null })
  })
})

function fakeRunner(into: Started[]): RequestRunner {
  return {
    run: (request, params, hooks) =>
      new Promise((resolve, reject) => {
        into.push({ request, params, hooks, finish: resolve, fail: reject })
      }),
    close: async () => {},
  }
}

function recording(into: AppEvent[]): EventBus {
  return { publish: (event) => void into.push(event), subscribe: () => () => {} }
}

/** As the store's, in memory; `fail` is a full disk. */
function memoryRequests() {
  const rows = new Map<RequestId, { request: WorkRequest; params: unknown }>()
  const row = (id: RequestId) => {
    const found = rows.get(id)
    if (!found) throw new AppError('NOT_FOUND', { what: 'request', id })
    return found
  }
  const put = (request: WorkRequest, params: unknown) => {
    rows.set(request.id, { request, params })
    return request
  }
  const repository = {
    rows,
    fail: false,
    create: (kind, taskId, title, params) =>
      put(
        {
          id: (rows.size + 1) as RequestId,
          kind,
          taskId,
          title,
          state: 'queued',
          progress: null,
          message: '',
          attempts: 0,
          error: null,
          result: null,
          createdAt: '2026-01-01T00:00:00.000Z',
          finishedAt: null,
        },
        params,
      ),
    get: (id) => row(id).request,
    params: (id) => row(id).params,
    list: () => [...rows.values()].map(({ request }) => request),
    update(id, change) {
      if (repository.fail) throw new AppError('DISK_FULL', { path: 'db' })
      const { request, params } = row(id)
      return put({ ...request, ...change }, params)
    },
    recover() {
      for (const { request, params } of rows.values()) {
        if (request.state !== 'started') continue
        put({ ...request, state: 'queued', attempts: request.attempts + 1 }, params)
      }
      return repository.list().filter(({ state }) => state === 'queued')
    },
    nextQueued: (kinds) =>
      repository.list().find(({ state, kind }) => state === 'queued' && kinds.includes(kind)) ??
      null,
  } satisfies RequestRepository & Record<string, unknown> as RequestRepository & {
    rows: typeof rows
    fail: boolean
    list(): WorkRequest[]
  }
  return repository
}
