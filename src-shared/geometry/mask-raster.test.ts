import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeMask, maskArea, maskProblem } from './mask.ts'
import { maskOverlap } from './mask-algebra.ts'
import { maskToPolygons } from './mask-contours.ts'
import {
  fillEllipseMask,
  fillPolygonMask,
  fillRectangleMask,
  polygonsToMask,
} from './mask-raster.ts'
import { distanceToOutline, isPointInPolygon } from './polygon.ts'

const WIDTH = 14
const HEIGHT = 11

function isSet(mask: readonly number[] | null, x: number, y: number): boolean {
  if (mask === null) return false
  const { left, top, width, height, data } = decodeMask(mask)
  const inside = x >= left && y >= top && x < left + width && y < top + height
  return inside && data[(y - top) * width + x - left] === 1
}

const coordinates = fc.integer({ min: -30, max: 130 }).map((n) => n / 7)
const polygons = fc
  .array(fc.tuple(coordinates, coordinates), { minLength: 3, maxLength: 8 })
  .map((points) => points.flat())

describe('polygon to mask', () => {
  test('sets the pixels whose centre is inside, cut to the frame', () => {
    fc.assert(
      fc.property(polygons, (polygon) => {
        const mask = fillPolygonMask(polygon, WIDTH, HEIGHT)
        if (mask !== null) expect(maskProblem(mask)).toBeNull()
        for (let y = 0; y < HEIGHT; y++) {
          for (let x = 0; x < WIDTH; x++) {
            // A centre on the outline may fall either way in the naive test.
            if (distanceToOutline(x + 0.5, y + 0.5, polygon, true) < 1e-9) continue
            if (isSet(mask, x, y) !== isPointInPolygon(x + 0.5, y + 0.5, polygon))
              expect.fail(`pixel ${x}, ${y} of ${JSON.stringify(polygon)}`)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['a square on pixel edges', [2, 3, 5, 3, 5, 5, 2, 5], [0, 6, 2, 3, 4, 4]],
    ['backwards', [2, 5, 5, 5, 5, 3, 2, 3], [0, 6, 2, 3, 4, 4]],
    [
      'edges through centres: left and top are in',
      [2.5, 3.5, 4.5, 3.5, 4.5, 5.5, 2.5, 5.5],
      [0, 4, 2, 3, 3, 4],
    ],
    ['larger than the frame', [-9, -9, 99, -9, 99, 99, -9, 99], [0, 154, 0, 0, 13, 10]],
    [
      'a bow tie: its crossing belongs to nobody twice',
      [0, 0, 4, 4, 4, 0, 0, 4],
      [3, 2, 1, 3, 1, 2, 3, 1, 0, 0, 3, 3],
    ],
    ['between two centres', [2.6, 2.6, 3.4, 2.6, 3.4, 3.4, 2.6, 3.4], null],
    ['a line folded on itself', [1, 1, 9, 9, 1, 1], null],
    ['two points', [1, 1, 9, 9], null],
    ['none', [], null],
    ['beside the frame', [20, 2, 30, 2, 30, 9, 20, 9], null],
  ])('%s', (_name, polygon, mask) => {
    expect(fillPolygonMask(polygon, WIDTH, HEIGHT)).toEqual(mask)
  })

  test('two halves of a frame share no pixel and leave none out, however the border runs', () => {
    const points = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 28 }), fc.integer({ min: 1, max: 20 })),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(points, (bends) => {
        const border = bends
          .map(([x, y]) => [x / 2, y / 2] as const)
          .sort((a, b) => a[1] - b[1])
          .flat()
        const left = fillPolygonMask([0, 0, 7, 0, ...border, 7, HEIGHT, 0, HEIGHT], WIDTH, HEIGHT)
        const right = fillPolygonMask(
          [WIDTH, 0, 7, 0, ...border, 7, HEIGHT, WIDTH, HEIGHT],
          WIDTH,
          HEIGHT,
        )
        expect(maskOverlap(left ?? [0, 1, -9, -9, -9, -9], right ?? [0, 1, -9, -9, -9, -9])).toBe(0)
        expect(maskArea(left ?? []) + maskArea(right ?? [])).toBe(WIDTH * HEIGHT)
      }),
    )
  })

  test('a scribble of a hundred thousand points fills what its pieces fill, odd ones out', () => {
    const loop = Array.from({ length: 2000 }, (_, i) => (i * 7919) % 997)
    const once = fillPolygonMask(loop, 1000, 1000)
    const scribble = Array.from({ length: 99 }, () => loop).flat()
    expect(fillPolygonMask(scribble, 1000, 1000)).toEqual(once)
  })
})

test('a rectangle turned by 90 degrees lies down; by 45 it is a diamond', () => {
  expect(fillRectangleMask([2, 4, 8, 6], 90, WIDTH, HEIGHT)).toEqual([0, 12, 4, 2, 5, 7])
  expect(maskArea(fillRectangleMask([2, 2, 8, 8], 45, WIDTH, HEIGHT) ?? [])).toBe(40)
})

test('an ellipse sets the pixels whose centre is in it', () => {
  const radii = fc.integer({ min: 1, max: 60 }).map((n) => n / 7)
  fc.assert(
    fc.property(
      coordinates,
      coordinates,
      radii,
      radii,
      fc.integer({ min: 0, max: 359 }),
      (cx, cy, rx, ry, degrees) => {
        const mask = fillEllipseMask([cx, cy, cx + rx, cy - ry], degrees, WIDTH, HEIGHT)
        const [cos, sin] = [
          Math.cos((degrees * Math.PI) / 180),
          Math.sin((degrees * Math.PI) / 180),
        ]
        for (let y = 0; y < HEIGHT; y++) {
          for (let x = 0; x < WIDTH; x++) {
            const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy]
            const value = ((dx * cos + dy * sin) / rx) ** 2 + ((dy * cos - dx * sin) / ry) ** 2
            if (Math.abs(value - 1) > 1e-9) expect(isSet(mask, x, y), `${x}, ${y}`).toBe(value < 1)
          }
        }
      },
    ),
  )
})

test('polygons unite, their holes cut out of their own outline only', () => {
  const ring = { outer: [0, 0, 6, 0, 6, 6, 0, 6], holes: [[2, 2, 2, 4, 4, 4, 4, 2]] }
  const inside = { outer: [3, 3, 4, 3, 4, 4, 3, 4], holes: [] }
  expect(maskArea(polygonsToMask([ring], WIDTH, HEIGHT) ?? [])).toBe(32)
  expect(maskArea(polygonsToMask([ring, ring, inside], WIDTH, HEIGHT) ?? [])).toBe(33)
  expect(polygonsToMask([], WIDTH, HEIGHT)).toBeNull()
  expect(maskToPolygons(polygonsToMask([ring], WIDTH, HEIGHT) ?? [])).toEqual([ring])
})
