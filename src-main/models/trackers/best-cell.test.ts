import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf } from './anchors.ts'
import { bestCell, type Cells, hannWindow } from './best-cell.ts'

const cellsOf = (all: readonly (readonly [score: number, w: number, h: number])[]): Cells => ({
  count: all.length,
  score: (cell) => all[cell]?.[0] ?? 0,
  width: (cell) => all[cell]?.[1] ?? 0,
  height: (cell) => all[cell]?.[2] ?? 0,
})
const rule = { size: { w: 10, h: 10 }, penalty: 1, influence: 0, window: new Float64Array(9) }

describe('the best cell', () => {
  it.each([
    [
      'the highest score',
      [
        [0.2, 10, 10],
        [0.9, 10, 10],
      ],
      1,
    ],
    [
      'the first of equal ones',
      [
        [0.9, 10, 10],
        [0.9, 10, 10],
      ],
      0,
    ],
    [
      'one that kept its size before one that did not',
      [
        [0.9, 40, 40],
        [0.8, 10, 10],
      ],
      1,
    ],
    [
      'one that kept its shape before one that did not',
      [
        [0.9, 20, 5],
        [0.8, 10, 10],
      ],
      1,
    ],
    [
      'none without a size',
      [
        [0.9, 0, 10],
        [0.9, 10, -1],
        [0.1, 10, 10],
      ],
      2,
    ],
    [
      'none that is no number',
      [
        [Number.NaN, 10, 10],
        [0.9, Number.NaN, 10],
        [0.1, 10, 10],
      ],
      2,
    ],
  ] as const)('is %s', (_what, all, expected) => {
    expect(bestCell('x', cellsOf(all), rule).cell).toBe(expected)
  })

  it('is drawn to the middle by the window', () => {
    const all = cellsOf([
      [0.9, 10, 10],
      [0.8, 10, 10],
    ])
    const drawn = { ...rule, influence: 0.5, window: Float64Array.from([0, 1]) }
    expect(bestCell('x', all, drawn).cell).toBe(1)
  })

  it('is none where nothing means anything', () => {
    const all = cellsOf([[Number.NaN, 10, 10]])
    expect(() => bestCell('x', all, rule)).toThrow(
      expect.objectContaining({ code: 'MODEL_OUTPUT_INVALID' }),
    )
  })

  it('changes nothing of what has not changed', () => {
    const side = fc.double({ min: 1, max: 500, noNaN: true })
    fc.assert(
      fc.property(side, side, (w, h) => {
        const found = bestCell('x', cellsOf([[0.5, w, h]]), { ...rule, size: { w, h } })
        expect(found.penalty).toBeCloseTo(1, 9)
      }),
    )
  })
})

it.each([
  ['zero', 5, [0, 0.5, 1, 0.5, 0]],
  ['inner', 3, [0.5, 1, 0.5]],
] as const)('a window with ends %s', (ends, count, line) => {
  const window = hannWindow(count, ends)
  const expected = line.flatMap((a) => line.map((b) => a * b))
  for (const [i, value] of expected.entries()) expect(window[i]).toBeCloseTo(value, 12)
})

it("anchors are SiamMask's own", () => {
  expect(anchorsOf(8, [0.33, 0.5, 1, 2, 3], 8)).toEqual([
    { w: 104, h: 32 },
    { w: 88, h: 40 },
    { w: 64, h: 64 },
    { w: 40, h: 80 },
    { w: 32, h: 96 },
  ])
})
