import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeMask, encodeMask } from '#shared/geometry/mask.ts'
import { type MaskTarget, paintMaskRuns, paintMaskSpeck } from './mask-raster.ts'

const plain = { color: '#102030', opacity: 1, edge: null, edgeWidth: 1 }
const OPAQUE = 0xff302010

function target(width: number, height: number, more: Partial<MaskTarget> = {}): MaskTarget {
  const words = new Uint32Array(width * height)
  return { words, width, height, left: 0, top: 0, scale: 1, ...more }
}

/** A mask from a picture of it: `#` is set. */
function maskOf(left: number, top: number, ...rows: string[]): number[] {
  const width = rows[0]?.length ?? 0
  const data = Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0))
  return encodeMask({ left, top, width, height: rows.length, data }) ?? []
}

/** `#` fill, `o` edge, `.` nothing. */
function picture({ words, width }: MaskTarget, edge = 0): string[] {
  const signs = [...words].map((word) => (word === 0 ? '.' : word === edge ? 'o' : '#')).join('')
  return signs.match(new RegExp(`.{${width}}`, 'g')) ?? []
}

const ring = maskOf(1, 1, '###', '#.#', '###')

describe('a mask on the screen', () => {
  test('at scale 1 it is its pixels', () => {
    const on = target(5, 5)
    paintMaskRuns(on, ring, plain)
    expect(picture(on)).toEqual(['.....', '.###.', '.#.#.', '.###.', '.....'])
    expect(on.words[6]).toBe(OPAQUE)
  })

  test('twice as large, every pixel is four', () => {
    const on = target(6, 6, { left: 1, top: 1, scale: 2 })
    paintMaskRuns(on, ring, plain)
    expect(picture(on)).toEqual(['######', '######', '##..##', '##..##', '######', '######'])
  })

  test('what lies outside the piece of screen is left out', () => {
    const on = target(2, 2, { left: 3, top: 3 })
    paintMaskRuns(on, ring, plain)
    expect(picture(on)).toEqual(['#.', '..'])
  })

  test('the border is inside, also along holes', () => {
    const on = target(7, 7, { left: 0, top: 0 })
    const mask = maskOf(
      0,
      0,
      '#######',
      '#######',
      '#######',
      '###.###',
      '#######',
      '#######',
      '#######',
    )
    paintMaskRuns(on, mask, { ...plain, edge: '#ffffff' })
    expect(picture(on, 0xffffffff)).toEqual([
      'ooooooo',
      'o#####o',
      'o##o##o',
      'o#o.o#o',
      'o##o##o',
      'o#####o',
      'ooooooo',
    ])
  })

  test('where the screen ends there is no border: the mask goes on there', () => {
    const on = target(3, 3, { left: 1, top: 1 })
    const mask = maskOf(0, 0, '#####', '#####', '#####', '#####', '#####')
    paintMaskRuns(on, mask, { ...plain, edge: '#ffffff' })
    expect(picture(on, 0xffffffff)).toEqual(['###', '###', '###'])
  })

  test('half over half is three quarters, in a mixed colour', () => {
    const on = target(1, 1)
    const dot = [0, 1, 0, 0, 0, 0]
    paintMaskRuns(on, dot, { ...plain, color: '#ff0000', opacity: 0.5 })
    expect(on.words[0]).toBe(0x800000ff)
    paintMaskRuns(on, dot, { ...plain, color: '#0000ff', opacity: 0.5 })
    const word = on.words[0] ?? 0
    expect(word >>> 24).toBe(192)
    expect((word >>> 16) & 0xff).toBeGreaterThan((word & 0xff) * 1.9)
  })

  test('one too small for a pixel is a dot', () => {
    const on = target(5, 5, { scale: 0.01 })
    paintMaskSpeck(on, maskOf(240, 240, '##', '##'), '#102030', 2)
    expect(picture(on)).toEqual(['.....', '.##..', '.##..', '.....', '.....'])
  })
})

test('a pixel of the screen shows the mask exactly when its centre lies in a set pixel', () => {
  const anyMask = fc
    .record({
      width: fc.integer({ min: 1, max: 9 }),
      seed: fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
    })
    .map(({ width, seed }) => {
      const height = Math.ceil(seed.length / width)
      const data = new Uint8Array(width * height)
      seed.forEach((isSet, at) => {
        data[at] = isSet ? 1 : 0
      })
      return encodeMask({ left: -2, top: 3, width, height, data })
    })
  const anyView = fc.record({
    left: fc.integer({ min: -20, max: 20 }).map((n) => n / 3),
    top: fc.integer({ min: -20, max: 20 }).map((n) => n / 7),
    scale: fc.constantFrom(0.3, 0.5, 1, 1.7, 4),
  })
  fc.assert(
    fc.property(anyMask, anyView, (points, view) => {
      if (!points) return
      const on = target(13, 11, view)
      paintMaskRuns(on, points, plain)
      const { left, top, width, height, data } = decodeMask(points)
      const isSet = (x: number, y: number) =>
        x >= left &&
        x < left + width &&
        y >= top &&
        y < top + height &&
        data[(y - top) * width + x - left] === 1
      for (let j = 0; j < on.height; j++)
        for (let i = 0; i < on.width; i++) {
          const x = (i + 0.5) / view.scale + view.left
          const y = (j + 0.5) / view.scale + view.top
          // On the very edge between two pixels rounding decides.
          if (Math.abs(x - Math.round(x)) < 1e-9 || Math.abs(y - Math.round(y)) < 1e-9) continue
          expect(on.words[j * on.width + i] !== 0).toBe(isSet(Math.floor(x), Math.floor(y)))
        }
    }),
  )
})
