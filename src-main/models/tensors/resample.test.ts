import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resampleRows, resizePicture } from './resample.ts'
import type { Interpolation } from './resample-plan.ts'

/** Golden: made by OpenCV and Pillow, as the file says itself. */
const golden = JSON.parse(
  readFileSync(new URL('testdata/resized.json', import.meta.url), 'utf8'),
) as {
  width: number
  height: number
  rgb: number[]
  cases: { interpolation: Interpolation; width: number; height: number; rgb: number[] }[]
}
const picture = { ...golden, rgb: Uint8Array.from(golden.rgb) }

describe('a picture at another size is what OpenCV and Pillow make of it', () => {
  test.each(golden.cases)(
    '$interpolation, $width x $height',
    ({ interpolation, width, height, rgb }) => {
      const resized = resizePicture(picture, width, height, interpolation)
      // Cubic: OpenCV's vector code rounds its last step in floats.
      const most = interpolation === 'cubic' ? 1 : 0
      const differences = rgb.map((value, i) => Math.abs(value - (resized.rgb[i] ?? 0)))
      expect(Math.max(...differences)).toBeLessThanOrEqual(most)
    },
  )
})

const interpolations = [
  ...['linear', 'area', 'cubic', 'nearest', 'linear-antialias', 'cubic-antialias'],
] as Interpolation[]
const side = fc.integer({ min: 1, max: 40 })

test('a picture of one colour stays so', () => {
  fc.assert(
    fc.property(
      ...[side, side, side, side],
      fc.constantFrom(...interpolations),
      fc.integer({ min: 0, max: 255 }),
      (width, height, toWidth, toHeight, interpolation, value) => {
        const rgb = new Uint8Array(width * height * 3).fill(value)
        const resized = resizePicture({ width, height, rgb }, toWidth, toHeight, interpolation)
        expect(new Set(resized.rgb)).toEqual(new Set([value]))
      },
    ),
  )
})

test('at its own size it is itself', () => {
  for (const interpolation of interpolations)
    expect(resizePicture(picture, picture.width, picture.height, interpolation).rgb).toEqual(
      picture.rgb,
    )
})

test('a part of the result is that part of the whole result', () => {
  for (const interpolation of interpolations) {
    const whole = resizePicture(picture, 12, 10, interpolation)
    const rows: number[][] = []
    resampleRows(
      picture,
      {
        interpolation,
        source: { left: 0, top: 0, right: picture.width, bottom: picture.height },
        ...{ width: 12, height: 10, wanted: { left: 3, top: 2, right: 8, bottom: 9 } },
      },
      (_, row) => rows.push([...row]),
    )
    const wanted = Array.from({ length: 7 }, (_, y) => [
      ...whole.rgb.subarray(((y + 2) * 12 + 3) * 3, ((y + 2) * 12 + 8) * 3),
    ])
    expect(rows).toEqual(wanted)
  }
})

test('a part of a picture is resized as a picture of its own', () => {
  const part = { width: 4, height: 3, rgb: new Uint8Array(36) }
  for (let y = 0; y < 3; y++)
    part.rgb.set(
      picture.rgb.subarray(((y + 1) * picture.width + 2) * 3, ((y + 1) * picture.width + 6) * 3),
      y * 12,
    )
  for (const interpolation of interpolations) {
    const rows: number[] = []
    resampleRows(
      picture,
      {
        interpolation,
        source: { left: 2, top: 1, right: 6, bottom: 4 },
        ...{ width: 7, height: 2, wanted: { left: 0, top: 0, right: 7, bottom: 2 } },
      },
      (_, row) => rows.push(...row),
    )
    expect(rows).toEqual([...resizePicture(part, 7, 2, interpolation).rgb])
  }
})
