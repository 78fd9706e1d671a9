import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clahe, equalize } from './equalize.ts'
import { type DeepPicture, type Pixels, readDeep, windowed } from './tone.ts'

/** Gray pixels from values. */
function gray(width: number, values: readonly number[]): Pixels {
  const data = new Uint8ClampedArray(values.flatMap((value) => [value, value, value, 255]))
  return { width, height: values.length / width, data }
}
const values = ({ data }: Pixels) => [...data].filter((_, at) => at % 4 === 0)

test('equalising spreads a narrow range over all of it', () => {
  const picture = gray(4, [100, 101, 102, 103])
  equalize(picture)
  expect(values(picture)).toEqual([0, 85, 170, 255])
})

test('a picture of one value stays as it is', () => {
  const picture = gray(2, [90, 90, 90, 90])
  equalize(picture)
  expect(values(picture)).toEqual([90, 90, 90, 90])
})

test('equalising never turns the order of two values round, and leaves opacity alone', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255), { minLength: 1, maxLength: 200 }), (given) => {
      const picture = gray(1, given)
      equalize(picture)
      const after = values(picture)
      const byValue = given.map((value, at) => ({ value, after: after[at] ?? 0 }))
      byValue.sort((a, b) => a.value - b.value)
      byValue.reduce((a, b) => {
        expect(b.after).toBeGreaterThanOrEqual(a.after)
        return b
      })
      expect([...picture.data].filter((_, at) => at % 4 === 3).every((one) => one === 255)).toBe(
        true,
      )
    }),
  )
})

test('CLAHE raises local contrast in the dark half without touching the order inside a flat tile', () => {
  const width = 64
  const given = Array.from({ length: width * width }, (_, at) =>
    at % width < 32 ? 10 + (at % 4) : 200 + (at % 4),
  )
  const picture = gray(width, given)
  clahe(picture, 4)
  const after = values(picture)
  const left = after.filter((_, at) => at % width < 20)
  expect(Math.max(...left) - Math.min(...left)).toBeGreaterThan(3)
})

test('a higher clip limit never gives less contrast', () => {
  const spread = (clip: number) => {
    const picture = gray(
      64,
      Array.from({ length: 4096 }, (_, at) => 100 + (at % 7)),
    )
    clahe(picture, clip)
    const after = values(picture)
    return Math.max(...after) - Math.min(...after)
  }
  expect(spread(8)).toBeGreaterThanOrEqual(spread(2))
  expect(spread(2)).toBeGreaterThanOrEqual(spread(1))
})

const deep: DeepPicture = {
  width: 5,
  height: 1,
  min: 0,
  max: 65_535,
  least: 0,
  most: 65_535,
  values: Uint16Array.of(0, 1000, 1500, 2000, 65_535),
}

test('a window shows its own range from black to white and nothing outside of it', () => {
  expect(values(windowed(deep, { low: 1000, high: 2000 }))).toEqual([0, 0, 128, 255, 255])
})

test('without a window the whole range is shown; a window of no width is a threshold', () => {
  expect(values(windowed(deep, { low: null, high: null }))).toEqual([0, 4, 6, 8, 255])
  expect(values(windowed(deep, { low: 1500, high: 1500 }))).toEqual([0, 0, 255, 255, 255])
})

test('left open, a window reaches from the least to the most value there is', () => {
  const narrow = { ...deep, least: 1000, most: 2000 }
  expect(values(windowed(narrow, { low: null, high: null }))).toEqual([0, 0, 128, 255, 255])
})

test('values are in the picture’s own units, also where it holds floats', () => {
  const metres = {
    ...deep,
    min: 2,
    max: 12,
    least: 2,
    most: 12,
    values: Uint16Array.of(0, 32_768, 65_535, 0, 0),
  }
  expect(values(windowed(metres, { low: 2, high: 7 })).slice(0, 3)).toEqual([0, 255, 255])
})

test('a deep picture is read back from its bytes, and a cut one is refused', () => {
  const buffer = new ArrayBuffer(40 + 4)
  const view = new DataView(buffer)
  view.setUint32(0, 2, true)
  view.setUint32(4, 1, true)
  view.setFloat64(8, -1, true)
  view.setFloat64(16, 3, true)
  view.setFloat64(24, 0, true)
  view.setFloat64(32, 2, true)
  view.setUint16(40, 7, true)
  view.setUint16(42, 9, true)
  expect(readDeep(buffer)).toEqual({
    width: 2,
    height: 1,
    min: -1,
    max: 3,
    least: 0,
    most: 2,
    values: Uint16Array.of(7, 9),
  })
  expect(() => readDeep(buffer.slice(0, 42))).toThrow(RangeError)
})
