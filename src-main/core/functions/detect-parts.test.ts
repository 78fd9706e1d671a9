import { describe, expect, test } from 'vitest'
import { type Detection, detection } from '#shared/domain/detection.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import type { FunctionPicture, RgbPicture } from '../ports.ts'
import { detectOn, type PartsRun } from './detect-parts.ts'

const WIDTH = 250
const HEIGHT = 200

/** Each pixel says where it is, so that whoever sees a part knows which. */
const pixels: RgbPicture = {
  ...{ width: WIDTH, height: HEIGHT },
  rgb: Uint8Array.from({ length: 3 * WIDTH * HEIGHT }, (_, i) => {
    const at = Math.floor(i / 3)
    return [at % WIDTH, Math.floor(at / WIDTH), 7][i % 3] ?? 0
  }),
}
const picture: FunctionPicture = {
  key: 'places',
  pixels: () => Promise.resolve(pixels),
  encoded: () => Promise.reject(new Error('nobody wants a file')),
}

const box = (points: number[]): Detection =>
  detection({ label: 'a', type: 'rectangle', points, score: 0.5 })

interface Seen {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A detector that sees perfectly what is in the picture it gets. */
function ideal(objects: readonly Detection[]) {
  const seen: Seen[] = []
  const keys = new Set<string>()
  const detect = async (_id: FunctionId, part: FunctionPicture): Promise<Detection[]> => {
    const { width, height, rgb } = await part.pixels()
    const [left = 0, top = 0] = rgb
    expect(rgb.length).toBe(3 * width * height)
    expect([...rgb.slice(-3)]).toEqual([left + width - 1, top + height - 1, 7])
    seen.push({ left, top, width, height })
    keys.add(part.key)
    return objects.flatMap((one) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = one.points
      const points = [
        ...[Math.max(0, x1 - left), Math.max(0, y1 - top)],
        ...[Math.min(width, x2 - left), Math.min(height, y2 - top)],
      ] as const
      return points[0] < points[2] && points[1] < points[3] ? [{ ...one, points: [...points] }] : []
    })
  }
  const reader = { encode: () => Promise.reject(new Error('nobody wants a file')) }
  const run = (more: Partial<PartsRun>, signal?: AbortSignal) => {
    const wanted = { parameters: {}, region: null, tiles: null, ...more }
    const call = signal ? { signal } : {}
    const deps = { functions: { detect }, reader }
    return detectOn(deps, picture, { functionId: 'onnx/x' as FunctionId, ...wanted }, call)
  }
  return { run, seen, keys }
}

const objects = [box([3, 4, 40, 30]), box([90, 70, 130, 120]), box([10, 150, 240, 190])]
const sorted = (found: readonly Detection[]) => found.map(({ points }) => points.join(' ')).sort()

test('the whole picture is handed on as it is', async () => {
  const { run, seen, keys } = ideal(objects)
  expect(await run({})).toEqual(objects)
  expect([seen.length, [...keys]]).toEqual([1, ['places']])
})

describe('tiles', () => {
  test.each([true, false])('find what the whole picture has, whole: %s', async (whole) => {
    const { run, seen, keys } = ideal(objects)
    const found = await run({ tiles: { size: 100, overlap: 0.3, whole } })
    expect(sorted(found)).toEqual(sorted(objects))
    expect(seen.length).toBe(whole ? 13 : 12)
    expect(keys.size).toBe(seen.length)
    const full = seen.filter(({ width }) => width === WIDTH)
    expect(full.length).toBe(whole ? 1 : 0)
  })

  test('of a picture no larger than one are one look', async () => {
    const { run, seen } = ideal(objects)
    expect(await run({ tiles: { size: 512, overlap: 0.2, whole: true } })).toEqual(objects)
    expect(seen.length).toBe(1)
  })

  test('of a region lie in it', async () => {
    const { run, seen } = ideal(objects)
    const region = { left: 80.5, top: 60, right: 240, bottom: 999 }
    const found = await run({ region, tiles: { size: 64, overlap: 0.2, whole: false } })
    expect(sorted(found)).toEqual(sorted([box([90, 70, 130, 120]), box([80, 150, 240, 190])]))
    expect(Math.min(...seen.map(({ left }) => left))).toBe(80)
    expect(Math.max(...seen.map(({ left, width }) => left + width))).toBe(240)
  })

  test('stop when nobody waits any more', async () => {
    const { run, seen } = ideal(objects)
    const aborted = AbortSignal.abort(new Error('enough'))
    const tiles = { size: 64, overlap: 0.2, whole: true }
    await expect(run({ tiles }, aborted)).rejects.toThrow('enough')
    expect(seen).toEqual([])
  })
})
