import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { polygonToCoco } from './coco-polygon.ts'
import { bitmapToCoco, uniteCoco } from './coco-rle.ts'
import { joinHoles } from './contours.ts'
import { ellipseToBitmap } from './ellipse.ts'
import { type Bitmap, decodeMask, encodeMask, maskArea, maskProblem } from './mask.ts'
import { maskContours } from './mask-contours.ts'

/** `#` is a set pixel. */
function drawn(...rows: string[]): Bitmap {
  const width = rows[0]?.length ?? 0
  const data = Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0))
  return { left: 0, top: 0, width, height: rows.length, data }
}

const squares = fc
  .array(fc.boolean(), { minLength: 49, maxLength: 49 })
  .map((bits) => ({ left: 2, top: 3, width: 7, height: 7, data: Uint8Array.from(bits, Number) }))

test.each([
  ['a worked example', [0, 3, 2, 4, 1, 2, 3, 4], null],
  ['too short', [1, 0, 0, 0, 0], 'a mask needs at least 6 numbers'],
  [
    'a sum that is not the area',
    [0, 3, 1, 2, 3, 4],
    'the runs of the mask add up to 3, its box has 9 pixels',
  ],
  ['a negative run', [-1, 10, 1, 2, 3, 4], 'a run of the mask is negative'],
  ['an inverted box', [0, 9, 3, 2, 1, 4], 'the box of the mask is inside out'],
  [
    'a box larger than any picture',
    [0, 25e12, 0, 0, 4_999_999, 4_999_999],
    'the box of the mask has 25000000000000 pixels, too many',
  ],
  [
    'a box beyond every picture',
    [0, 4, 1e12, 0, 1e12 + 1, 1],
    'the box of the mask is further away than any picture reaches',
  ],
  ['a fraction', [0, 8.5, 1, 2, 3, 4], 'a mask holds whole numbers only'],
])('%s', (_name, points, problem) => expect(maskProblem(points)).toBe(problem))

test('a mask survives decoding and encoding, its box tightened', () => {
  expect(encodeMask(drawn('....', '.##.', '.#..'))).toEqual([0, 3, 1, 1, 1, 2, 2])
  expect(encodeMask(drawn('...'))).toBeNull()
  fc.assert(
    fc.property(squares, (bitmap) => {
      const mask = encodeMask(bitmap)
      if (mask === null) return
      expect(maskProblem(mask)).toBeNull()
      expect(maskArea(mask)).toBe(bitmap.data.reduce((sum, bit) => sum + bit, 0))
      expect(encodeMask(decodeMask(mask))).toEqual(mask)
    }),
  )
})

function polygonsOf(bitmap: Bitmap): number[][] {
  const mask = encodeMask(bitmap)
  return mask === null ? [] : joinHoles(maskContours(mask))
}

describe('mask to polygons', () => {
  test.each([
    ['one pixel', drawn('#'), [[0, 0, 1, 0, 1, 1, 0, 1]]],
    ['an L', drawn('#.', '##'), [[0, 0, 1, 0, 1, 1, 2, 1, 2, 2, 0, 2]]],
    [
      'two pixels that touch at a corner',
      drawn('#.', '.#'),
      [
        [0, 0, 1, 0, 1, 1, 0, 1],
        [1, 1, 2, 1, 2, 2, 1, 2],
      ],
    ],
    [
      'a ring, its hole joined by a bridge',
      drawn('###', '#.#', '###'),
      [[0, 0, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 0, 0, 3, 0, 3, 3, 0, 3]],
    ],
  ])('%s', (_name, bitmap, polygons) => expect(polygonsOf(bitmap)).toEqual(polygons))

  test('rasterises back to the same pixels', () => {
    fc.assert(
      fc.property(squares, (bitmap) => {
        const parts = polygonsOf(bitmap).map((part) => polygonToCoco(part, 12, 12))
        const united = uniteCoco(parts) ?? { counts: [144] }
        expect(united.counts).toEqual(bitmapToCoco(bitmap, 12, 12).counts)
      }),
    )
  })
})

describe('ellipse to pixels', () => {
  test('radius 1 and 2 about (3, 2): the centre pixel counts', () => {
    expect(encodeMask(ellipseToBitmap([3, 2, 5, 1], 0, 5, 7))).toEqual(
      encodeMask(drawn('.......', '...#...', '.#####.', '...#...', '.......')),
    )
  })

  test('turned by a quarter it stands up', () => {
    const standing = encodeMask(ellipseToBitmap([10, 10, 16, 8], 90, 30, 30))
    expect(standing).toEqual(encodeMask(ellipseToBitmap([10, 10, 12, 4], 0, 30, 30)))
  })

  test('outside the image nothing is left', () => {
    expect(encodeMask(ellipseToBitmap([-50, -50, -45, -55], 0, 10, 10))).toBeNull()
  })
})
