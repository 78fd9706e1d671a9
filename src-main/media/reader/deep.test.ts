import sharp from 'sharp'
import { expect, test } from 'vitest'
import { picture } from '../testing/pictures.ts'
import { DEEP_TYPE, toDeep } from './deep.ts'
import { understand } from './loaded-picture.ts'

const gray16 = (values: number[], format: 'png' | 'tiff') =>
  sharp(Uint16Array.from(values), { raw: { width: values.length, height: 1, channels: 1 } })
    .toColourspace('grey16')
    .toFormat(format, format === 'tiff' ? { compression: 'lzw' } : {})
    .toBuffer()

test.each(['png', 'tiff'] as const)('a 16-bit %s keeps every value', async (format) => {
  const values = [0, 1, 255, 256, 4095, 65_535]
  const deep = await toDeep(understand(await gray16(values, format)))
  const body = deep?.body.buffer as ArrayBuffer
  const head = new DataView(body)
  expect(deep?.contentType).toBe(DEEP_TYPE)
  expect([head.getUint32(0, true), head.getUint32(4, true)]).toEqual([6, 1])
  expect([8, 16, 24, 32].map((at) => head.getFloat64(at, true))).toEqual([0, 65_535, 0, 65_535])
  expect([...new Uint16Array(body, 40)]).toEqual(values)
})

test('what really occurs is told apart from what could', async () => {
  const deep = await toDeep(understand(await gray16([100, 4000], 'png')))
  const head = new DataView(deep?.body.buffer as ArrayBuffer)
  expect([24, 32].map((at) => head.getFloat64(at, true))).toEqual([100, 4000])
})

test('pictures of 8 bits and of colours have nothing deep', async () => {
  expect(await toDeep(understand(await picture('png')))).toBeNull()
  expect(await toDeep(understand(await picture('tiff')))).toBeNull()
  expect(await toDeep(understand(await picture('jpeg')))).toBeNull()
})
