import { describe, expect, test } from 'vitest'
import { maskArea } from '#shared/geometry/mask.ts'
import { fillPolygonMask, polygonsToMask } from '#shared/geometry/mask-raster.ts'
import { formsOf, foundOf, type InteractAnswer, marksOf, pointCount } from './found.ts'

const size = { width: 100, height: 80 }
const answer = (change: Partial<InteractAnswer>): InteractAnswer => ({
  mask: null,
  outline: null,
  score: null,
  token: null,
  ...change,
})
const square = fillPolygonMask([10, 10, 40, 10, 40, 40, 10, 40], 100, 80) ?? []
const outline = [10, 10, 40, 10, 40, 40, 10, 40]

describe('what a function answered', () => {
  test.each([
    ['an empty mask', { mask: [] }],
    ['no mask', {}],
    ['an outline without points', { outline: [] }],
    ['a mask without pixels', { mask: [4, 0, 0, 0, 1, 1] }],
  ])('%s is nothing found', (_what, given) => {
    expect(foundOf(answer(given), 'f', size)).toBeNull()
  })

  test.each([
    ['runs that do not fill their box', { mask: [0, 3, 0, 0, 1, 1] }],
    ['a mask beyond the picture', { mask: [0, 4, 99, 0, 100, 1] }],
    ['broken numbers', { mask: [0.5, Number.NaN, 0, 0, 1, 1] }],
    ['an outline of two points', { outline: [1, 1, 2, 2] }],
    ['an outline of an odd number', { outline: [1, 1, 2, 2, 3, 3, 4] }],
    ['an outline to nowhere', { outline: [1, 1, 2, 2, Number.POSITIVE_INFINITY, 3] }],
  ])('%s is refused with the name of who said it', (_what, given) => {
    expect(() => foundOf(answer(given), 'SAM', size)).toThrow(/SAM answered what nobody can read/)
  })

  test.each([
    [0.5, 0.5],
    [1.2, null],
    [-1, null],
    [null, null],
  ])('a score of %s is kept as %s', (score, kept) => {
    expect(foundOf(answer({ mask: square, score }), 'f', size)?.score).toBe(kept)
  })
})

describe('what becomes of it', () => {
  const found = (given: Partial<InteractAnswer>) => {
    const one = foundOf(answer(given), 'f', size)
    if (!one) throw new Error('nothing found')
    return one
  }

  test('a mask stays as it is', () => {
    expect(formsOf(found({ mask: square }), 'mask', 0, size)).toEqual([
      { type: 'mask', points: square, rotation: 0 },
    ])
  })

  test('a polygon of the mask at full density covers the same pixels', () => {
    const forms = formsOf(found({ mask: square }), 'polygon', 1, size)
    const back = polygonsToMask(
      forms.map(({ points }) => ({ outer: [...points], holes: [] })),
      100,
      80,
    )
    expect(back).toEqual(square)
  })

  test('parts too small to be part of the object are left out of polygons', () => {
    const parts = [
      { outer: [10, 10, 50, 10, 50, 50, 10, 50], holes: [] },
      { outer: [60, 10, 80, 10, 80, 40, 60, 40], holes: [] },
      { outer: [90, 60, 93, 60, 93, 63, 90, 63], holes: [] },
    ]
    const mask = polygonsToMask(parts, 100, 80) ?? []
    expect(formsOf(found({ mask }), 'polygon', 1, size)).toHaveLength(2)
    expect(maskArea(formsOf(found({ mask }), 'mask', 1, size)[0]?.points ?? [])).toBe(2209)
  })

  test('a box goes around all of it', () => {
    expect(formsOf(found({ mask: square }), 'rectangle', 1, size)[0]?.points).toEqual([
      10, 10, 40, 40,
    ])
  })

  test('an outline alone becomes a mask, and keeps three points however few are wanted', () => {
    const [mask] = formsOf(found({ outline }), 'mask', 1, size)
    expect(mask?.points).toEqual(square)
    const [thin] = formsOf(found({ outline: [0, 0, 10, 0, 5, 8] }), 'polygon', 0, size)
    expect(thin?.points).toHaveLength(6)
  })

  test('points are counted of polygons alone, and shown as dots', () => {
    const polygon = formsOf(found({ outline }), 'polygon', 1, size)
    expect(pointCount(polygon)).toBe(4)
    expect(marksOf(polygon, '#fff', false).map(({ kind }) => kind)).toEqual(['found', 'dots'])
    expect(marksOf(polygon, '#fff', true).map(({ kind }) => kind)).toEqual(['found'])
    expect(pointCount(formsOf(found({ mask: square }), 'mask', 1, size))).toBe(0)
  })
})
