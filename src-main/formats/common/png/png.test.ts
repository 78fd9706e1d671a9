import { readFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePng, type Png } from './decode.ts'
import {
  encodeColored,
  encodeGray8,
  encodeGray16,
  encodePalette,
  encodeRgb,
  encodeRgba,
  encodeValues8,
  encodeValues16,
} from './encode.ts'
import { colorRows, isGray, valueRows } from './rows.ts'

const refuse = (problem: string): never => {
  throw new Error(problem)
}
const decode = (file: Uint8Array): Png => decodePng(file, refuse)
const testdata = (name: string) => readFile(new URL(`./testdata/${name}`, import.meta.url))

const DEPTHS = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }
const CHANNELS = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
])

/** Written by a few lines of Python, each row with another filter, and opened with OpenCV. */
const everyKind = Object.entries(DEPTHS).flatMap(([kind, depths]) =>
  depths.flatMap((depth) => [0, 1].map((interlaced) => [Number(kind), depth, interlaced] as const)),
)

describe('reading', () => {
  test.each(everyKind)('colour type %i with %i bits, interlaced %i', async (kind, depth, laced) => {
    const png = decode(await testdata(`${kind}-${depth}-${laced}.png`))
    const channels = CHANNELS.get(kind) ?? 0
    const sample = (x: number, y: number, c: number) => {
      const value = x * 7 + y * 13 + c * 29
      return (depth === 16 ? value * 257 + x * y : value) % 2 ** depth
    }
    const expected: number[] = []
    for (let i = 0; i < 13 * 11 * channels; i += 1) {
      const pixel = Math.floor(i / channels)
      expected.push(sample(pixel % 13, Math.floor(pixel / 13), i % channels))
    }
    expect(png).toMatchObject({ width: 13, height: 11, channels, depth, isInterlaced: laced === 1 })
    expect([...png.samples]).toEqual(expected)
    const colors = Array.from(png.palette ?? [], (color, i) => [i, color])
    expect(colors).toEqual(
      Array.from({ length: kind === 3 ? 2 ** depth : 0 }, (_, i) => [i, paletteColor(i)]),
    )
  })

  function paletteColor(i: number): number {
    const [red = 0, green = 0, blue = 0] = [0, 11, 22].map((shift) => (i * 37 + shift) % 256)
    return (red << 16) | (green << 8) | blue
  }

  test('rows filtered in all five ways, as OpenCV writes them', async () => {
    const { width, height, samples } = decode(await testdata('slopes.png'))
    const rows = Array.from({ length: height }, (_, y) => [
      ...samples.subarray(y * width, (y + 1) * width),
    ])
    const expected = rows.map((row, y) => row.map((_, x) => (x * 2700 + y * y * 137) % 65536))
    expect([height, width]).toEqual([11, 24])
    expect(rows).toEqual(expected)
  })

  const rowOf = (png: Png, read: ReturnType<typeof colorRows>, y = 0): string[] => {
    const row = new Uint32Array(png.width)
    read(y, row)
    return Array.from(row, (value) => value.toString(16))
  }

  test('rows as numbers and as colours', async () => {
    const palette = decode(
      encodePalette({ width: 3, height: 1, data: Uint8Array.of(1, 0, 2) }, [0, 0x800000, 0xabcdef]),
    )
    expect(rowOf(palette, valueRows(palette))).toEqual(['1', '0', '2'])
    expect(rowOf(palette, colorRows(palette))).toEqual(['800000', '0', 'abcdef'])
    expect(isGray(palette)).toBe(false)
    const deep = decode(encodeGray16({ width: 2, height: 1, data: Uint16Array.of(0x1234, 0xffff) }))
    expect(rowOf(deep, valueRows(deep))).toEqual(['1234', 'ffff'])
    expect(rowOf(deep, colorRows(deep))).toEqual(['121212', 'ffffff'])
    const bits = decode(await testdata('0-1-0.png'))
    expect(new Set(rowOf(bits, colorRows(bits)))).toEqual(new Set(['0', 'ffffff']))
    const opaque = decode(encodeRgba({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 0) }))
    expect(rowOf(opaque, colorRows(opaque))).toEqual(['10203'])
    const deepColor = decode(await testdata('2-16-0.png'))
    const [first] = rowOf(deepColor, colorRows(deepColor), 1)
    expect(first).toBe('d2a47')
  })
})

