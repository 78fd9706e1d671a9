import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Detection, detection } from '../domain/detection.ts'
import type { Box } from '../geometry/box.ts'
import { fillRectangleMask } from '../geometry/mask-raster.ts'
import { clipForm } from './clip.ts'
import { commonBox } from './common-box.ts'
import { mergeTiles, type TileAnswer } from './merge-tiles.ts'
import { shifted } from './shifted.ts'
import { tilesOf } from './tile-layout.ts'

const area: Box = { left: 0, top: 0, right: 300, bottom: 200 }

describe('tiles', () => {
  test('cover every pixel, lie inside, and share what they are asked to share', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 64, max: 700 }),
        fc.double({ min: 0, max: 0.8, noNaN: true }),
        (width, height, size, overlap) => {
          const all = { left: 3, top: 5, right: 3 + width, bottom: 5 + height }
          const tiles = tilesOf(all, { size, overlap })
          for (const [low, high, from, to] of [
            ['left', 'right', 3, 3 + width],
            ['top', 'bottom', 5, 5 + height],
          ] as const) {
            const spans = [...new Map(tiles.map((tile) => [tile[low], tile[high]]))]
            expect(spans[0]?.[0]).toBe(from)
            expect(spans.at(-1)?.[1]).toBe(to)
            for (const [i, [start, end]] of spans.entries()) {
              expect(end - start).toBe(Math.min(size, to - from))
              const shared = (spans[i - 1]?.[1] ?? start) - start
              if (i > 0) expect(shared).toBeGreaterThanOrEqual(Math.floor(size * overlap))
            }
          }
        },
      ),
    ))
})

/** What a detector that sees perfectly answers for a tile: of each object the part in it. */
function ideal(objects: readonly Detection[], tile: Box): TileAnswer {
  const detections = objects.flatMap((one): Detection[] => {
    const local = shifted(one, -tile.left, -tile.top)
    const size = { width: tile.right - tile.left, height: tile.bottom - tile.top }
    if (one.type !== 'rectangle')
      return clipForm({ ...one, type: 'mask', points: local.points }, size).map(({ points }) => ({
        ...local,
        points: [...points],
      }))
    const [left = 0, top = 0, right = 0, bottom = 0] = one.points
    const seen = commonBox({ left, top, right, bottom }, tile)
    if (seen === null) return []
    const points = [seen.left, seen.top, seen.right, seen.bottom]
    return [shifted({ ...one, points }, -tile.left, -tile.top)]
  })
  return { tile, detections: detections.map((one) => shifted(one, tile.left, tile.top)) }
}

const box = (label: string, points: number[], more: Partial<Detection> = {}): Detection =>
  detection({ label, type: 'rectangle', points, score: 0.5, ...more })

const sorted = (all: readonly Detection[]) =>
  all.map(({ label, points }) => `${label} ${points.join(' ')}`).sort()

/** Whole pixels, so that a detector that clips is exact. */
const within = (most: number) =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 296 }),
      fc.integer({ min: 0, max: 196 }),
      fc.integer({ min: 4, max: most }),
      fc.integer({ min: 4, max: most }),
      fc.constantFrom('a', 'b'),
    )
    .map(([x, y, w, h, label]) => box(label, [x, y, Math.min(300, x + w), Math.min(200, y + h)]))

const boxOf = ({ points: [left = 0, top = 0, right = 0, bottom = 0] }: Detection) => ({
  ...{ left, top, right, bottom },
})

