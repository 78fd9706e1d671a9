/** Tiny pictures for tests, made here so that what is in them can be read off the code. */
import sharp from 'sharp'

export const WIDTH = 40
export const HEIGHT = 20

export type Colour = 'red' | 'green' | 'blue' | 'white' | 'other'
const RGB: Record<Exclude<Colour, 'other'>, [number, number, number]> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
}

/** Stored pixels, before any EXIF turn: red top left, green top right, blue bottom left, white bottom right. */
function quarters(): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3)
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const row = y < HEIGHT / 2 ? (['red', 'green'] as const) : (['blue', 'white'] as const)
      pixels.set(RGB[x < WIDTH / 2 ? row[0] : row[1]], (y * WIDTH + x) * 3)
    }
  }
  return pixels
}

export type SharpFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'

/** 40 × 20 pixels as stored; orientation as in EXIF. */
export function picture(format: SharpFormat, orientation?: number): Promise<Buffer> {
  const plain = sharp(quarters(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
  const turned = orientation ? plain.withMetadata({ orientation }) : plain
  return turned.toFormat(format, format === 'webp' ? { lossless: true } : {}).toBuffer()
}

/** The same picture as an uncompressed BMP, bottom row first. */
export function bmp(): Buffer {
  const head = bmpHead(24, WIDTH * 3 * HEIGHT, 54)
  const rows: Buffer[] = []
  const pixels = quarters()
  for (let y = HEIGHT - 1; y >= 0; y -= 1) {
    const row = Buffer.from(pixels.subarray(y * WIDTH * 3, (y + 1) * WIDTH * 3))
    for (let at = 0; at < row.length; at += 3) row.subarray(at, at + 3).reverse()
    rows.push(row)
  }
  return Buffer.concat([head, ...rows])
}

/** A BMP with a palette: all red. Browsers vary on these, so it goes through FFmpeg. */
export function paletteBmp(): Buffer {
  const palette = Buffer.alloc(256 * 4)
  palette.set([0, 0, 255, 0], 4)
  const size = WIDTH * HEIGHT
  return Buffer.concat([bmpHead(8, size, 54 + palette.length), palette, Buffer.alloc(size, 1)])
}

function bmpHead(bits: number, pixelBytes: number, dataOffset: number): Buffer {
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(dataOffset + pixelBytes, 2)
  head.writeUInt32LE(dataOffset, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(WIDTH, 18)
  head.writeInt32LE(HEIGHT, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(bits, 28)
  head.writeUInt32LE(pixelBytes, 34)
  return head
}

/** 16-bit grayscale with values from 1000 (top left) to 1000 + 40 × 20 - 1: nearly black unless stretched. */
export function deepGray(): Uint16Array {
  return Uint16Array.from({ length: WIDTH * HEIGHT }, (_, at) => 1000 + at)
}

export function deepPng(): Promise<Buffer> {
  const raw = { width: WIDTH, height: HEIGHT, channels: 1 as const }
  return sharp(deepGray(), { raw }).toColourspace('grey16').png().toBuffer()
}

const SHORT = 3
const LONG = 4

/** An uncompressed grayscale TIFF. `sample`: 1 unsigned, 2 signed, 3 float. */
export function grayTiff(
  values: Uint16Array | Int16Array | Float32Array,
  sample: 1 | 2 | 3,
  orientation = 1,
): Buffer {
  const data = Buffer.from(values.buffer)
  const tags: [tag: number, type: number, value: number][] = [
    [256, LONG, WIDTH],
    [257, LONG, HEIGHT],
    [258, SHORT, values.BYTES_PER_ELEMENT * 8],
    [259, SHORT, 1],
    [262, SHORT, 1],
    [273, LONG, 8],
    [274, SHORT, orientation],
    [277, SHORT, 1],
    [278, LONG, HEIGHT],
    [279, LONG, data.length],
    [339, SHORT, sample],
  ]
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(8 + data.length, 4)
  const directory = Buffer.alloc(2 + tags.length * 12 + 4)
  directory.writeUInt16LE(tags.length, 0)
  for (const [at, [tag, type, value]] of tags.entries()) {
    const offset = 2 + at * 12
    directory.writeUInt16LE(tag, offset)
    directory.writeUInt16LE(type, offset + 2)
    directory.writeUInt32LE(1, offset + 4)
    if (type === SHORT) directory.writeUInt16LE(value, offset + 8)
    else directory.writeUInt32LE(value, offset + 8)
  }
  return Buffer.concat([head, data, directory])
}

/** Decoded as it is stored, unturned. */
export async function pixelsOf(encoded: Uint8Array) {
  const { data, info } = await sharp(encoded).raw().toBuffer({ resolveWithObject: true })
  const pixel = (x: number, y: number) => {
    const at = (y * info.width + x) * info.channels
    return [...data.subarray(at, at + info.channels)]
  }
  return { width: info.width, height: info.height, pixel }
}

/** The colours of the top left and top right corner. */
export async function topCorners(encoded: Uint8Array): Promise<[Colour, Colour]> {
  const { width, pixel } = await pixelsOf(encoded)
  return [nameOf(pixel(2, 2)), nameOf(pixel(width - 3, 2))]
}

function nameOf(pixel: readonly number[]): Colour {
  for (const [name, rgb] of Object.entries(RGB)) {
    if (rgb.every((value, at) => Math.abs(value - (pixel[at] ?? 0)) < 40)) return name as Colour
  }
  return 'other'
}

/** The top corners people see for each EXIF orientation of the picture above. */
export const UPRIGHT_CORNERS: readonly [orientation: number, left: Colour, right: Colour][] = [
  [1, 'red', 'green'],
  [2, 'green', 'red'],
  [3, 'white', 'blue'],
  [4, 'blue', 'white'],
  [5, 'red', 'blue'],
  [6, 'blue', 'red'],
  [7, 'white', 'green'],
  [8, 'green', 'white'],
]
