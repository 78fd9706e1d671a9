import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cropTo, cutOut } from './crop.ts'

/** A picture whose pixels tell their place: red is the column, green the row, blue their sum. */
function placed(width: number, height: number) {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 3) rgb.set([10 * x, 10 * y, 5 * (x + y)], i)
  return { width, height, rgb }
}
const pixel = (picture: { width: number; rgb: Uint8Array }, x: number, y: number) => [
  ...picture.rgb.subarray((y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3),
]

test('the whole picture at its own size is the picture', () => {
  const picture = placed(7, 5)
  const crop = cropTo(picture, { left: 0, top: 0, right: 7, bottom: 5 }, 7, 5)
  expect(crop).toEqual(picture)
})

test('twice as large, pixels lie a quarter and three quarters between centres, as in cv2.warpAffine', () => {
  const crop = cropTo(placed(8, 8), { left: 2, top: 2, right: 6, bottom: 6 }, 8, 8)
  // Column 3 of 8 is at 2 + 3.5 / 2 - 0.5 = 3.25 pixels: red 32.5, rounded up.
  expect(pixel(crop, 3, 0)).toEqual([33, 18, 25])
  expect(pixel(crop, 4, 1)).toEqual([38, 23, 30])
})

test('outside the picture is the colour, and half of it at the edge', () => {
  const picture = { width: 2, height: 1, rgb: Uint8Array.of(100, 100, 100, 200, 200, 200) }
  const crop = cropTo(picture, { left: -1.5, top: 0, right: 2.5, bottom: 1 }, 4, 1, [0, 50, 100])
  expect(pixel(crop, 0, 0)).toEqual([0, 50, 100])
  expect(pixel(crop, 1, 0)).toEqual([50, 75, 100])
  expect(pixel(crop, 2, 0)).toEqual([150, 150, 150])
  expect(pixel(crop, 3, 0)).toEqual([100, 125, 150])
})

test('whole pixels are cut alike by both', () => {
  const whole = fc.integer({ min: -6, max: 12 })
  const size = fc.integer({ min: 1, max: 9 })
  const picture = placed(9, 6)
  fc.assert(
    fc.property(whole, whole, size, size, (left, top, width, height) => {
      const box = { left, top, right: left + width, bottom: top + height }
      const cut = cutOut(picture, left, top, width, height, 114)
      expect(cropTo(picture, box, width, height, 114)).toEqual(cut)
    }),
  )
})
