import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeMask } from '#shared/geometry/mask.ts'
import { maskOfGrid } from './grid-mask.ts'
import { afterEachOther, bilinearWeights, type LineWeights, partOfLine } from './line-weights.ts'

function apply(line: LineWeights, source: readonly number[]): number[] {
  return Array.from({ length: line.length }, (_, i) => {
    let sum = 0
    for (let k = 0; k < line.size; k++)
      sum += (line.weights[i * line.size + k] ?? 0) * (source[(line.first[i] ?? 0) + k] ?? 0)
    return sum
  })
}

describe('lines', () => {
  test('are enlarged as cv2.resize does, edges held', () => {
    expect(apply(bilinearWeights(2, 4), [0, 4])).toEqual([0, 1, 3, 4])
    expect(apply(bilinearWeights(1, 3), [7])).toEqual([7, 7, 7])
    expect(apply(bilinearWeights(4, 2), [0, 1, 2, 3])).toEqual([0.5, 2.5])
  })

  test('two steps are as one', () => {
    const side = fc.integer({ min: 1, max: 30 })
    fc.assert(
      fc.property(
        ...[side, side, side],
        fc.infiniteStream(fc.integer({ min: -50, max: 50 })),
        (a, b, c, stream) => {
          const source = [...stream.take(a)]
          const [inner, outer] = [bilinearWeights(a, b), bilinearWeights(b, c)]
          const expected = apply(outer, apply(inner, source))
          const together = apply(afterEachOther(inner, outer), source)
          for (const [i, value] of expected.entries()) expect(together[i]).toBeCloseTo(value, 9)
        },
      ),
    )
  })
})

describe('masks of small maps', () => {
  const grid = { width: 2, height: 2, data: Float32Array.of(1, -1, -1, -1) }
  const view = (left: number, top: number, right: number, bottom: number) => ({
    columns: partOfLine(bilinearWeights(2, 8), left, right),
    rows: partOfLine(bilinearWeights(2, 8), top, bottom),
    box: { left, top, right, bottom },
  })

  test('the corner that is above the threshold', () => {
    const found = decodeMask(maskOfGrid(grid, view(0, 0, 8, 8), 0) ?? [])
    expect(found).toMatchObject({ left: 0, top: 0, width: 4, height: 4 })
    expect([...found.data]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
  })

  test('a part of the picture is that part of the mask', () => {
    const part = decodeMask(maskOfGrid(grid, view(1, 2, 8, 8), 0) ?? [])
    expect(part).toMatchObject({ left: 1, top: 2, width: 3, height: 2 })
    expect([...part.data]).toEqual([1, 1, 1, 1, 1, 0])
  })

  test('everywhere, and nowhere', () => {
    expect(maskOfGrid(grid, view(0, 0, 8, 8), -2)).toEqual([0, 64, 0, 0, 7, 7])
    expect(maskOfGrid(grid, view(0, 0, 8, 8), 2)).toBeNull()
    expect(maskOfGrid(grid, view(5, 5, 8, 8), 0)).toBeNull()
    expect(maskOfGrid(grid, view(3, 3, 3, 8), -2)).toBeNull()
  })
})
