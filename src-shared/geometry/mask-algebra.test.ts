import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bitmap, decodeMask, encodeMask, maskArea, maskProblem } from './mask.ts'
import {
  maskIntersect,
  maskIoU,
  maskOverlap,
  maskSubtract,
  maskUnion,
  maskXor,
  uniteMasks,
} from './mask-algebra.ts'
import { maskBox } from './mask-spans.ts'

/** Masks in boxes of their own, tight or not, that lie side by side, overlap or contain each other. */
const masks = fc
  .record({
    left: fc.integer({ min: -3, max: 8 }),
    top: fc.integer({ min: -3, max: 8 }),
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    density: fc.constantFrom(0.2, 0.5, 0.9, 1),
    seed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 81, maxLength: 81 }),
  })
  .map(({ density, seed, ...box }): Bitmap => {
    const data = Uint8Array.from(seed.slice(0, box.width * box.height), (x) => Number(x <= density))
    return { ...box, data }
  })
  .map((bitmap) => encodeMask(bitmap))
  .filter((mask) => mask !== null)

function pixelsOf(mask: readonly number[] | null): Set<string> {
  if (mask === null) return new Set()
  const { left, top, width, data } = decodeMask(mask)
  const pixels = new Set<string>()
  data.forEach((bit, i) => {
    if (bit) pixels.add(`${left + (i % width)},${top + Math.floor(i / width)}`)
  })
  return pixels
}

test.each([
  ['union', maskUnion, (a: boolean, b: boolean) => a || b],
  ['difference', maskSubtract, (a: boolean, b: boolean) => a && !b],
  ['intersection', maskIntersect, (a: boolean, b: boolean) => a && b],
  ['symmetric difference', maskXor, (a: boolean, b: boolean) => a !== b],
])('%s is that of the pixels, in a tight box', (_name, combine, keeps) => {
  fc.assert(
    fc.property(masks, masks, (a, b) => {
      const [inA, inB] = [pixelsOf(a), pixelsOf(b)]
      const expected = new Set([...inA, ...inB].filter((p) => keeps(inA.has(p), inB.has(p))))
      const result = combine(a, b)
      expect(pixelsOf(result)).toEqual(expected)
      if (result === null) return
      expect(maskProblem(result)).toBeNull()
      expect(result).toEqual(encodeMask(decodeMask(result)))
    }),
    { numRuns: 300 },
  )
})

test('area, overlap and IoU count pixels', () => {
  fc.assert(
    fc.property(masks, masks, (a, b) => {
      const [inA, inB] = [pixelsOf(a), pixelsOf(b)]
      const both = [...inA].filter((p) => inB.has(p)).length
      expect(maskArea(a)).toBe(inA.size)
      expect(maskOverlap(a, b)).toBe(both)
      expect(maskIoU(a, b)).toBeCloseTo(both / (inA.size + inB.size - both), 12)
    }),
  )
})

test('any number of masks unite, in any order, to the same', () => {
  fc.assert(
    fc.property(fc.array(masks, { maxLength: 6 }), (list) => {
      const united = uniteMasks(list)
      expect(pixelsOf(united)).toEqual(new Set(list.flatMap((mask) => [...pixelsOf(mask)])))
      expect(uniteMasks([...list].reverse())).toEqual(united)
    }),
  )
})

test('a mask in a box too large comes out in its tight one', () => {
  const loose = [6, 2, 8, 10, 20, 13, 23]
  expect(maskUnion(loose, loose)).toEqual([0, 2, 12, 21, 13, 21])
  expect(maskBox(loose)).toEqual({ left: 10, top: 20, right: 14, bottom: 24 })
})

test.each([
  ['of nothing', [], null],
  ['of one mask, as it is', [[0, 1, 5, 5, 5, 5]], [0, 1, 5, 5, 5, 5]],
])('union %s', (_name, list, united) => expect(uniteMasks(list)).toEqual(united))

test('nothing is left of a mask minus itself', () => {
  fc.assert(
    fc.property(masks, (a) => {
      expect(maskSubtract(a, a)).toBeNull()
      expect(maskXor(a, a)).toBeNull()
      expect(maskIoU(a, a)).toBe(1)
    }),
  )
})

test('masks at the two ends of the world unite without filling what is between', () => {
  const far = [0, 1, 9_000_000, 0, 9_000_000, 0]
  const near = [0, 1, -9_000_000, 0, -9_000_000, 0]
  expect(maskUnion(near, far)).toEqual([0, 1, 17_999_999, 1, -9_000_000, 0, 9_000_000, 0])
})
