import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PlayClock, type Way } from './clock.ts'
import { evenTimes, type FrameTimes, ownTimes } from './frame-times.ts'
import { Playback, type PlayMode } from './playback.ts'

const forward: PlayMode = { way: 1, speed: 1, everyFrame: false, loop: null }

/** A film that is watched: a wall clock, a display of 60 Hz, and a decoder that needs `takesMs` for one frame at a time. */
function watch(options: {
  mode?: Partial<PlayMode>
  times?: FrameTimes
  frames?: number
  from?: number
  takesMs?: number
  deleted?: readonly number[]
  /** Frames without a picture. */
  broken?: readonly number[]
  /** Nothing is decoded between these moments. */
  silent?: readonly [number, number]
}) {
  const {
    frames = 100,
    from = 0,
    takesMs = 1,
    deleted = [],
    broken = [],
    silent = [1, 0],
  } = options
  const state = { now: 0, frame: from, ended: false, stuck: -1, wanted: [] as readonly number[] }
  const ready = new Set<number>()
  const seen: [ms: number, frame: number][] = []
  let busy: { frame: number; until: number } | null = null
  const playback = new Playback(
    {
      range: { start: 0, stop: frames - 1 },
      times: options.times ?? evenTimes(25),
      shown: () => state.frame,
      isLive: (frame) => !deleted.includes(frame),
      isReady: (frame) => ready.has(frame),
      show: (frame) => {
        state.frame = frame
        seen.push([state.now, frame])
        return !broken.includes(frame)
      },
      prepare: (wanted) => {
        state.wanted = wanted
      },
      room: () => 12,
      latencyMs: () => takesMs,
      nowMs: () => state.now,
      ended: () => {
        state.ended = true
      },
      stuck: (frame) => {
        state.stuck = frame
        state.ended = true
      },
    },
    { ...forward, ...options.mode },
  )
  const decode = () => {
    if (state.now >= silent[0] && state.now < silent[1]) return
    if (busy && busy.until <= state.now) {
      ready.add(busy.frame)
      busy = null
    }
    if (busy) return
    const next = state.wanted.find((frame) => !ready.has(frame))
    if (next !== undefined) busy = { frame: next, until: state.now + takesMs }
  }
  const run = (untilMs: number) => {
    while (state.now < untilMs && !state.ended) {
      if (state.now % 16 === 0) playback.tick()
      state.now += 1
      decode()
    }
    return seen.map(([, frame]) => frame)
  }
  return { run, seen, state, playback }
}

const numbers = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => from + Math.sign(to - from) * at)

