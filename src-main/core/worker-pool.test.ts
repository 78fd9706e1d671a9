import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WorkRequest } from '#shared/domain/request.ts'
import { askToEnd } from '../threads.ts'
import type { FrameFunctions } from './ports.ts'
import { createWorkerPool } from './worker-pool.ts'

class FakeWorker extends EventEmitter {
  readonly heard: { type: string; cancelled: SharedArrayBuffer }[] = []
  postMessage = (message: FakeWorker['heard'][number]) => void this.heard.push(message)
  ref = () => undefined
  unref = () => undefined
}
const workers: FakeWorker[] = []
vi.mock('../threads.ts', () => ({
  startWorker: () => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  },
  askToEnd: vi.fn(),
}))
beforeEach(() => {
  vi.useFakeTimers()
  workers.length = 0
})
afterEach(() => vi.useRealTimers())

const request = { id: 1, kind: 'scan' } as unknown as WorkRequest
function start() {
  const pool = createWorkerPool(
    { dataDir: '', people: new SharedArrayBuffer(4) },
    () => undefined,
    () => ({}) as FrameFunctions,
  )
  const controller = new AbortController()
  const hooks = { signal: controller.signal, onProgress: vi.fn(), onEvent: vi.fn() }
  const run = () => pool.run(request, {}, hooks)
  return { controller, run, ended: run().catch((error: unknown) => error) }
}

test('cancelled work that hangs is given up, its thread is not used again', async () => {
  const { controller, run, ended } = start()
  controller.abort()
  expect(new Int32Array(workers[0]?.heard[0]?.cancelled ?? new ArrayBuffer(4))[0]).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await ended).toMatchObject({ code: 'CANCELLED' })
  expect(askToEnd).toHaveBeenCalledWith(workers[0], { type: 'end' })
  run().catch(() => undefined)
  expect(workers).toHaveLength(2)
})

test('cancelled work that ends says itself how, and its thread goes on', async () => {
  const { controller, run, ended } = start()
  controller.abort()
  await vi.advanceTimersByTimeAsync(1000)
  workers[0]?.emit('message', { type: 'done', result: 'all the same' })
  expect(await ended).toBe('all the same')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(askToEnd).not.toHaveBeenCalledWith(workers[0], expect.anything())
  run().catch(() => undefined)
  expect(workers).toHaveLength(1)
})
