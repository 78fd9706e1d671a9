import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from './assign.ts'
import { cosineDistance, type Look, matchLooks } from './match-looks.ts'

/** The cheapest of all assignments, by trying them. */
function cheapest(
  cost: readonly (readonly number[])[],
  row = 0,
  taken: readonly number[] = [],
): number {
  const columns = cost[0]?.length ?? 0
  if (row === cost.length || taken.length === columns) return 0
  const choices = (cost[row] ?? []).map((one, column) =>
    taken.includes(column)
      ? Number.POSITIVE_INFINITY
      : one + cheapest(cost, row + 1, [...taken, column]),
  )
  const rowsLeft = cost.length - row
  // Only with more rows than columns may one go without.
  if (rowsLeft > columns - taken.length) choices.push(cheapest(cost, row + 1, taken))
  return Math.min(...choices)
}

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) => {
    const row = fc.array(fc.oneof(fc.constant(1000), fc.integer({ min: 0, max: 20 })), {
      minLength: columns,
      maxLength: columns,
    })
    return fc.array(row, { minLength: rows, maxLength: rows })
  })

describe('assign', () => {
  it('costs as little as any assignment does', () => {
    fc.assert(
      fc.property(matrix, (cost) => {
        const columns = assign(cost)
        const used = columns.filter((column) => column >= 0)
        expect(new Set(used).size).toBe(used.length)
        expect(used.length).toBe(Math.min(cost.length, cost[0]?.length ?? 0))
        const total = columns.reduce((sum, at, row) => sum + (cost[row]?.[at] ?? 0), 0)
        expect(total).toBe(cheapest(cost))
      }),
    )
  })

  it('of nothing is nothing', () => {
    expect(assign([])).toEqual([])
    expect(assign([[], []])).toEqual([-1, -1])
  })
})

describe('matchLooks', () => {
  const look = (x: number, vector: number[], labelId = 1): Look => ({
    ...{ labelId, vector, points: [x - 5, 0, x + 5, 10] },
  })
  const rules = { threshold: 0.5, maxDistance: 50 }

  it.each<[string, Look[], Look[], number[]]>([
    [
      'those that look alike',
      [look(0, [1, 0]), look(9, [0, 1])],
      [look(0, [0, 2]), look(9, [3, 0.1])],
      [1, 0],
    ],
    ['none of another label', [look(0, [1, 0])], [look(0, [1, 0], 2)], [-1]],
    ['none too far away', [look(0, [1, 0])], [look(50.01, [1, 0])], [-1]],
    ['one just near enough', [look(0, [1, 0])], [look(50, [1, 0])], [0]],
    ['none that looks different', [look(0, [1, 0])], [look(0, [0.4, 1])], [-1]],
    ['none without a look', [look(0, [0, 0])], [look(0, [0, 0])], [-1]],
    ['none with a look of no numbers', [look(0, [Number.NaN, 1])], [look(0, [1, 0])], [-1]],
    ['each once', [look(0, [1, 0]), look(1, [1, 0.1])], [look(0, [1, 0])], [0, -1]],
    ['nothing with nothing', [], [look(0, [1])], []],
  ])('matches %s', (_what, looks0, looks1, expected) => {
    expect(matchLooks(looks0, looks1, rules)).toEqual(expected)
  })

  it('gives one up for the sake of all', () => {
    // The first would rather have the second's only partner.
    const looks0 = [look(0, [1, 0.3]), look(1, [1, 0])]
    const looks1 = [look(0, [1, 0.2]), look(1, [0.5, 1])]
    expect(matchLooks(looks0, looks1, rules)).toEqual([1, 0])
  })

  it('distance is 0 of the same, 1 of what has nothing in common, 2 of opposites', () => {
    expect(cosineDistance([3, 4], [6, 8])).toBeCloseTo(0)
    expect(cosineDistance([1, 0], [0, 5])).toBeCloseTo(1)
    expect(cosineDistance([1, 0], [-2, 0])).toBeCloseTo(2)
  })
})
