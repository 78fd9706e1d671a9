import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRing } from './ring.ts'

const frame = (n: number, sizeBytes = 10) => ({ n, bytes: new Uint8Array(sizeBytes) })

describe('the ring of decoded frames', () => {
  test.each([
    ['forwards', 1, [18, 22, 24]],
    ['backwards', -1, [16, 18, 22]],
  ] as const)(
    'going %s it keeps what lies ahead longer than what lies behind',
    (_way, direction, kept) => {
      const ring = createRing(30)
      ring.look('a', 20, direction)
      for (const n of [16, 18, 22, 24]) ring.put('a', frame(n))
      expect([16, 18, 22, 24].filter((n) => ring.has('a', n))).toEqual(kept)
    },
  )

  test('drops the frames of a video nobody looks at first', () => {
    const ring = createRing(30)
    ring.look('old', 0, 1)
    ring.put('old', frame(0))
    ring.look('new', 0, 1)
    for (const n of [0, 1, 2]) ring.put('new', frame(n))
    expect(ring.has('old', 0)).toBe(false)
    expect(ring.has('new', 2)).toBe(true)
  })

  test('never holds more than its bound, whatever comes', () => {
    const put = fc.record({
      video: fc.constantFrom('a', 'b', 'c'),
      n: fc.nat(40),
      sizeBytes: fc.integer({ min: 1, max: 60 }),
      at: fc.nat(40),
      direction: fc.constantFrom(1 as const, -1 as const),
    })
    fc.assert(
      fc.property(fc.array(put, { maxLength: 80 }), (puts) => {
        const ring = createRing(100)
        for (const { video, n, sizeBytes, at, direction } of puts) {
          ring.look(video, at, direction)
          ring.put(video, frame(n, sizeBytes))
          expect(ring.sizeBytes).toBeLessThanOrEqual(100)
        }
        for (const video of ['a', 'b', 'c']) ring.drop(video)
        expect(ring.sizeBytes).toBe(0)
      }),
    )
  })
})
