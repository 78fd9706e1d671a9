import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Bitmap, decodeMask, maskProblem } from '#shared/geometry/mask.ts'
import { type MaskKernels, typescriptKernels } from '#shared/geometry/mask-kernels.ts'
import { loadWasmKernels } from './index.ts'

const wasmKernels = loadWasmKernels()
if (wasmKernels === null) throw new Error('Node has WebAssembly with SIMD')
const twins: readonly MaskKernels[] = [typescriptKernels, wasmKernels]

/** `#` is a set pixel. */
function drawn(...rows: string[]): Bitmap {
  const data = Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0))
  return { left: 5, top: 7, width: rows[0]?.length ?? 0, height: rows.length, data }
}

const ring = [0, 4, 1, 4, 10, 20, 12, 22]
const dot = [0, 1, 11, 21, 11, 21]
/** One pixel in a box of 3 x 3, and runs of nothing, as other programs write them. */
const loose = [2, 0, 2, 1, 4, 0, 0, 10, 20, 12, 22]

describe.each(twins.map((kernels) => [kernels.name, kernels] as const))('%s', (_name, kernels) => {
  test.each([
    ['nothing', drawn('...', '...'), null],
    [
      'a bitmap without pixels',
      { left: 0, top: 0, width: 0, height: 0, data: new Uint8Array() },
      null,
    ],
    ['its box is tight', drawn('....', '.##.', '.#..'), [0, 3, 1, 6, 8, 7, 9]],
    ['the first and the last pixel', drawn('#..', '..#'), [0, 1, 4, 1, 5, 7, 7, 8]],
    ['rows that touch are one run', drawn('.##', '##.'), [1, 4, 1, 5, 7, 7, 8]],
    [
      'all of a large picture',
      { left: 0, top: 0, width: 300, height: 300, data: new Uint8Array(9e4).fill(1) },
      [0, 9e4, 0, 0, 299, 299],
    ],
  ])('encode: %s', (_case, bitmap, mask) => expect(kernels.encode(bitmap)).toEqual(mask))

  test('encode: more runs than usual', () => {
    const data = Uint8Array.from({ length: 401 * 401 }, (_, i) => i % 2)
    const mask = kernels.encode({ left: 0, top: 0, width: 401, height: 401, data })
    expect(mask).toEqual([...Array.from(data, () => 1), 0, 0, 400, 400])
  })

  test.each([
    ['a ring and its middle', kernels.union(ring, dot), [0, 9, 10, 20, 12, 22]],
    ['a ring less its middle', kernels.subtract(ring, dot), ring],
    ['what they share', kernels.intersect(ring, dot), null],
    ['what one of them has', kernels.xor(ring, dot), [0, 9, 10, 20, 12, 22]],
    ['a mask and itself', kernels.xor(ring, ring), null],
    ['boxes apart', kernels.intersect(ring, [0, 1, 99, 99, 99, 99]), null],
    ['a loose box is tightened', kernels.union(loose, loose), [0, 1, 11, 21, 11, 21]],
    ['runs of nothing are no runs', kernels.subtract(ring, loose), ring],
    [
      'far apart, beyond 32 bits',
      kernels.union([0, 1, 0, 0, 0, 0], [0, 1, 2 ** 40, 0, 2 ** 40, 0]),
      [0, 1, 2 ** 40 - 1, 1, 0, 0, 2 ** 40, 0],
    ],
    [
      'one row of 32 bits',
      kernels.union([0, 1, 0, 0, 0, 0], [0, 1, 2 ** 28, 7, 2 ** 28, 7]),
      [0, 1, 8 * (2 ** 28 + 1) - 2, 1, 0, 0, 2 ** 28, 7],
    ],
  ])('combine: %s', (_case, mask, expected) => expect(mask).toEqual(expected))

  test.each([
    ['itself', ring, 1],
    ['its middle', dot, 0],
    ['another place', [0, 1, 99, 99, 99, 99], 0],
    ['half of it', [0, 4, 10, 20, 11, 21], 3 / 9],
    ['far away', [0, 1, 2 ** 40, 0, 2 ** 40, 0], 0],
  ])('iou with %s', (_case, other, iou) => expect(kernels.iou(ring, other)).toBe(iou))

  test.each([
    ['a square', [2, 3, 5, 3, 5, 5, 2, 5], [0, 6, 2, 3, 4, 4]],
    ['larger than the frame', [-9, -9, 99, -9, 99, 99, -9, 99], [0, 70, 0, 0, 9, 6]],
    ['above the frame', [0, -9, 9, -9, 9, -5], null],
    ['a single point', [3, 3], null],
    ['nothing', [], null],
    ['an odd number at the end', [2, 3, 5, 3, 5, 5, 2, 5, 77], [0, 6, 2, 3, 4, 4]],
  ])('fill: %s', (_case, polygon, mask) =>
    expect(kernels.fillPolygon(polygon, 10, 7)).toEqual(mask),
  )

  test.each([
    [
      'a ring has a hole',
      ring,
      [
        { points: [10, 20, 13, 20, 13, 23, 10, 23], hole: -1 },
        { points: [11, 21, 11, 22, 12, 22, 12, 21], hole: 0 },
      ],
    ],
    ['a loose box', loose, [{ points: [11, 21, 12, 21, 12, 22, 11, 22], hole: -1 }]],
    [
      'far away',
      [0, 1, 2 ** 40, 0, 2 ** 40, 0],
      [{ points: [2 ** 40, 0, 2 ** 40 + 1, 0, 2 ** 40 + 1, 1, 2 ** 40, 1], hole: -1 }],
    ],
  ])('contours: %s', (_case, mask, loops) => expect(kernels.contours(mask)).toEqual(loops))
})

