import { expect, test, vi } from 'vitest'
import type { FunctionPicture, RgbPicture } from '../../core/ports.ts'
import { createPictureShelf } from './picture-shelf.ts'

const bytes = (size: number): RgbPicture => ({
  ...{ width: size, height: 1, rgb: new Uint8Array(3 * size).fill(7) },
})
const picture = (key: string, size = 10) =>
  ({ key, pixels: vi.fn(async () => bytes(size)) }) as unknown as FunctionPicture & {
    pixels: ReturnType<typeof vi.fn>
  }
const readings = (one: { pixels: ReturnType<typeof vi.fn> }) => one.pixels.mock.calls.length

test('a picture is read once, and lies where threads share it', async () => {
  const shelf = createPictureShelf()
  const one = picture('one')
  const first = await shelf.pixels(one, true)
  expect(first).toEqual(bytes(10))
  expect(first.rgb.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(await shelf.pixels(picture('one'), true)).toBe(first)
  expect(readings(one)).toBe(1)
})

test('what is looked at once is not kept', async () => {
  const shelf = createPictureShelf()
  const one = picture('one')
  await shelf.pixels(one, false)
  await shelf.pixels(one, false)
  expect(readings(one)).toBe(2)
})

test('as many as fit are kept, the newest whatever its size', async () => {
  const shelf = createPictureShelf(60)
  const [a, b, c, huge] = [picture('a'), picture('b'), picture('c'), picture('huge', 1000)]
  for (const one of [a, b, a, c, a, b]) await shelf.pixels(one, true)
  expect([readings(a), readings(b), readings(c)]).toEqual([1, 2, 1])
  await shelf.pixels(huge, true)
  await shelf.pixels(huge, true)
  await shelf.pixels(a, true)
  expect([readings(huge), readings(a)]).toEqual([1, 2])
})

test('one that cannot be read is asked for again', async () => {
  const shelf = createPictureShelf()
  const one = picture('one')
  one.pixels.mockRejectedValueOnce(new Error('the drive is asleep'))
  await expect(shelf.pixels(one, true)).rejects.toThrow('asleep')
  expect(await shelf.pixels(one, true)).toEqual(bytes(10))
})