describe('playing', () => {
  test('shows every frame in its time, then ends', () => {
    const { run, seen, state } = watch({ frames: 11 })
    expect(run(5000)).toEqual(numbers(1, 10))
    for (const [ms, frame] of seen) {
      expect(ms).toBeGreaterThanOrEqual(frame * 40 - 1)
      expect(ms).toBeLessThan(frame * 40 + 20)
    }
    // The last frame is seen for its 40 ms, too.
    expect(state).toMatchObject({ ended: true, frame: 10 })
    expect(state.now).toBeGreaterThanOrEqual(440 - 2)
  })

  test('backwards', () => {
    const { run, seen, state } = watch({ from: 10, mode: { way: -1 } })
    expect(run(5000)).toEqual(numbers(9, 0))
    for (const [ms, frame] of seen) expect(Math.abs(ms - (10 - frame) * 40)).toBeLessThan(20)
    expect(state.ended).toBe(true)
  })

  test('keeps the times of a video of variable frame rate', () => {
    const times = ownTimes([0, 0.5, 0.6, 1.6])
    const { run, seen } = watch({ frames: 4, times })
    run(5000)
    const due = [500, 600, 1600]
    expect(seen.map(([, frame]) => frame)).toEqual([1, 2, 3])
    for (const [at, [ms]] of seen.entries()) expect(Math.abs(ms - (due[at] ?? 0))).toBeLessThan(20)
  })

  test.each([0.25, 0.5, 2, 4, 8])('at %d times the speed the film is so much shorter', (speed) => {
    const { run, state } = watch({ frames: 200, mode: { speed } })
    run(60_000)
    expect(state.frame).toBe(199)
    expect(Math.abs(state.now - 8000 / speed)).toBeLessThan(60)
  })

  test('a decoder too slow for the film drops frames, and the film keeps its time', () => {
    const { run, state, playback } = watch({ frames: 100, takesMs: 70 })
    run(60_000)
    expect(Math.abs(state.now - 4000)).toBeLessThan(150)
    const { shown, dropped } = playback.counts
    expect(shown + dropped).toBe(99)
    // 4 seconds of 70 ms a frame.
    expect(shown).toBeGreaterThan(45)
  })

  test('every frame: none is dropped, however long it takes', () => {
    const { run, state } = watch({ frames: 30, takesMs: 70, mode: { everyFrame: true } })
    expect(run(60_000)).toEqual(numbers(1, 29))
    expect(state.now).toBeGreaterThan(29 * 70)
  })

  test('deleted frames are passed over and take no time', () => {
    const { run, state } = watch({ frames: 30, deleted: numbers(5, 24) })
    expect(run(5000)).toEqual([...numbers(1, 4), ...numbers(25, 29)])
    expect(Math.abs(state.now - 400)).toBeLessThan(30)
  })

  test('repeats a range', () => {
    const { run } = watch({ mode: { loop: { start: 2, stop: 4 } }, from: 2 })
    expect(run(450).slice(0, 8)).toEqual([3, 4, 2, 3, 4, 2, 3, 4])
  })

  test('goes on where it stopped when nothing comes for a while', () => {
    const { run, state } = watch({ frames: 100, silent: [1000, 3000] })
    const seen = run(60_000)
    // What was ready is played, then it waits; of the two seconds only the first moments are lost.
    expect(seen.length).toBeGreaterThan(80)
    expect(state.frame).toBe(99)
    expect(state.stuck).toBe(-1)
  })

  test('asks by name for a frame that never comes', () => {
    const { run, state } = watch({ frames: 100, silent: [1000, 60_000] })
    run(30_000)
    expect(state.stuck).toBe(state.frame + 1)
  })

  test('stops on a frame without a picture', () => {
    const { run, state } = watch({ broken: [7] })
    expect(run(5000).at(-1)).toBe(7)
    expect(state.ended).toBe(true)
  })

  test('a memory of few frames is enough', () => {
    const { state, run } = watch({})
    run(200)
    expect(state.wanted.length).toBeLessThanOrEqual(12)
  })
})

describe('the clock', () => {
  test('every frame is due at its own moment, either way, at any speed, at any rate', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 })
    const speed = fc.constantFrom(0.25, 0.5, 1, 2, 4, 8)
    fc.assert(
      fc.property(gaps, speed, fc.constantFrom<Way>(1, -1), (lengths, pace, way) => {
        const times = [0]
        for (const ms of lengths) times.push((times.at(-1) ?? 0) + ms / 1000)
        const frame = way === 1 ? 0 : times.length - 1
        const clock = new PlayClock(ownTimes(times), { way, speed: pace, frame, nowMs: 5000 })
        for (let at = 0; at < times.length; at += 1) {
          const moment = clock.momentOf(at)
          expect(clock.dueAt(moment + 0.01)).toBe(at)
          if (at !== frame) expect(clock.dueAt(moment - 0.05)).toBe(at - way)
        }
      }),
    )
  })
})

describe('times', () => {
  test.each<[string, FrameTimes]>([
    ['even', evenTimes(29.97)],
    ['own', ownTimes([0, 0.1, 0.11, 0.5, 0.9])],
  ])("%s: the frame at a frame's own time is that frame", (_name, times) => {
    for (let frame = 0; frame < 2000; frame += 1)
      expect(times.frameAt(times.timeOf(frame))).toBe(frame)
  })

  test('before the first frame it is the first', () => {
    expect(ownTimes([0.2, 0.4]).frameAt(0)).toBe(0)
    expect(evenTimes(25).frameAt(-1)).toBe(0)
  })
})
