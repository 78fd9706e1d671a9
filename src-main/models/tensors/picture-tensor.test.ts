import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadTensorKernels } from '#native/tensor-kernels.ts'
import { type PictureTensorRule, pictureTensors, toTensor } from './picture-tensor.ts'

const rule: PictureTensorRule = {
  ...{ fit: 'letterbox', width: 2, height: 4, rounding: 'even', cropShare: null },
  ...{ color: 'rgb', interpolation: 'linear', pad: 114, padAfter: null },
  ...{ scale: 1, mean: [0, 0, 0], std: [1, 1, 1], type: 'float32', layout: 'chw', batch: [1] },
}
/** Two pixels in a row. */
const picture = { width: 2, height: 1, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6) }

test('channels in planes, and grey where the picture does not reach', () => {
  const { tensor } = pictureTensors(rule)(picture)
  expect(tensor.dims).toEqual([1, 3, 4, 2])
  const grey = [114, 114]
  expect([...tensor.data]).toEqual(
    [1, 2, 3].flatMap((value) => [...grey, value, value + 3, ...grey, ...grey]),
  )
})

test.each<[string, Partial<PictureTensorRule>, number[], (number | bigint)[]]>([
  ['pixel by pixel', { layout: 'hwc' }, [1, 1, 2, 3], [1, 2, 3, 4, 5, 6]],
  ['blue first', { color: 'bgr' }, [1, 3, 1, 2], [3, 6, 2, 5, 1, 4]],
  ['blue first, pixel by pixel', { color: 'bgr', layout: 'hwc' }, [1, 1, 2, 3], [3, 2, 1, 6, 5, 4]],
  ['bytes', { type: 'uint8', layout: 'hwc', scale: 9 }, [1, 1, 2, 3], [1, 2, 3, 4, 5, 6]],
  ['grey', { color: 'gray' }, [1, 1, 1, 2], [2, 5]],
  ['without a batch', { batch: [] }, [3, 1, 2], [1, 4, 2, 5, 3, 6]],
  ['two copies', { batch: [2], color: 'gray' }, [2, 1, 1, 2], [2, 5, 2, 5]],
  [
    'normalised in the order of the channels',
    { color: 'bgr', scale: 2, mean: [1, 2, 3], std: [2, 4, 8] },
    [1, 3, 1, 2],
    [(6 - 1) / 2, (12 - 1) / 2, (4 - 2) / 4, (10 - 2) / 4, (2 - 3) / 8, (8 - 3) / 8],
  ],
])('%s', (_name, more, dims, data) => {
  const { tensor } = pictureTensors({ ...rule, height: 1, ...more })(picture)
  expect(tensor.dims).toEqual(dims)
  expect([...tensor.data]).toEqual(data)
})

test('padding is normalised as pixels are, unless it says what it is', () => {
  const normalised = { ...rule, scale: 1 / 2, mean: [7, 7, 7], std: [10, 10, 10] }
  expect(pictureTensors(normalised)(picture).tensor.data[0]).toBe(5)
  expect(pictureTensors({ ...normalised, padAfter: 0 })(picture).tensor.data[0]).toBe(0)
})

test('memory goes from picture to picture, and never to two at once', () => {
  const prepare = pictureTensors(rule)
  const first = prepare(picture)
  const second = prepare(picture)
  expect(second.tensor.data).not.toBe(first.tensor.data)
  first.release()
  const third = prepare({ width: 1, height: 2, rgb: new Uint8Array(6) })
  expect(third.tensor.data).toBe(first.tensor.data)
  expect([...third.tensor.data].every((value) => value === 0)).toBe(true)
})

test('a crop is normalised as it is', () => {
  const { dims, data } = toTensor(picture, { color: 'rgb', scale: 1 / 255 })
  expect(dims).toEqual([1, 3, 1, 2])
  expect(data[1]).toBe(Math.fround(4 / 255))
})

describe('the kernels give the same numbers as their twin', () => {
  const kernels = loadTensorKernels()
  if (!kernels) throw new Error('no WebAssembly')
  const side = fc.integer({ min: 1, max: 60 })
  const interpolations = ['linear', 'area', 'cubic', 'linear-antialias', 'cubic-antialias'] as const

  test('whatever the picture, the fit and the interpolation', () => {
    fc.assert(
      fc.property(
        ...[side, side, side, side],
        fc.constantFrom(...interpolations),
        fc.constantFrom('letterbox', 'letterbox-corner', 'stretch', 'crop'),
        fc.constantFrom(null, 0.7),
        fc.constantFrom('rgb', 'bgr'),
        fc.nat(),
        (width, height, toWidth, toHeight, interpolation, fit, cropShare, color, seed) => {
          const rgb = new Uint8Array(width * height * 3)
          for (let i = 0; i < rgb.length; i++) rgb[i] = Math.imul(i + seed, 2654435761) >>> 21
          const given = {
            ...{ ...rule, width: toWidth, height: toHeight, interpolation, fit, cropShare, color },
            ...{ scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
          }
          const twin = pictureTensors(given, null)({ width, height, rgb })
          const quick = pictureTensors(given, kernels)({ width, height, rgb })
          expect(quick).toMatchObject({ placement: twin.placement })
          expect(quick.tensor).toEqual(twin.tensor)
        },
      ),
    )
  })

  test('after a picture so large that its memory was given back', () => {
    const large = { width: 6000, height: 4000, rgb: new Uint8Array(6000 * 4000 * 3).fill(9) }
    const given = { ...rule, width: 8, height: 8, interpolation: 'area' } as const
    const prepare = pictureTensors(given, kernels)
    expect(prepare(large).tensor.data[3 * 8]).toBe(9)
    const small = { width: 16, height: 16, rgb: new Uint8Array(16 * 16 * 3).fill(7) }
    expect(prepare(small).tensor.data[3 * 8]).toBe(7)
  })
})
