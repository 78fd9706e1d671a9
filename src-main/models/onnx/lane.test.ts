import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RgbPicture } from '../../core/ports.ts'
import { createLane, type Lane, type LaneCall } from './lane.ts'
import { createMemoryLedger, loadedBytes, type MemoryLedger } from './memory-ledger.ts'
import type { PackOrder } from './protocol.ts'
import { FakeThread } from './testing/fake-thread.ts'

const picture: RgbPicture = { width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) }
const read = async () => picture

let threads: FakeThread[]
let ledger: MemoryLedger
beforeEach(() => {
  threads = []
  ledger = createMemoryLedger(2 ** 40)
})

function lane(count = 1, patienceSeconds = 100): Lane {
  const made: Lane = createLane({
    ...{ name: 'now', threads: count, ledger, patienceSeconds, graceSeconds: 10 },
    start(name) {
      const thread = new FakeThread(name)
      threads.push(thread)
      return thread.asWorker
    },
    isBusy: (thread, key) => made.isBusy(thread, key),
    forget: (thread, key) => made.forget(thread, key),
  })
  return made
}

function packOf(id: string): PackOrder {
  return { ...({} as PackOrder), key: `key of ${id}`, id, embeddings: id }
}

const call = (id: string, given: Partial<LaneCall> = {}): LaneCall => ({
  ...{ verb: 'detect', pack: packOf(id), sizeBytes: 1, isLarge: false },
  ask: { parameters: {} },
  ...{ picture: read, ...given },
})

const thread = (at = 0): FakeThread => {
  const found = threads[at]
  if (!found) throw new Error(`no thread ${at}`)
  return found
}
/** Promises that wait for nothing but each other. */
const settle = () => new Promise((resolve) => setImmediate(resolve))
/** Ids in the order in which they come to their turn on the one thread. */
async function turns(count: number): Promise<string[]> {
  const order: string[] = []
  for (let turn = 0; turn < count; turn += 1) {
    await settle()
    order.push(thread().current.pack.id)
    thread().answer()
  }
  return order
}

describe('a lane', () => {
  it('starts a thread with the first call, and holds the process only while one is open', async () => {
    const one = lane()
    expect(threads).toEqual([])
    const answer = one.call(call('a'))
    await settle()
    expect(thread().isHeld).toBe(true)
    expect(thread().current).toMatchObject({ verb: 'detect', picture, pack: { id: 'a' } })
    thread().answer(['found'])
    expect(await answer).toMatchObject({ result: ['found'], thread: 'now1', tookMs: 1 })
    expect(thread().isHeld).toBe(false)
  })

  it('gives one call after the other to a thread', async () => {
    const one = lane()
    void one.call(call('a'))
    void one.call(call('b'))
    await settle()
    expect(thread().calls).toHaveLength(1)
    expect(await turns(2)).toEqual(['a', 'b'])
  })

  it('lets functions take turns, and clicks go first', async () => {
    const one = lane()
    for (let i = 0; i < 4; i += 1) void one.call(call('greedy'))
    void one.call(call('modest'))
    await settle()
    void one.call(call('clicked', { verb: 'interact' }))
    expect(await turns(6)).toEqual(['greedy', 'clicked', 'modest', 'greedy', 'greedy', 'greedy'])
  })

  it('reads the pictures of the next few calls, and of no others', async () => {
    const one = lane()
    const reading = vi.fn(read)
    for (let i = 0; i < 10; i += 1) void one.call(call('a', { picture: reading }))
    await settle()
    expect(reading).toHaveBeenCalledTimes(3)
  })

  it('goes on with others while a picture is read, and past one that cannot be', async () => {
    const one = lane()
    const slow = one.call(call('a', { picture: () => new Promise(() => undefined) }))
    const broken = one.call(call('b', { picture: () => Promise.reject(new Error('unreadable')) }))
    await expect(broken).rejects.toThrow('unreadable')
    const good = one.call(call('c'))
    await settle()
    thread().answer()
    await good
    expect(await Promise.race([slow, settle().then(() => 'waits')])).toBe('waits')
  })

  it('has as many threads as it may, and prefers one that has the model loaded', async () => {
    const one = lane(2)
    for (const id of ['a', 'b', 'c']) void one.call(call(id))
    await settle()
    expect(threads.map(({ current }) => current.pack.id)).toEqual(['a', 'b'])
    thread(1).answer()
    await settle()
    thread(1).answer()
    thread(0).answer()
    void one.call(call('c'))
    await settle()
    expect(threads.map(({ current }) => current.pack.id)).toEqual(['a', 'c'])
    expect(thread(1).calls).toHaveLength(3)
  })

  it('loads what is large once', async () => {
    const one = lane(2)
    for (let i = 0; i < 2; i += 1) void one.call(call('a', { isLarge: true }))
    void one.call(call('b'))
    await settle()
    expect(threads.map(({ current }) => current.pack.id)).toEqual(['a', 'b'])
    thread(1).answer()
    await settle()
    expect(thread(1).calls).toHaveLength(1)
  })

  it('asks the thread that keeps a state, and no other', async () => {
    const one = lane(2)
    void one.call(call('a'))
    void one.call(call('b'))
    await settle()
    void one.call(call('c', { verb: 'update', thread: 'now2' }))
    thread(0).answer()
    await settle()
    expect(thread(0).calls).toHaveLength(1)
    thread(1).answer()
    await settle()
    expect(thread(1).current.pack.id).toBe('c')
    const gone = one.call(call('c', { verb: 'update', thread: 'now9' }))
    await expect(gone).rejects.toThrow('has ended')
  })

  it('refuses more than anybody asks at once', async () => {
    const one = lane()
    for (let i = 0; i < 501; i += 1) one.call(call('a')).catch(() => undefined)
    await expect(one.call(call('a'))).rejects.toMatchObject({ code: 'FUNCTION_UNAVAILABLE' })
    one.close()
  })
})

