import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidates, overlap, suppress } from './suppress.ts'
import { probabilisticOverlap, suppressRotated } from './suppress-rotated.ts'

function candidates(rows: readonly (readonly number[])[]): Candidates {
  return {
    boxes: Float64Array.from(rows.flatMap((row) => row.slice(0, 4))),
    scores: Float64Array.from(rows, (row) => row[4] ?? 0),
    classes: Int32Array.from(rows, (row) => row[5] ?? 0),
  }
}
const rule = { iou: 0.5, most: 300, agnostic: false }

describe('of boxes that say the same, the best stays', () => {
  test.each<[string, number[][], Partial<typeof rule>, number[]]>([
    [
      'the better one',
      [
        [0, 0, 10, 10, 0.4],
        [0, 0, 10, 9, 0.9],
      ],
      {},
      [1],
    ],
    [
      'of two equals the first',
      [
        [0, 0, 10, 10, 0.4],
        [0, 0, 10, 10, 0.4],
      ],
      {},
      [0],
    ],
    [
      'at the limit both',
      [
        [0, 0, 10, 10, 0.9],
        [0, 0, 10, 5, 0.8],
      ],
      {},
      [0, 1],
    ],
    [
      'of other classes both',
      [
        [0, 0, 10, 10, 0.9, 1],
        [0, 0, 10, 10, 0.8, 2],
      ],
      {},
      [0, 1],
    ],
    [
      'unless classes count for nothing',
      [
        [0, 0, 9, 9, 0.9, 1],
        [0, 0, 9, 9, 0.8, 2],
      ],
      { agnostic: true },
      [0],
    ],
    [
      'what went suppresses nothing',
      [
        [0, 0, 10, 10, 0.9],
        [3, 0, 13, 10, 0.8],
        [6, 0, 16, 10, 0.7],
      ],
      {},
      [0, 2],
    ],
    [
      'no more than asked for',
      [
        [0, 0, 1, 1, 0.1],
        [5, 5, 6, 6, 0.2],
      ],
      { most: 1 },
      [1],
    ],
    [
      'boxes without an area',
      [
        [1, 1, 1, 1, 0.9],
        [1, 1, 1, 1, 0.8],
      ],
      {},
      [0, 1],
    ],
    ['nothing of nothing', [], {}, []],
  ])('%s', (_name, rows, more, kept) => {
    expect(suppress(candidates(rows), { ...rule, ...more })).toEqual(kept)
  })
})

const row = fc
  .tuple(
    ...[fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })],
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(2),
  )
  .map(([x, y, w, h, score, label]) => [x, y, x + w, y + h, score, label])

test('those that stay do not overlap, and each that went has a better one', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const all = candidates(rows)
      const kept = suppress(all, rule)
      const isSame = (a: number, b: number) =>
        all.classes[a] === all.classes[b] && overlap(all.boxes, a, b) > rule.iou
      for (const [i, a] of kept.entries())
        expect(kept.slice(i + 1).some((b) => isSame(a, b))).toBe(false)
      for (const index of rows.keys())
        if (!kept.includes(index))
          expect(
            kept.some((a) => isSame(a, index) && (all.scores[a] ?? 0) >= (all.scores[index] ?? 0)),
          ).toBe(true)
    }),
  )
})

describe('rotated boxes', () => {
  const boxes = Float64Array.from([
    ...[50, 50, 40, 20, 0],
    ...[50, 50, 40, 20, Math.PI / 2],
    ...[52, 51, 38, 22, 0.1],
    ...[50, 50, 20, 40, Math.PI / 2],
  ])
  const all = {
    boxes,
    scores: Float64Array.of(0.9, 0.8, 0.7, 0.6),
    classes: new Int32Array(4),
  }

  test('overlap as Ultralytics computes it', () => {
    // Of its `probiou`, in double precision.
    expect(probabilisticOverlap(boxes, 0, 2)).toBeCloseTo(0.8909, 3)
    expect(probabilisticOverlap(boxes, 0, 1)).toBeCloseTo(0.5528, 3)
    expect(probabilisticOverlap(boxes, 0, 3)).toBeGreaterThan(0.999)
  })

  test('one that went takes others with it', () => {
    expect(suppressRotated(all, { ...rule, iou: 0.45 })).toEqual([0])
    expect(suppressRotated(all, { ...rule, iou: 0.6 })).toEqual([0, 1])
  })

  test('far away is far away without arithmetic', () => {
    const far = { ...all, boxes: boxes.map((value, i) => (i % 5 === 0 ? value * (i + 1) : value)) }
    expect(suppressRotated(far, { ...rule, iou: 0.45 })).toEqual([0, 1, 2, 3])
  })
})
