import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut, placesIn, rowOf, verticalNeighbour } from './grid-layout.ts'

const sizes = { width: 330, cellWidth: 100, cellHeight: 80, titleHeight: 30 }
const titled = (...counts: number[]) => counts.map((count) => ({ count, hasTitle: true }))

test('rows are filled from the left, each section begins a new one under its title', () => {
  const { rows, columns, height } = layOut(titled(4, 2), sizes)
  expect([columns, height]).toEqual([3, 2 * 30 + 3 * 80])
  expect(rows.map(({ top, first, count }) => [top, first, count])).toEqual([
    [0, -1, 0],
    [30, 0, 3],
    [110, 3, 1],
    [190, -1, 0],
    [220, 4, 2],
  ])
})

test('a window narrower than a cell still has a column', () => {
  expect(layOut([{ count: 2, hasTitle: false }], { ...sizes, width: 20 }).columns).toBe(1)
})

test.each<[number, 1 | -1, number]>([
  [0, 1, 3],
  [2, 1, 3],
  [3, 1, 4],
  [5, -1, 3],
  [1, -1, 1],
  [5, 1, 5],
])('from %i, %i row on is %i', (place, way, expected) => {
  expect(verticalNeighbour(layOut(titled(4, 2), sizes), place, way)).toBe(expected)
})

test.each<[string, number[], number[]]>([
  ['nothing', [0, 0, 320, 20], []],
  ['the second cell', [120, 40, 180, 50], [1]],
  ['over a title', [0, 100, 150, 230], [0, 1, 3, 4, 5]],
  ['beyond the last', [250, 220, 400, 900], []],
])('a band holds %s', (_name, [left = 0, top = 0, right = 0, bottom = 0], expected) => {
  const layout = layOut(titled(4, 2), sizes)
  expect(placesIn(layout, sizes.cellWidth, { left, top, right, bottom })).toEqual(expected)
})

test('every cell is in one row, and a band over everything holds all', () => {
  const sections = fc.array(fc.record({ count: fc.nat(20), hasTitle: fc.boolean() }), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(sections, fc.integer({ min: 50, max: 900 }), (parts, width) => {
      const layout = layOut(parts, { ...sizes, width })
      const all = parts.reduce((sum, { count }) => sum + count, 0)
      for (let place = 0; place < all; place += 1) {
        const row = layout.rows[rowOf(layout, place)]
        expect(place - (row?.first ?? -1)).toBeLessThan(row?.count ?? 0)
      }
      expect(rowOf(layout, all)).toBe(-1)
      const everything = { left: 0, top: 0, right: 1e6, bottom: 1e9 }
      expect(placesIn(layout, sizes.cellWidth, everything)).toEqual(
        Array.from({ length: all }, (_, at) => at),
      )
    }),
  )
})