describe('a call that is cancelled', () => {
  it('costs nothing while it waits', async () => {
    const one = lane()
    void one.call(call('a'))
    const stop = new AbortController()
    const waits = one.call(call('b', { signal: stop.signal }))
    await settle()
    stop.abort()
    await expect(waits).rejects.toMatchObject({ code: 'CANCELLED' })
    thread().answer()
    await settle()
    expect(thread().calls).toHaveLength(1)
  })

  it('is answered at once while it runs, and its thread goes on afterwards', async () => {
    const one = lane()
    const stop = new AbortController()
    const runs = one.call(call('a', { signal: stop.signal }))
    await settle()
    stop.abort()
    await expect(runs).rejects.toMatchObject({ code: 'CANCELLED' })
    const next = one.call(call('b'))
    await settle()
    expect(thread().calls).toHaveLength(1)
    thread().answer('too late')
    await settle()
    thread().answer('b')
    expect(await next).toMatchObject({ result: 'b' })
  })

  it('that never ends keeps others waiting for ten seconds at most', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const one = lane()
    const stop = new AbortController()
    const endless = one.call(call('a', { signal: stop.signal }))
    await settle()
    stop.abort()
    await expect(endless).rejects.toMatchObject({ code: 'CANCELLED' })
    // Nobody else wants the thread: it may take its time.
    vi.advanceTimersByTime(25_000)
    expect(threads).toHaveLength(1)
    const next = one.call(call('b'))
    await settle()
    vi.advanceTimersByTime(10_000)
    await settle()
    thread(1).answer(['found'])
    expect(await next).toMatchObject({ result: ['found'], thread: 'now2' })
  })

  it('is none when it was cancelled before', async () => {
    const one = lane()
    const signal = AbortSignal.abort()
    await expect(one.call(call('a', { signal }))).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(threads).toEqual([])
  })
})