/** Bitmaps of every density, wide enough for whole vectors and small enough to have every kind of corner. */
const bitmaps = fc
  .record({
    left: fc.integer({ min: -9, max: 30 }),
    top: fc.integer({ min: -9, max: 9 }),
    width: fc.integer({ min: 1, max: 90 }),
    height: fc.integer({ min: 1, max: 9 }),
    share: fc.constantFrom(0.02, 0.2, 0.5, 0.95, 1),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  })
  .map(({ share, seed, ...box }): Bitmap => {
    let state = seed
    const data = Uint8Array.from({ length: box.width * box.height }, () => {
      state = Math.imul(state, 48271) & 0x7fffffff
      return Number(state / 2 ** 31 < share)
    })
    return { ...box, data }
  })
/** In boxes that need not be tight. */
const masks = bitmaps.map(({ left, top, width, height, data }) => {
  const runs: number[] = [0]
  for (let i = 0, value = 0; i < data.length; i++) {
    if (data[i] !== value) {
      runs.push(0)
      value = 1 - value
    }
    runs.push((runs.pop() ?? 0) + 1)
  }
  return [...runs, left, top, left + width - 1, top + height - 1]
})
const coordinate = fc.oneof(
  fc.integer({ min: -20, max: 120 }).map((n) => n / 2),
  fc.double({ min: -20, max: 120, noNaN: true }),
)
const polygons = fc.oneof(
  fc.array(coordinate, { maxLength: 40 }),
  fc.array(coordinate, { minLength: 400, maxLength: 600 }),
)

describe('WebAssembly gives what TypeScript gives', () => {
  test('for bitmaps', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const mask = wasmKernels.encode(bitmap)
        expect(mask).toEqual(typescriptKernels.encode(bitmap))
        if (mask !== null) expect(maskProblem(mask)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  test.each(['union', 'subtract', 'intersect', 'xor', 'iou'] as const)('for %s', (verb) => {
    fc.assert(
      fc.property(masks, masks, (a, b) => {
        expect(wasmKernels[verb](a, b)).toEqual(typescriptKernels[verb](a, b))
      }),
      { numRuns: 500 },
    )
  })

  test('for polygons, scribbles among them', () => {
    fc.assert(
      fc.property(polygons, (polygon) => {
        const mask = wasmKernels.fillPolygon(polygon, 100, 90)
        expect(mask).toEqual(typescriptKernels.fillPolygon(polygon, 100, 90))
      }),
      { numRuns: 500 },
    )
  })

  test('for contours', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(wasmKernels.contours(mask)).toEqual(typescriptKernels.contours(mask))
      }),
      { numRuns: 500 },
    )
  })

  test('one call after the other, whatever the one before left in memory', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(masks, polygons), { maxLength: 8 }), (list) => {
        for (const [mask, polygon] of list) {
          const filled = wasmKernels.fillPolygon(polygon, 100, 90)
          expect(wasmKernels.encode(decodeMask(mask))).toEqual(
            typescriptKernels.encode(decodeMask(mask)),
          )
          if (filled !== null) {
            expect(wasmKernels.union(mask, filled)).toEqual(typescriptKernels.union(mask, filled))
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  test('after a picture so large that its memory is given back', () => {
    const data = new Uint8Array(8000 * 8000)
    data[4444 * 8000 + 2444] = 1
    const mask = wasmKernels.encode({ left: 0, top: 0, width: 8000, height: 8000, data })
    expect(mask).toEqual([0, 1, 2444, 4444, 2444, 4444])
    expect(wasmKernels.union(ring, dot)).toEqual([0, 9, 10, 20, 12, 22])
  })
})

describe('without WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  test.each([
    ['where it is missing', undefined],
    [
      'where a page may not compile it',
      {
        Module: class {
          constructor() {
            throw new Error('CompileError')
          }
        },
      },
    ],
  ])('%s the twins do the work', async (_case, host) => {
    vi.stubGlobal('WebAssembly', host)
    const { maskKernels } = await import('./index.ts')
    expect(maskKernels().name).toBe('TypeScript')
  })

  test('with it, WebAssembly does', async () => {
    const { maskKernels } = await import('./index.ts')
    expect(maskKernels().name).toBe('WebAssembly')
    expect(maskKernels()).toBe(maskKernels())
  })
})
