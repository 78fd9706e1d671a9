import { expect, test } from 'vitest'
import { decodePng } from '../png/decode.ts'
import { encodeGray8, encodePalette, encodeRgba } from '../png/encode.ts'
import { binaryPicture, maskOf, resized } from './binary-picture.ts'

const png = (file: Buffer) =>
  decodePng(file, (problem) => {
    throw new Error(problem)
  })
const size = { width: 2, height: 2 }

test.each([
  ['gray', encodeGray8({ ...size, data: Uint8Array.of(0, 1, 0, 255) })],
  ['a palette', encodePalette({ ...size, data: Uint8Array.of(0, 1, 2, 1) }, [0, 0x010000, 0])],
  [
    'colours',
    encodeRgba({ ...size, data: Uint8Array.of(0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 7, 0, 0, 0) }),
  ],
])('reads %s', (_name, file) => {
  expect(maskOf(binaryPicture(png(file), 'counts'))).toEqual([0, 2, 1, 0, 1, 1])
})

test('opacity alone is an object where it counts', () => {
  const opaque = png(encodeRgba({ ...size, data: new Uint8Array(16).fill(255, 3, 4) }))
  expect(maskOf(binaryPicture(opaque, 'counts'))).toEqual([0, 1, 0, 0, 0, 0])
  expect(maskOf(binaryPicture(opaque, 'ignored'))).toBeNull()
})

test.each([
  ['larger', 4, 4, [0, 4, 2, 0, 3, 1]],
  ['another shape', 6, 1, [0, 3, 3, 0, 5, 0]],
  ['smaller', 1, 1, null],
  ['the same', 2, 2, [0, 1, 1, 0, 1, 0]],
])('in a size that is %s each pixel is its nearest', (_name, width, height, points) => {
  const picture = binaryPicture(
    png(encodeGray8({ ...size, data: Uint8Array.of(0, 1, 0, 0) })),
    'counts',
  )
  expect(maskOf(resized(picture, width, height))).toEqual(points)
})
