import { describe, expect, test } from 'vitest'
import { aheadPass, type Surroundings, type Travel, travelTo, wantedPass } from './travel.ts'

const along = (...frames: number[]) =>
  frames.reduce<Travel | null>(travelTo, null) ?? travelTo(null, 0)

function around(of: Partial<Surroundings> = {}): Surroundings {
  return { frames: 1000, keyframes: Uint32Array.of(0), room: 30, has: () => false, ...of }
}

describe('where a person goes', () => {
  test.each([
    ['forwards', [5, 6, 7], 1, 1],
    ['backwards', [7, 6, 5], -1, 1],
    ['by the step of a task', [10, 15, 20], 1, 5],
    ['faster than the screen, frames dropped unevenly', [10, 12, 13, 15], 1, 1],
    ['forwards, while the screen prepares a neighbour behind', [50, 51, 52, 49, 53, 54], 1, 1],
    ['backwards, while the screen prepares a neighbour ahead', [50, 49, 48, 51, 47, 46], -1, 1],
    ['turned round', [10, 11, 12, 13, 9, 8, 7], -1, 1],
    ['after a jump, which says nothing', [10, 9, 8, 500], 1, 1],
  ])('%s', (_name, frames, direction, stride) => {
    expect(along(...frames)).toMatchObject({ direction, stride })
  })

  test('a jump keeps the step of the task', () => {
    expect(along(10, 15, 20, 900).stride).toBe(5)
  })

  test('the same frame twice is no step', () => {
    const travel = along(3, 4)
    expect(travelTo(travel, 4)).toBe(travel)
  })
})

describe('what is decoded ahead', () => {
  test('little after a jump, more the longer one goes on, never more than there is room for', () => {
    const lengths = [along(5), along(5, 6), along(5, 6, 7), along(5, 6, 7, 8, 9)].map(
      (travel) => aheadPass(travel, around()).length,
    )
    expect(lengths).toEqual([4, 8, 16, 30])
  })

  test('forwards by the stride, up to the last frame, without what is there', () => {
    const has = (n: number) => n === 25
    expect(aheadPass(along(10, 15, 20), around({ frames: 42, has }))).toEqual([30, 35, 40])
  })

  test('nothing without memory for it', () => {
    expect(aheadPass(along(5, 6), around({ room: 0 }))).toEqual([])
    expect(wantedPass(along(5, 6), 6, around({ room: 0 }))).toEqual([6])
  })

  test('backwards a whole stretch, from its keyframe where one is near', () => {
    const keyframes = Uint32Array.from({ length: 80 }, (_, k) => 12 * k)
    const pass = aheadPass(along(100, 99, 98, 97, 96), around({ keyframes }))
    expect(pass).toEqual(Array.from({ length: 24 }, (_, k) => 72 + k))
  })

  test('backwards not again while half of the last stretch is left', () => {
    const has = (n: number) => n >= 60
    expect(aheadPass(along(100, 99, 98, 97, 90, 89, 88, 87), around({ has }))).toEqual([])
  })

  test('before the frame somebody waits for: some of its own group, which the decoder passes anyway', () => {
    const keyframes = Uint32Array.of(0, 48)
    expect(wantedPass(along(50), 50, around({ keyframes }))).toEqual([48, 49, 50])
    expect(wantedPass(along(200), 200, around({ keyframes }))).toEqual([197, 198, 199, 200])
  })
})

/** Frames the decoder must put out for a pass: on from where it is, unless there is a nearer keyframe. */
function costOf(pass: readonly number[], at: number, gop: number): number {
  const [first, last] = [pass[0] ?? 0, pass.at(-1) ?? 0]
  const entry = Math.floor(first / gop) * gop
  const from = at < first && at >= entry ? at + 1 : entry
  return last - from + 1
}

/** Steps from one frame to another with everything decoded ahead in between, as on an idle computer. */
function walk(from: number, to: number, gop: number, room: number) {
  const there = new Set<number>()
  const keyframes = Uint32Array.from({ length: Math.ceil(1000 / gop) }, (_, k) => gop * k)
  const place = around({ keyframes, room, has: (n) => there.has(n) })
  let [travel, at, decoded, waited]: [Travel | null, number, number, number] = [null, -1, 0, 0]
  const decode = (pass: readonly number[]) => {
    if (pass.length === 0) return
    decoded += costOf(pass, at, gop)
    at = pass.at(-1) ?? at
    for (const n of pass) there.add(n)
  }
  const step = Math.sign(to - from)
  for (let n = from; n !== to + step; n += step) {
    travel = travelTo(travel, n)
    if (!there.has(n)) {
      waited += 1
      decode(wantedPass(travel, n, place))
    }
    decode(aheadPass(travel, place))
    for (const kept of there) if (Math.abs(kept - n) > 2 * room) there.delete(kept)
  }
  return { decoded, waited }
}

describe('a walk through a video', () => {
  test('forwards decodes each frame once and never waits but for the first', () => {
    expect(walk(0, 600, 250, 30)).toEqual({ decoded: 631, waited: 1 })
  })

  test.each([
    ['short groups', 12, 3],
    ['long groups', 250, 6],
  ])('backwards through %s decodes no more than a few frames a step', (_name, gop, most) => {
    const { decoded, waited } = walk(900, 100, gop, 30)
    expect(decoded / 800).toBeLessThan(most)
    expect(waited).toBeLessThan(5)
  })
})