describe('a thread that fails', () => {
  it.each([
    ['throws', (one: FakeThread) => one.emit('error', new Error('out of memory')), 'out of memory'],
    ['ends', (one: FakeThread) => one.emit('exit', 1), 'its thread ended'],
  ])('by that it %s fails its call alone', async (_how, fail, problem) => {
    const one = lane()
    const lost = one.call(call('a'))
    const other = one.call(call('b'))
    await settle()
    fail(thread())
    await expect(lost).rejects.toThrow(problem)
    await settle()
    thread(1).answer('b')
    expect(await other).toMatchObject({ result: 'b', thread: 'now2' })
    expect([one.hasThread('now1'), one.hasThread('now2')]).toEqual([false, true])
  })

  it('by not answering is given up, and another takes its place', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const one = lane(1, 5)
      const lost = one.call(call('a'))
      const other = one.call(call('b'))
      await settle()
      vi.advanceTimersByTime(5000)
      await expect(lost).rejects.toMatchObject({
        code: 'FUNCTION_TIMED_OUT',
        message: 'a gave no answer within 5 seconds.',
      })
      await settle()
      thread(0).answer('too late')
      thread(1).answer('b')
      expect(await other).toMatchObject({ result: 'b' })
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not replaced for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const one = lane(1, 5)
      for (let hung = 0; hung < 3; hung += 1) {
        const lost = one.call(call('a'))
        await settle()
        vi.advanceTimersByTime(5000)
        await expect(lost).rejects.toMatchObject({ code: 'FUNCTION_TIMED_OUT' })
      }
      await expect(one.call(call('a'))).rejects.toThrow('restarted')
      // One of them came back after all.
      thread(0).emit('exit', 0)
      const next = one.call(call('a'))
      await settle()
      thread(3).answer('a')
      expect(await next).toMatchObject({ result: 'a' })
    } finally {
      vi.useRealTimers()
    }
  })

  it('refuses what the model refuses, in its words', async () => {
    const one = lane()
    const answer = one.call(call('a'))
    await settle()
    const { ticket } = thread().current
    const error = { code: 'MODEL_FAILED', message: 'It could not run.', remedy: '' }
    thread().say({ type: 'refusal', ticket, error, isOpen: false })
    await expect(answer).rejects.toMatchObject({ body: error })
    expect(ledger.used()).toBe(0)
  })
})

describe('memory', () => {
  it('is bounded: what was used longest ago is let go first', async () => {
    ledger.limit = 2 * loadedBytes(100)
    const one = lane()
    for (const id of ['a', 'b', 'a', 'c']) {
      void one.call(call(id, { sizeBytes: 100 }))
      await turns(1)
    }
    expect(thread().heard.filter(({ type }) => type === 'forget')).toEqual([
      { type: 'forget', key: 'key of b' },
    ])
    expect(ledger.used()).toBe(2 * loadedBytes(100))
  })

  it('keeps what works at this moment', async () => {
    ledger.limit = loadedBytes(100)
    const one = lane(2)
    for (const id of ['a', 'b']) void one.call(call(id, { sizeBytes: 100 }))
    await settle()
    expect(threads.map(({ current }) => current.pack.id)).toEqual(['a', 'b'])
    expect(threads.flatMap(({ heard }) => heard.filter(({ type }) => type === 'forget'))).toEqual(
      [],
    )
  })

  it('has no room for what is larger than all of it', async () => {
    ledger.limit = loadedBytes(100) - 1
    const one = lane()
    await expect(one.call(call('a', { sizeBytes: 100 }))).rejects.toMatchObject({
      code: 'MODEL_TOO_LARGE',
    })
    expect(thread().calls).toEqual([])
    const small = one.call(call('b', { sizeBytes: 10 }))
    await settle()
    thread().answer('b')
    expect(await small).toMatchObject({ result: 'b' })
  })

  it('is free again when a thread has ended', async () => {
    const one = lane()
    void one.call(call('a'))
    await turns(1)
    expect(ledger.used()).toBeGreaterThan(0)
    thread().emit('exit', 0)
    expect(ledger.used()).toBe(0)
  })
})

it('closing answers everybody', async () => {
  const one = lane()
  const asked = ['a', 'b', 'c'].map((id) => one.call(call(id)))
  await settle()
  one.close()
  for (const answer of asked) await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' })
})
