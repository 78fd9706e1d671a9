import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { polygonToCoco } from './coco-polygon.ts'
import {
  bitmapToCoco,
  cocoArea,
  cocoBox,
  cocoToMask,
  compressCounts,
  decompressCounts,
  uniteCoco,
} from './coco-rle.ts'
import { type Bitmap, decodeMask, encodeMask } from './mask.ts'

const bitmaps: fc.Arbitrary<Bitmap> = fc
  .record({
    left: fc.integer({ min: -3, max: 12 }),
    top: fc.integer({ min: -3, max: 12 }),
    width: fc.integer({ min: 1, max: 8 }),
    height: fc.integer({ min: 1, max: 8 }),
  })
  .chain((box) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), {
        minLength: box.width * box.height,
        maxLength: box.width * box.height,
      })
      .map((bits) => ({ ...box, data: Uint8Array.from(bits) })),
  )

/** The slow, obvious way: every pixel of the image, column by column. */
function plainCounts(bitmap: Bitmap, height: number, width: number): number[] {
  const counts = [0]
  let value = 0
  for (let i = 0; i < height * width; i++) {
    const x = Math.floor(i / height) - bitmap.left
    const y = (i % height) - bitmap.top
    const inside = x >= 0 && y >= 0 && x < bitmap.width && y < bitmap.height
    const pixel = inside ? bitmap.data[y * bitmap.width + x] : 0
    if (pixel !== value) {
      counts.push(0)
      value = 1 - value
    }
    counts.push((counts.pop() ?? 0) + 1)
  }
  return counts
}

describe('the compressed string', () => {
  test.each([
    [[38, 3, 9, 1, 1, 1, 9, 3, 9, 3, 163], 'V139NH08200j4'],
    [[0, 16], '0`0'],
    [[100000, 5, 3], 'PeQ353'],
  ])('of %j is %s', (counts, text) => {
    expect(compressCounts(counts)).toBe(text)
    expect(decompressCounts(text)).toEqual(counts)
  })

  test('reads back any counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 40 })), (counts) => {
        expect(decompressCounts(compressCounts(counts))).toEqual(counts)
      }),
    )
  })

  test.each(['V', 'o', '\u0000', 'é', '~~~~'])(
    '%j is refused, it ends within a number or uses a foreign character',
    (text) => {
      expect(decompressCounts(text)).toBeNull()
    },
  )
})

test('a bitmap pasted anywhere gives the counts of the plain way', () => {
  fc.assert(
    fc.property(
      bitmaps,
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 1, max: 15 }),
      (bitmap, height, width) => {
        const { counts } = bitmapToCoco(bitmap, height, width)
        expect(counts).toEqual(plainCounts(bitmap, height, width))
      },
    ),
  )
})

test('document mask to COCO and back is the same mask', () => {
  fc.assert(
    fc.property(bitmaps, (bitmap) => {
      const mask = encodeMask({ ...bitmap, left: bitmap.left + 3, top: bitmap.top + 3 })
      if (mask === null) return
      expect(cocoToMask(bitmapToCoco(decodeMask(mask), 25, 25))).toEqual(mask)
    }),
  )
})

test('the union covers what either covers, and nothing else', () => {
  fc.assert(
    fc.property(bitmaps, bitmaps, (a, b) => {
      const size = 15
      const [p, q] = [bitmapToCoco(a, size, size), bitmapToCoco(b, size, size)]
      const pixels = (counts: readonly number[]) =>
        counts.flatMap((n, i) => Array<number>(n).fill(i % 2))
      const union = pixels(uniteCoco([p, q])?.counts ?? [])
      const [left, right] = [pixels(p.counts), pixels(q.counts)]
      expect(union).toEqual(left.map((bit, i) => bit | (right[i] ?? 0)))
    }),
  )
})

describe('the polygon rasteriser on 12 x 20 pixels', () => {
  test.each([
    [[1, 1, 6, 1, 6, 5, 1, 5], [13, 4, 8, 4, 8, 4, 8, 4, 8, 4, 175], '=480000000W5', 20],
    [[10, 1, 12, 1, 12, 5], [121, 1, 11, 3, 104], 'i31;2m2', 4],
    [
      [1.5, 1.5, 6.5, 1.5, 6.5, 5.5, 1.5, 5.5],
      [26, 4, 8, 4, 8, 4, 8, 4, 8, 4, 162],
      'j0480000000j4',
      20,
    ],
    [[-2, -2, 5, -2, 5, 5, -2, 5], [0, 5, 7, 5, 7, 5, 7, 5, 7, 5, 187], '0570000000d5', 25],
    [
      [9.4, 1, 14, 5, 12, 9, 7, 5],
      [88, 1, 9, 4, 7, 6, 7, 6, 7, 6, 7, 4, 8, 2, 78],
      'h2193N200000N1NV2',
      29,
    ],
  ])('%j', (polygon, counts, text, area) => {
    const rle = polygonToCoco(polygon, 12, 20)
    expect(rle.counts).toEqual(counts)
    expect(compressCounts(rle.counts)).toBe(text)
    expect(cocoArea(rle.counts)).toBe(area)
  })
})

test.each([
  [
    { counts: [13, 4, 8, 4, 211], size: [12, 20] as const },
    { left: 1, top: 1, right: 3, bottom: 5 },
  ],
  [
    { counts: [10, 4, 226], size: [12, 20] as const },
    { left: 0, top: 0, right: 2, bottom: 12 },
  ],
  [{ counts: [240], size: [12, 20] as const }, null],
])('the box of %j', (rle, box) => expect(cocoBox(rle)).toEqual(box))

test('the short way and the long way of rasterising agree', () => {
  const coordinate = fc.integer({ min: 0, max: 150 }).map((n) => n / 10)
  const polygon = fc.array(coordinate, { minLength: 6, maxLength: 16 })
  fc.assert(
    fc.property(polygon, (numbers) => {
      const flat = numbers.slice(0, numbers.length - (numbers.length % 2))
      // A far corner at a negative x, walked there and back, sets no pixel but takes the long way.
      const long = [...flat, ...flat.slice(0, 2), -3, -3]
      const detour = polygonToCoco([...long, ...flat.slice(0, 2)], 16, 16)
      const plain = polygonToCoco(flat, 16, 16)
      expect(detour.counts).toEqual(plain.counts)
    }),
    { numRuns: 500 },
  )
})
