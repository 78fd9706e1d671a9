/** Windows bitmaps: written with 24 bits a pixel, read as most programs write them. */
import { MOST_MASK_PIXELS } from '#shared/geometry/mask.ts'
import type { Raster } from '../common/png/encode.ts'
import type { Refuse } from '../common/png/file.ts'
import type { ReadRow } from '../common/png/rows.ts'

const [FILE_HEADER, INFO_HEADER, CORE_HEADER] = [14, 40, 12]
/** Kinds of compression: none, and colours by bit masks. */
const [PLAIN, BIT_FIELDS] = [0, 3]

/**
 * Pixels that are the numbers of objects, each shown as its colour.
 * @param colors  0xrrggbb by number
 */
export function encodeBmp({ width, height, data }: Raster, colors: ArrayLike<number>): Buffer {
  const stride = strideOf(width, 24)
  const start = FILE_HEADER + INFO_HEADER
  const file = Buffer.alloc(start + stride * height)
  file.write('BM', 0, 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(start, 10)
  file.writeUInt32LE(INFO_HEADER, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  file.writeUInt32LE(stride * height, 34)
  for (let y = 0; y < height; y += 1) {
    // The lowest row comes first.
    let at = start + (height - 1 - y) * stride
    for (let i = y * width; i < (y + 1) * width; i += 1, at += 3) {
      const color = colors[data[i] ?? 0] ?? 0
      file[at] = color
      file[at + 1] = color >> 8
      file[at + 2] = color >> 16
    }
  }
  return file
}

/** Rows end on a multiple of four bytes. */
function strideOf(width: number, bits: number): number {
  return 4 * Math.ceil((width * bits) / 32)
}

export interface Picture {
  readonly width: number
  readonly height: number
  /** Colours 0xrrggbb. */
  readonly readRow: ReadRow
}

/** @param refuse says what is wrong with the picture and does not come back */
export function decodeBmp(bytes: Uint8Array, refuse: Refuse): Picture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = readHeader(file, refuse)
  const { width, height, bits, start, isTopDown } = header
  const stride = strideOf(width, bits)
  if (start + stride * height > file.length) refuse('it is cut off')
  const rowAt = (y: number) => start + (isTopDown ? y : height - 1 - y) * stride
  const palette = bits <= 8 ? readPalette(file, header) : null
  const readRow: ReadRow = (y, row) => {
    if (palette === null) readColors(file, rowAt(y), bits / 8, row)
    else {
      readNumbers(file, rowAt(y), bits, row)
      for (let x = 0; x < width; x += 1) row[x] = palette[row[x] ?? 0] ?? 0
    }
  }
  return { width, height, readRow }
}

interface BmpHeader {
  readonly width: number
  readonly height: number
  readonly isTopDown: boolean
  /** Of a pixel. */
  readonly bits: number
  /** Where the pixels begin. */
  readonly start: number
  /** Where the colours of a palette begin, and how many bytes and colours it has. */
  readonly palette: { readonly at: number; readonly bytes: 3 | 4; readonly count: number }
}

function readHeader(file: Buffer, refuse: Refuse): BmpHeader {
  if (file.length < FILE_HEADER + CORE_HEADER || file.toString('latin1', 0, 2) !== 'BM') {
    refuse('it is not a BMP file')
  }
  const size = file.readUInt32LE(14)
  const isCore = size === CORE_HEADER
  if (!isCore && (size < INFO_HEADER || file.length < FILE_HEADER + INFO_HEADER)) {
    refuse('its header is damaged')
  }
  const width = isCore ? file.readUInt16LE(18) : file.readInt32LE(18)
  const rows = isCore ? file.readUInt16LE(20) : file.readInt32LE(22)
  const bits = file.readUInt16LE(isCore ? 24 : 28)
  const compression = isCore ? PLAIN : file.readUInt32LE(30)
  const isPlain = compression === PLAIN || (compression === BIT_FIELDS && bits === 32)
  if (![1, 4, 8, 24, 32].includes(bits) || !isPlain) {
    refuse('it must be a BMP file without compression, with 1, 4, 8, 24 or 32 bits a pixel')
  }
  const height = Math.abs(rows)
  if (width <= 0 || height === 0) refuse('it has no pixels')
  if (width * height > MOST_MASK_PIXELS) refuse(`${width} x ${height} pixels are too many`)
  const said = isCore ? 0 : file.readUInt32LE(46)
  const count = Math.min(256, said === 0 ? 2 ** Math.min(8, bits) : said)
  const palette = { at: FILE_HEADER + size, bytes: isCore ? 3 : 4, count } as const
  return { width, height, isTopDown: rows < 0, bits, start: file.readUInt32LE(10), palette }
}

/** 256 colours, black where the file has fewer. */
function readPalette(file: Buffer, { palette: { at, bytes, count } }: BmpHeader): Uint32Array {
  const colors = new Uint32Array(256)
  for (let i = 0; i < count && at + i * bytes + 3 <= file.length; i += 1) {
    colors[i] = file.readUIntLE(at + i * bytes, 3)
  }
  return colors
}

/** Numbers of the palette, several to a byte where they are small: the first in the highest bits. */
function readNumbers(file: Buffer, at: number, bits: number, row: Uint32Array): void {
  const mask = 2 ** bits - 1
  for (let x = 0; x < row.length; x += 1) {
    const bit = x * bits
    row[x] = ((file[at + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask
  }
}

function readColors(file: Buffer, start: number, bytes: number, row: Uint32Array): void {
  for (let x = 0, at = start; x < row.length; x += 1, at += bytes) {
    row[x] = (file[at] ?? 0) | ((file[at + 1] ?? 0) << 8) | ((file[at + 2] ?? 0) << 16)
  }
}
