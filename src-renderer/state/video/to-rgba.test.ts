import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type RawFormat,
  type RawFrameHeader,
  type RawMatrix,
  rawPlaneBytes,
} from '#shared/media/raw-frame.ts'
import { toUprightRgba } from './to-rgba.ts'

const header = (change: Partial<RawFrameHeader>): RawFrameHeader => ({
  ...{ format: 'I420', matrix: 'bt709', fullRange: false, width: 2, height: 2, rotation: 0 },
  ...{ exact: true, frame: 0, uprightWidth: 2, uprightHeight: 2 },
  ...change,
})

/** Planes of one colour. */
function plain(format: RawFormat, width: number, height: number, [y, u, v]: readonly number[]) {
  const bytes = new Uint8Array(rawPlaneBytes(format, width, height))
  const luma = width * height
  bytes.fill(y ?? 0, 0, luma)
  if (format === 'NV12')
    for (let at = luma; at < bytes.length; at += 1) bytes[at] = ((at - luma) % 2 ? v : u) ?? 0
  else {
    const half = luma + (bytes.length - luma) / 2
    bytes.fill(u ?? 0, luma, half).fill(v ?? 0, half)
  }
  return bytes
}

describe('colours', () => {
  // The primaries' codes of each standard (BT.601 and BT.709 tables of 8-bit video), and what they stand for.
  test.each<[string, RawMatrix, boolean, number[], number[]]>([
    ['black', 'bt709', false, [16, 128, 128], [0, 0, 0]],
    ['white', 'bt709', false, [235, 128, 128], [255, 255, 255]],
    ['blacker than black', 'bt709', false, [0, 128, 128], [0, 0, 0]],
    ['white of the full range', 'bt709', true, [255, 128, 128], [255, 255, 255]],
    ['red of BT.601', 'smpte170m', false, [81, 90, 240], [254, 0, 0]],
    ['blue of BT.601', 'smpte170m', false, [41, 240, 110], [0, 0, 255]],
    ['red of BT.709', 'bt709', false, [63, 102, 240], [255, 1, 0]],
    ['blue of BT.709', 'bt709', false, [32, 240, 118], [1, 0, 255]],
    ['red of BT.2020', 'bt2020-ncl', false, [74, 97, 240], [255, 0, 0]],
    ['red of JPEG', 'smpte170m', true, [76, 85, 255], [254, 0, 0]],
  ])('%s', (_name, matrix, fullRange, yuv, rgb) => {
    const pixels = toUprightRgba(header({ matrix, fullRange }), plain('I420', 2, 2, yuv))
    const [r = 0, g = 0, b = 0, a] = pixels.data
    // One code more or less in luma or chroma is all that 8 bits can tell.
    for (const [at, value] of [r, g, b].entries())
      expect(Math.abs(value - (rgb[at] ?? 0))).toBeLessThanOrEqual(2)
    expect(a).toBe(255)
  })

  test('every layout of planes gives the same picture', () => {
    const yuv = [120, 90, 200]
    const [first, ...others] = (['I420', 'I422', 'I444', 'NV12'] as const).map((format) =>
      toUprightRgba(
        header({ format, width: 5, height: 3 }),
        plain(format, 5, 3, yuv),
      ).data.toString(),
    )
    for (const other of others) expect(other).toBe(first)
  })

  test('RGBA passes as it is', () => {
    const planes = Uint8Array.from({ length: 16 }, (_, at) => at * 3)
    const pixels = toUprightRgba(header({ format: 'RGBA', matrix: 'rgb' }), planes)
    expect([...pixels.data]).toEqual([...planes])
  })
})

test('each pixel takes luma and chroma from its own place, at odd sizes, too', () => {
  const size = fc.integer({ min: 1, max: 9 })
  const format = fc.constantFrom<RawFormat>('I420', 'I422', 'I444', 'NV12')
  fc.assert(
    fc.property(size, size, format, fc.integer(), (width, height, layout, seed) => {
      const planes = new Uint8Array(rawPlaneBytes(layout, width, height))
      for (let at = 0; at < planes.length; at += 1) planes[at] = (at * 97 + seed * 31) & 255
      const { data } = toUprightRgba(header({ format: layout, width, height }), planes)
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const expected = pixelAt(layout, planes, width, height, x, y)
          const at = (y * width + x) * 4
          for (let channel = 0; channel < 3; channel += 1)
            expect(Math.abs((data[at + channel] ?? 0) - (expected[channel] ?? 0))).toBeLessThan(
              0.501,
            )
        }
    }),
  )
})

/** The same by the book: one pixel at a time in real numbers. */
function pixelAt(
  format: RawFormat,
  planes: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number[] {
  const luma = width * height
  const chromaWidth = format === 'I444' ? width : Math.ceil(width / 2)
  const chromaHeight = format === 'I420' || format === 'NV12' ? Math.ceil(height / 2) : height
  const cx = format === 'I444' ? x : Math.floor(x / 2)
  const cy = chromaHeight === height ? y : Math.floor(y / 2)
  const sample = cy * chromaWidth + cx
  const [u, v] =
    format === 'NV12'
      ? [planes[luma + 2 * sample] ?? 0, planes[luma + 2 * sample + 1] ?? 0]
      : [planes[luma + sample] ?? 0, planes[luma + chromaWidth * chromaHeight + sample] ?? 0]
  const light = (((planes[y * width + x] ?? 0) - 16) / 219) * 255
  const [cb, cr] = [((u - 128) / 224) * 255, ((v - 128) / 224) * 255]
  const exact = [
    light + 1.5748 * cr,
    light - ((2 * 0.9278 * 0.0722) / 0.7152) * cb - ((2 * 0.7874 * 0.2126) / 0.7152) * cr,
    light + 1.8556 * cb,
  ]
  return exact.map((value) => Math.max(0, Math.min(255, value)))
}

describe('turned upright', () => {
  // A  B  C
  // D  E  F
  const letters = new Uint32Array([65, 66, 67, 68, 69, 70])
  test.each<[RawFrameHeader['rotation'], number, number, string]>([
    [0, 3, 2, 'ABC DEF'],
    [90, 2, 3, 'DA EB FC'],
    [180, 3, 2, 'FED CBA'],
    [270, 2, 3, 'CF BE AD'],
  ])('by %i degrees clockwise', (rotation, width, height, rows) => {
    const pixels = toUprightRgba(
      header({ format: 'RGBA', matrix: 'rgb', width: 3, height: 2, rotation }),
      new Uint8Array(letters.buffer),
    )
    expect([pixels.width, pixels.height]).toEqual([width, height])
    const seen = String.fromCharCode(...new Uint32Array(pixels.data.buffer as ArrayBuffer))
    expect(seen.match(new RegExp(`.{${width}}`, 'g'))?.join(' ')).toBe(rows)
  })
})
