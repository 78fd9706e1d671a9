import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeMask } from '#shared/geometry/mask.ts'
import { hitMask, maskPixelCount } from './mask-hit.ts'

test('a mask is hit where its pixels are set, nowhere else', () => {
  const bits = fc.array(fc.boolean(), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(bits, fc.integer({ min: 1, max: 12 }), (set, width) => {
      const height = Math.ceil(set.length / width)
      const data = new Uint8Array(width * height)
      set.forEach((isSet, at) => {
        data[at] = isSet ? 1 : 0
      })
      const points = encodeMask({ left: 5, top: -2, width, height, data })
      if (!points) return
      for (let y = -4; y < height; y++)
        for (let x = 3; x < width + 7; x++) {
          const inside = x >= 5 && x < 5 + width && y >= -2 && y < height - 2
          const isSet = inside && data[(y + 2) * width + x - 5] === 1
          expect(hitMask({ x: x + 0.25, y: y + 0.75 }, points)).toBe(isSet)
        }
      expect(maskPixelCount(points)).toBe(set.filter(Boolean).length)
    }),
  )
})

test('runs that end early, as a damaged file has them, are unset pixels', () => {
  expect(hitMask({ x: 3.5, y: 0.5 }, [0, 2, 0, 0, 9, 0])).toBe(false)
})
