import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { VideoIndex } from '../../../core/ports.ts'
import type { DecoderEvents } from './decoder.ts'
import { createLane, type LaneOptions } from './lane.ts'
import {
  BEATS,
  CANCELLED_UP_TO,
  type DecodeJob,
  type DecoderFlags,
  type FromDecoder,
} from './protocol.ts'

/** A decoder that does what the test says and when. */
function scripted(options: Partial<LaneOptions> = {}) {
  const jobs: DecodeJob[] = []
  const started: { flags: DecoderFlags; events: DecoderEvents; isClosed: boolean }[] = []
  const people = new Int32Array(new SharedArrayBuffer(4))
  const lane = createLane({
    path: '/v.mp4',
    index: null,
    people,
    forPeople: true,
    stallMs: 10_000,
    idleMs: 60_000,
    start({ flags }, events) {
      const decoder = { flags, events, isClosed: false }
      started.push(decoder)
      return {
        send: (message) => message.type === 'run' && jobs.push(message.job),
        close() {
          decoder.isClosed = true
        },
      }
    },
    ...options,
  })
  const now = () => started.at(-1) ?? expect.fail('no decoder was started')
  const tell = (message: FromDecoder) => now().events.onMessage(message)
  const job = () => jobs.at(-1) ?? expect.fail('no job was given')
  return {
    lane,
    jobs,
    started,
    people,
    job,
    give(n: number) {
      const frame = { n, bytes: new Uint8Array(1), width: 1, height: 1 }
      tell({ type: 'frame', jobId: job().id, frame })
    },
    fail: (n: number | null) =>
      tell({
        type: 'failed',
        jobId: job().id,
        n,
        failure: {
          code: 'VIDEO_FRAME_UNREADABLE',
          params: { path: '/v.mp4', frame: n, detail: 'x' },
        },
      }),
    finish: () => tell({ type: 'done', jobId: job().id }),
    die: (why: string) => now().events.onDeath(why),
    beat: () => Atomics.add(now().flags.own, BEATS, 1),
    isStopped: () => Atomics.load(now().flags.own, CANCELLED_UP_TO) >= job().id,
  }
}

