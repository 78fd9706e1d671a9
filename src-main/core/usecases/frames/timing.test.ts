import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VideoFacts } from '#shared/domain/video.ts'
import { timingOf } from './timing.ts'

const facts = { frameRate: 25, timeBase: { num: 1, den: 1000 } } as VideoFacts
const all = (size: number) => ({ startFrame: 0, frameStep: 1, size })

test('an even video needs no times, whatever it starts at', () => {
  const pts = Float64Array.of(500, 540, 580, 620)
  expect(timingOf({ pts, facts }, all(4))).toEqual({ frameRate: 25, times: null })
})

test('times rounded to milliseconds, as Matroska has them, are even', () => {
  const pts = Float64Array.from({ length: 1000 }, (_, n) => Math.round((n * 1001) / 30))
  expect(timingOf({ pts, facts }, all(1000))).toMatchObject({ times: null })
})

test('a variable rate is told frame by frame, from the first one of the task', () => {
  const pts = Float64Array.of(0, 40, 140, 160, 200)
  const { times } = timingOf({ pts, facts }, { startFrame: 1, frameStep: 1, size: 4 })
  expect(times?.map((time) => Math.round(time * 1000))).toEqual([0, 100, 120, 160])
})

test('a step thins the rate', () => {
  const pts = Float64Array.from({ length: 10 }, (_, n) => n * 40)
  const taken = { startFrame: 1, frameStep: 3, size: 3 }
  expect(timingOf({ pts, facts }, taken).frameRate).toBeCloseTo(25 / 3, 9)
})

test('one frame, and a video nobody knows the rate of', () => {
  expect(timingOf({ pts: Float64Array.of(7), facts }, all(1))).toEqual({
    frameRate: 25,
    times: null,
  })
  const unknown = { ...facts, frameRate: 0 }
  expect(timingOf({ pts: Float64Array.of(7), facts: unknown }, all(1)).frameRate).toBe(0)
})

test('frames of the task behind the end of the video keep coming', () => {
  const { times } = timingOf({ pts: Float64Array.of(0, 100, 400), facts }, all(6))
  expect(times).toHaveLength(6)
  expect(times?.toSorted((a, b) => a - b)).toEqual(times)
})

test('every frame has its time, and what is told as even is within a millisecond', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(gaps, fc.integer({ min: -500, max: 500 }), (steps, start) => {
      let at = start
      const pts = Float64Array.from([at, ...steps.map((gap) => (at += gap))])
      const { times, frameRate } = timingOf({ pts, facts }, all(pts.length))
      for (const [frame, time] of pts.entries()) {
        const told = times?.[frame] ?? frame / frameRate
        expect(Math.abs(told - (time - start) / 1000)).toBeLessThanOrEqual(0.001 + 1e-9)
      }
    }),
  )
})