describe('an ideal detector on tiles', () => {
  const layout = fc.record({
    size: fc.integer({ min: 64, max: 200 }),
    overlap: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
    whole: fc.boolean(),
  })
  const check = (
    objects: readonly Detection[],
    how: { size: number; overlap: number; whole: boolean },
  ) => {
    const tiles = [...tilesOf(area, how), ...(how.whole ? [area] : [])]
    const answers = tiles.map((tile) => ideal(objects, tile))
    expect(sorted(mergeTiles(answers, area))).toEqual(sorted(objects))
  }

  test('finds the boxes of the whole picture, each once, however large', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(within(300), {
          maxLength: 12,
          comparator: (p, q) => p.label === q.label && commonBox(boxOf(p), boxOf(q)) !== null,
        }),
        layout,
        check,
      ),
      { numRuns: 300 },
    ))

  test('finds small ones that cover each other, too', () =>
    fc.assert(
      fc.property(
        // Those with an edge in common may look alike in a strip: nobody could tell which is which.
        fc.uniqueArray(within(15), {
          maxLength: 12,
          comparator: (p, q) => p.label === q.label && p.points.some((v) => q.points.includes(v)),
        }),
        layout,
        check,
      ),
      { numRuns: 300 },
    ))

  test('finds masks to the pixel', () => {
    const mask = (points: number[]) =>
      detection({
        ...{ label: 'a', type: 'mask', score: 0.9 },
        points: fillRectangleMask(points, 30, 300, 200) ?? [],
      })
    const objects = [mask([20, 20, 260, 90]), mask([100, 130, 130, 160])]
    const answers = tilesOf(area, { size: 100, overlap: 0.3 }).map((tile) => ideal(objects, tile))
    expect(sorted(mergeTiles(answers, area))).toEqual(sorted(objects))
  })
})

describe('merging', () => {
  const left: Box = { left: 0, top: 0, right: 180, bottom: 200 }
  const right: Box = { left: 120, top: 0, right: 300, bottom: 200 }
  const merge = (a: Detection[], b: Detection[]) =>
    mergeTiles(
      [
        { tile: left, detections: a },
        { tile: right, detections: b },
      ],
      area,
    )

  test('of two whole ones the better score stays', () => {
    const worse = box('a', [130, 50, 160, 80], { score: 0.4 })
    const better = box('a', [131, 50, 161, 81], { score: 0.8 })
    expect(merge([worse], [better])).toEqual([better])
  })

  test('a whole one stands for a piece with a better score', () => {
    const piece = box('a', [130, 50, 180, 80], { score: 0.9 })
    const whole = box('a', [130, 50, 240, 80], { score: 0.4 })
    expect(merge([piece], [whole])).toEqual([whole])
  })

  test('two of one tile, or of two labels, stay two', () => {
    const pair = [box('a', [130, 50, 160, 80]), box('a', [132, 50, 162, 80])]
    expect(merge(pair, [])).toEqual(pair)
    expect(merge(pair.slice(0, 1), [box('b', [130, 50, 160, 80])])).toHaveLength(2)
  })

  test('groups of two tiles do not meet', () => {
    const merged = merge(
      [box('a', [1, 1, 20, 20], { group: 1 })],
      [box('a', [250, 1, 270, 20], { group: 1 })],
    )
    expect(merged.map(({ group }) => group)).toEqual([1, 2])
  })

  test('tags count once, and those of the whole picture before those of a tile', () => {
    const tag = (label: string, score: number) => detection({ label, type: 'tag', score })
    const tiles = [
      { tile: left, detections: [tag('night', 0.4)] },
      { tile: right, detections: [tag('night', 0.6), tag('rain', 0.5)] },
    ]
    const labels = (all: Detection[]) => all.map(({ label, score }) => [label, score])
    expect(labels(mergeTiles(tiles, area))).toEqual([
      ['night', 0.6],
      ['rain', 0.5],
    ])
    const whole = { tile: area, detections: [tag('day', 0.7)] }
    expect(labels(mergeTiles([...tiles, whole], area))).toEqual([['day', 0.7]])
  })

  test('skeletons: the one with its joints in sight stands for both', () => {
    const body = (xs: number[], score: number) =>
      detection({
        ...{ label: 'body', type: 'skeleton', score },
        elements: xs.map((x, i) => ({
          ...{ label: String(i), points: [x, 50 + 10 * i], outside: false, score: null },
          attributes: [],
        })),
      })
    const whole = body([130, 150, 200], 0.5)
    expect(merge([body([130, 150, 179], 0.9)], [whole])).toEqual([whole])
  })

  test('what lies nowhere is left for others to judge', () => {
    const broken = box('a', [Number.NaN, 1, 2, 3])
    expect(merge([broken], [])).toEqual([broken])
  })

  test('100,000 detections do not take for ever', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => {
      const x = (i * 7919) % 290
      return box('a', [x, i % 190, x + 9, (i % 190) + 9])
    })
    expect(merge(many, many).length).toBeLessThanOrEqual(20_000)
  }, 60_000)
})
