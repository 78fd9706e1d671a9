import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bitmap, encodeMask, maskArea } from './mask.ts'
import { maskIoU } from './mask-algebra.ts'
import { maskToPolygons } from './mask-contours.ts'
import { fillEllipseMask, type PolygonWithHoles, polygonsToMask } from './mask-raster.ts'
import { at } from './points.ts'
import { polygonArea, signedPolygonArea } from './polygon.ts'

/** `#` is a set pixel. */
function drawn(...rows: string[]): number[] {
  const data = Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0))
  return (
    encodeMask({ left: 0, top: 0, width: rows[0]?.length ?? 0, height: rows.length, data }) ?? []
  )
}

const masks = fc
  .array(fc.boolean(), { minLength: 81, maxLength: 81 })
  .map(
    (bits): Bitmap => ({
      left: 2,
      top: 3,
      width: 9,
      height: 9,
      data: Uint8Array.from(bits, Number),
    }),
  )
  .map((bitmap) => encodeMask(bitmap))
  .filter((mask) => mask !== null)

const square = [0, 0, 1, 0, 1, 1, 0, 1]

test.each([
  ['one pixel', drawn('#'), [{ outer: square, holes: [] }]],
  ['an L', drawn('#.', '##'), [{ outer: [0, 0, 1, 0, 1, 1, 2, 1, 2, 2, 0, 2], holes: [] }]],
  [
    'two pixels that touch at a corner',
    drawn('#.', '.#'),
    [
      { outer: square, holes: [] },
      { outer: [1, 1, 2, 1, 2, 2, 1, 2], holes: [] },
    ],
  ],
  [
    'a ring',
    drawn('###', '#.#', '###'),
    [{ outer: [0, 0, 3, 0, 3, 3, 0, 3], holes: [[1, 1, 1, 2, 2, 2, 2, 1]] }],
  ],
  [
    'two holes side by side, and a part in one of them',
    drawn('#######', '#...#.#', '#.#.#.#', '#...#.#', '#######'),
    [
      {
        outer: [0, 0, 7, 0, 7, 5, 0, 5],
        holes: [
          [1, 1, 1, 4, 4, 4, 4, 1],
          [5, 1, 5, 4, 6, 4, 6, 1],
        ],
      },
      { outer: [2, 2, 3, 2, 3, 3, 2, 3], holes: [] },
    ],
  ],
  [
    'a hole that goes on at a corner is one hole',
    drawn('####', '#.##', '##.#', '####'),
    [
      {
        outer: [0, 0, 4, 0, 4, 4, 0, 4],
        holes: [[1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 2, 2, 2, 2, 1]],
      },
    ],
  ],
  [
    'a gap that closes at a corner leads out',
    drawn('###', '#.#', '##.'),
    [{ outer: [0, 0, 3, 0, 3, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2, 3, 0, 3], holes: [] }],
  ],
])('%s', (_name, mask, polygons) => expect(maskToPolygons(mask)).toEqual(polygons))

test('filling the polygons of density 1 gives the mask back', () => {
  fc.assert(
    fc.property(masks, (mask) => {
      const polygons = maskToPolygons(mask)
      expect(polygonsToMask(polygons, 20, 20)).toEqual(mask)
      const area = ({ outer, holes }: PolygonWithHoles): number =>
        holes.reduce((rest, hole) => rest - polygonArea(hole), polygonArea(outer))
      expect(polygons.reduce((sum, polygon) => sum + area(polygon), 0)).toBe(maskArea(mask))
      for (const { outer, holes } of polygons) {
        expect(signedPolygonArea(outer)).toBeGreaterThan(0)
        for (const hole of holes) expect(signedPolygonArea(hole)).toBeLessThan(0)
      }
    }),
    { numRuns: 500 },
  )
})

type Edge = readonly [number, number, number, number]

function edgesOf(loop: readonly number[]): Edge[] {
  return Array.from({ length: loop.length / 2 }, (_, i) => {
    const j = (2 * i + 2) % loop.length
    return [at(loop, 2 * i), at(loop, 2 * i + 1), at(loop, j), at(loop, j + 1)] as const
  })
}

/** Each has an end strictly on either side of the other. */
function cross([ax, ay, bx, by]: Edge, [cx, cy, dx, dy]: Edge): boolean {
  const side = (x: number, y: number, [px, py, qx, qy]: Edge): number =>
    Math.sign((qx - px) * (y - py) - (x - px) * (qy - py))
  const ab: Edge = [ax, ay, bx, by]
  const cd: Edge = [cx, cy, dx, dy]
  return side(cx, cy, ab) * side(dx, dy, ab) < 0 && side(ax, ay, cd) * side(bx, by, cd) < 0
}

describe('fewer points', () => {
  const circle = fillEllipseMask([100, 100, 180, 30], 20, 200, 200) ?? []

  test('a lower density has fewer corners, all of them from the contour', () => {
    const counts = [1, 0.75, 0.5, 0.25, 0].map((density) => {
      const [polygon] = maskToPolygons(circle, { density })
      return (polygon?.outer.length ?? 0) / 2
    })
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(new Set(counts).size).toBe(5)
    expect(counts[4]).toBe(4)
  })

  test('half the density still covers the same pixels, nearly', () => {
    const half = maskToPolygons(circle, { density: 0.5 })
    expect(half[0]?.outer.length).toBeLessThan(120)
    expect(maskIoU(circle, polygonsToMask(half, 200, 200) ?? [])).toBeGreaterThan(0.97)
  })

  test('no edge crosses another, of its own loop or of any other', () => {
    fc.assert(
      fc.property(masks, fc.double({ min: 0, max: 1, noNaN: true }), (mask, density) => {
        const edges = maskToPolygons(mask, { density })
          .flatMap(({ outer, holes }) => [outer, ...holes])
          .flatMap(edgesOf)
        for (const [i, edge] of edges.entries()) {
          const other = edges.slice(i + 1).find((candidate) => cross(edge, candidate))
          if (other) expect.fail(`${edge} crosses ${other}`)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('no loop is lost', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const all = maskToPolygons(mask)
        const few = maskToPolygons(mask, { density: 0 })
        expect(few.map(({ holes }) => holes.length)).toEqual(all.map(({ holes }) => holes.length))
        for (const { outer } of few) expect(polygonArea(outer)).toBeGreaterThan(0)
      }),
    )
  })
})