describe('the queue before a decoder', () => {
  test('two who want the same picture share it', async () => {
    const { lane, jobs, give, finish } = scripted()
    const both = Promise.all([lane.want(5, 'raw'), lane.want(5, 'raw')])
    give(5)
    finish()
    expect((await both).map(({ n }) => n)).toEqual([5, 5])
    expect(jobs).toHaveLength(1)
  })

  test('only raw frames are kept: a preview in RGB never stands in for the frame it shows', async () => {
    const kept: number[] = []
    const { lane, give, finish } = scripted({ onRaw: ({ n }) => kept.push(n) })
    const preview = lane.want(0, { width: 1280, height: 1280 })
    give(0)
    finish()
    await preview
    expect(kept).toEqual([])
    const frame = lane.want(0, 'raw')
    give(0)
    finish()
    await frame
    expect(kept).toEqual([0])
  })

  test('who waits is served in the order of asking', async () => {
    const { lane, jobs, job, give, finish } = scripted()
    const all = [9, 3, 7].map((n) => lane.want(n, 'raw'))
    while (jobs.length < 3 || job().wanted !== 7) {
      give(job().wanted ?? -1)
      finish()
    }
    give(7)
    finish()
    await Promise.all(all)
    expect(jobs.map(({ wanted }) => wanted)).toEqual([9, 3, 7])
  })

  test('decoding ahead fills the time when nobody waits, and stops when somebody comes', async () => {
    const { lane, job, jobs, give, finish, isStopped } = scripted({ ahead: () => [6, 7, 8] })
    const first = lane.want(5, 'raw')
    give(5)
    finish()
    await first
    expect(job()).toMatchObject({ frames: [6, 7, 8], wanted: null })
    expect(isStopped()).toBe(false)
    const second = lane.want(100, 'raw')
    expect(isStopped()).toBe(true)
    finish()
    expect(job()).toMatchObject({ frames: [100], wanted: 100 })
    give(100)
    await second
    expect(jobs).toHaveLength(3)
  })

  test('a frame that is being decoded ahead is waited for, not decoded twice', async () => {
    const { lane, job, give, finish, isStopped } = scripted({ ahead: () => [6, 7, 8] })
    lane.nudge()
    const wanted = lane.want(7, 'raw')
    expect(isStopped()).toBe(false)
    give(6)
    give(7)
    expect((await wanted).n).toBe(7)
    expect(isStopped()).toBe(false)
    give(8)
    finish()
    expect(job().frames).toEqual([6, 7, 8])
  })

  test('decoding ahead where nobody goes any more is given up', () => {
    let ahead = [6, 7, 8]
    const { lane, isStopped } = scripted({ ahead: () => ahead })
    lane.nudge()
    lane.nudge()
    expect(isStopped()).toBe(false)
    ahead = [3, 4]
    lane.nudge()
    expect(isStopped()).toBe(true)
  })

  test('after the wanted frame the rest of its pass goes on', async () => {
    const { lane, give, isStopped } = scripted({ passFor: (n) => [n - 2, n - 1, n] })
    const wanted = lane.want(50, 'raw')
    give(50)
    await wanted
    expect(isStopped()).toBe(false)
  })

  test('what nobody waits for any more is stopped; the other one of two keeps it going', async () => {
    const { lane, isStopped } = scripted()
    const [one, two] = [new AbortController(), new AbortController()]
    const first = lane.want(5, 'raw', one.signal)
    const second = lane.want(5, 'raw', two.signal)
    one.abort()
    await expect(first).rejects.toMatchObject({ name: 'AbortError' })
    expect(isStopped()).toBe(false)
    two.abort()
    await expect(second).rejects.toMatchObject({ name: 'AbortError' })
    expect(isStopped()).toBe(true)
  })

  test('a frame that cannot be decoded is told to those who want it, and the next one is served', async () => {
    const { lane, job, give, fail, finish } = scripted()
    const bad = lane.want(5, 'raw')
    const good = lane.want(6, 'raw')
    fail(5)
    await expect(bad).rejects.toMatchObject({ code: 'VIDEO_FRAME_UNREADABLE' })
    finish()
    give(job().wanted ?? -1)
    expect((await good).n).toBe(6)
  })

  test('what is wrong with the whole video is told to everybody, and the file is opened anew', async () => {
    const { lane, started, fail, give } = scripted()
    const all = Promise.allSettled([lane.want(5, 'raw'), lane.want(6, 'raw')])
    fail(null)
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const again = lane.want(5, 'raw')
    give(5)
    await again
    expect(started).toHaveLength(2)
    expect(started[0]?.isClosed).toBe(true)
  })

  test('a thread that dies is a named error for what it was doing, and a fresh thread for the rest', async () => {
    const { lane, started, die, give } = scripted()
    const lost = lane.want(5, 'raw')
    const next = lane.want(6, 'raw')
    die('out of memory')
    await expect(lost).rejects.toMatchObject({
      code: 'VIDEO_FRAME_UNREADABLE',
      message: expect.stringContaining('out of memory'),
    })
    give(6)
    expect((await next).n).toBe(6)
    expect(started).toHaveLength(2)
  })

  test('frames numbered by an index that is no longer used are not shown', async () => {
    const { lane, jobs, give, finish, isStopped } = scripted()
    const wanted = lane.want(5, 'raw')
    lane.take({} as VideoIndex)
    expect(isStopped()).toBe(true)
    let isThere = false
    void wanted.then(() => {
      isThere = true
    })
    give(5)
    await Promise.resolve()
    expect(isThere).toBe(false)
    finish()
    give(5)
    expect((await wanted).n).toBe(5)
    expect(jobs).toHaveLength(2)
  })

  test('others can see that a person waits, and only then', async () => {
    const { lane, people, give, finish } = scripted({ ahead: () => [6] })
    const wanted = lane.want(5, 'raw')
    expect(people[0]).toBe(1)
    give(5)
    finish()
    await wanted
    expect(people[0]).toBe(0)
  })
})

describe('time', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('a decoder that does not move is named, with the seconds, and serves again when it is back', async () => {
    const { lane, give, finish, job } = scripted()
    const stalled = lane.want(5, 'raw')
    const told = expect(stalled).rejects.toMatchObject({
      code: 'MEDIA_STALLED',
      params: { path: '/v.mp4', seconds: 10 },
    })
    await vi.advanceTimersByTimeAsync(10_300)
    await told
    const next = lane.want(6, 'raw')
    give(5)
    finish()
    give(job().wanted ?? -1)
    expect((await next).n).toBe(6)
  })

  test('a decoder that works for long is not taken for one that hangs', async () => {
    const { lane, give, beat } = scripted()
    const slow = lane.want(5, 'raw')
    for (let second = 0; second < 30; second++) {
      beat()
      await vi.advanceTimersByTimeAsync(1000)
    }
    give(5)
    expect((await slow).n).toBe(5)
  })

  test('a decoder nobody needs is let go, and started again when needed', async () => {
    const { lane, started, give, finish } = scripted()
    const first = lane.want(5, 'raw')
    give(5)
    finish()
    await first
    await vi.advanceTimersByTimeAsync(60_001)
    expect(started[0]?.isClosed).toBe(true)
    const again = lane.want(6, 'raw')
    give(6)
    await again
    expect(started).toHaveLength(2)
  })
})
