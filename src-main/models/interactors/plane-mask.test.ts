import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeMask } from '#shared/geometry/mask.ts'
import { maskOfInput, maskOfPicture, maskOfPlane } from './plane-mask.ts'

const plane = (width: number, height: number, data: readonly number[]) => ({
  ...{ width, height, data: Float64Array.from(data) },
})

describe('the mask of a plane', () => {
  it('is what its pixels above the threshold are, wherever it lies', () => {
    const grids = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([width, height]) =>
        fc.record({
          ...{ width: fc.constant(width), height: fc.constant(height) },
          data: fc.array(fc.integer({ min: -3, max: 3 }), {
            minLength: width * height,
            maxLength: width * height,
          }),
        }),
      )
    const corner = fc.integer({ min: -4, max: 8 })
    fc.assert(
      fc.property(grids, corner, corner, (grid, left, top) => {
        const picture = { width: 7, height: 5 }
        const data = new Uint8Array(picture.width * picture.height)
        for (let y = 0; y < grid.height; y++)
          for (let x = 0; x < grid.width; x++) {
            const [px, py] = [left + x, top + y]
            const isInside = px >= 0 && py >= 0 && px < picture.width && py < picture.height
            if (isInside && (grid.data[y * grid.width + x] ?? 0) > 0) data[py * 7 + px] = 1
          }
        const expected = encodeMask({ left: 0, top: 0, ...picture, data })
        const { width, height } = grid
        expect(maskOfPlane(plane(width, height, grid.data), { left, top }, picture, 0)).toEqual(
          expected,
        )
      }),
    )
  })

  it('begins where its offset says', () => {
    const two = { ...plane(2, 1, [9, 9, -1, 1]), offset: 2 }
    expect(maskOfPlane(two, { left: 3, top: 4 }, { width: 9, height: 9 }, 0)).toEqual([
      ...[0, 1, 4, 4, 4, 4],
    ])
  })
})

describe('a map of the whole input', () => {
  const left = plane(4, 4, [1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1])

  it('of a stretched picture reaches from edge to edge', () => {
    expect(maskOfPicture(left, { width: 8, height: 2 }, 0)).toEqual([0, 8, 0, 0, 3, 1])
  })

  it('of a letterboxed one leaves the padding out', () => {
    // The picture takes the upper half of a 16 x 16 input, and is 32 x 16 itself.
    const frame = {
      ...{ input: { width: 16, height: 16 }, placed: { width: 16, height: 8 } },
      picture: { width: 32, height: 16 },
    }
    const mask = maskOfInput(left, frame, 0) ?? []
    expect(mask.slice(-4)).toEqual([0, 0, 15, 15])
    expect(mask.slice(0, -4)).toEqual([0, 256])
  })

  it('as fine as the input is cut and not resampled first', () => {
    const frame = {
      ...{ input: { width: 4, height: 4 }, placed: { width: 4, height: 2 } },
      picture: { width: 4, height: 2 },
    }
    expect(maskOfInput(left, frame, 0)).toEqual([0, 4, 0, 0, 1, 1])
  })
})