describe('what is written is read', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  const pictures = (channels: number, most: number) =>
    sizes.chain(([width, height]) => {
      const length = width * height * channels
      // Few values: rows that are the same as the one above are what is written in another way.
      const value = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: most }))
      return fc
        .array(value, { minLength: length, maxLength: length })
        .map((data) => ({ width, height, data }))
    })

  test.each([
    ['gray', 1, encodeGray8],
    ['rgb', 3, encodeRgb],
    ['rgba', 4, encodeRgba],
  ] as const)('%s', (kind, channels, encode) => {
    fc.assert(
      fc.property(pictures(channels, 255), ({ width, height, data }) => {
        const png = decode(encode({ width, height, data: Uint8Array.from(data) }))
        expect(png).toMatchObject({ width, height, kind, depth: 8 })
        expect([...png.samples]).toEqual(data)
      }),
    )
  })

  test('16 bits', () => {
    fc.assert(
      fc.property(pictures(1, 65535), ({ width, height, data }) => {
        const png = decode(encodeGray16({ width, height, data: Uint16Array.from(data) }))
        expect(png).toMatchObject({ kind: 'gray', depth: 16 })
        expect([...png.samples]).toEqual(data)
      }),
    )
  })

  test('objects by tables of colours and values', () => {
    const colors = Array.from({ length: 300 }, (_, i) => (i * 1234567) & 0xffffff)
    fc.assert(
      fc.property(pictures(1, 299), ({ width, height, data }) => {
        const picture = { width, height, data: Uint16Array.from(data) }
        const rgb = decode(encodeColored(picture, colors))
        const row = new Uint32Array(width)
        const rows = Array.from({ length: height }, (_, y) => {
          colorRows(rgb)(y, row)
          return [...row]
        })
        expect(rows.flat()).toEqual(data.map((i) => colors[i]))
        const deep = decode(
          encodeValues16(
            picture,
            colors.map((color) => color & 0xffff),
          ),
        )
        expect([...deep.samples]).toEqual(data.map((i) => (colors[i] ?? 0) & 0xffff))
        const flat = decode(
          encodeValues8(
            picture,
            colors.map((color) => color & 0xff),
          ),
        )
        expect([...flat.samples]).toEqual(data.map((i) => (colors[i] ?? 0) & 0xff))
      }),
    )
  })
})

describe('refused', () => {
  const whole = encodeGray16({
    width: 6,
    height: 4,
    data: Uint16Array.from({ length: 24 }, Number),
  })

  /** Another byte in the header, its checksum put right. */
  const header = (at: number, byte: number): Buffer => {
    const copy = Buffer.from(whole)
    copy[at] = byte
    copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29)
    return copy
  }
  const damaged = (at: number): Buffer => {
    const copy = Buffer.from(whole)
    copy[at] = 7
    return copy
  }
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(data.length, 0)
    head.write(type, 4, 'latin1')
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type), data])), 0)
    return Buffer.concat([head, data, tail])
  }
  const withRaw = (raw: Buffer): Buffer => {
    const one = encodeGray8({ width: 1, height: 1, data: Uint8Array.of(1) })
    return Buffer.concat([one.subarray(0, 33), chunk('IDAT', deflateSync(raw))])
  }

  test.each([
    ['another file', Buffer.from('GIF89a..........'), 'it is not a PNG file'],
    ['a kind that is none', header(25, 5), 'no PNG file has colours of type 5 with 16 bits'],
    ['bits a kind does not have', header(25, 3), 'colours of type 3 with 16 bits'],
    ['a header of another method', header(26, 1), 'its header is damaged'],
    ['a width of millions', header(16, 255), 'pixels are too many'],
    ['no width', header(19, 0), 'it has no pixels'],
    ['more pixels than there are', header(23, 9), 'fewer pixels'],
    ['many more pixels than deflate can hold', header(21, 200), 'fewer pixels'],
    ['fewer pixels than there are', header(23, 1), 'damaged'],
    ['a cut file', whole.subarray(0, 60), 'it is cut off'],
    ['a file without a header', whole.subarray(0, 8), 'it has no header'],
    ['a damaged header', damaged(19), 'a checksum is wrong'],
    ['damaged pixels', damaged(50), 'a checksum is wrong'],
    ['an unknown filter', withRaw(Buffer.from([9, 0])), 'damaged'],
  ])('%s', (_name, bytes, message) => {
    expect(() => decode(bytes)).toThrow(message)
  })

  test('a picture of a palette that is not there', () => {
    const file = encodePalette({ width: 1, height: 1, data: Uint8Array.of(1) }, [1, 2])
    const without = Buffer.concat([file.subarray(0, 33), file.subarray(33 + 12 + 6)])
    expect(() => decode(without)).toThrow('it has no palette')
  })

  test('or read whole: any header over any pixels', () => {
    const kinds = everyKind.map(([kind, depth, laced]) => [depth, kind, 0, 0, laced])
    const side = fc.integer({ min: 1, max: 20 })
    const raw = fc.uint8Array({ maxLength: 400, max: 5 })
    fc.assert(
      fc.property(fc.constantFrom(...kinds), side, side, raw, (kind, width, height, bytes) => {
        const head = Buffer.from([0, 0, 0, width, 0, 0, 0, height, ...kind])
        const palette = chunk('PLTE', Buffer.from([1, 2, 3]))
        const data = chunk('IDAT', deflateSync(bytes))
        const file = Buffer.concat([whole.subarray(0, 8), chunk('IHDR', head), palette, data])
        let problem = ''
        try {
          const { samples, channels } = decodePng(file, (text) => {
            problem = text
            throw new Error(text)
          })
          expect(samples).toHaveLength(width * height * channels)
        } catch (error) {
          expect(String(error)).toBe(`Error: ${problem}`)
        }
      }),
      { numRuns: 500 },
    )
  })
})
