/** PNG with one number of 16 bits a pixel, and no other: what label maps with object ids are kept in. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { MOST_MASK_PIXELS } from '#shared/geometry/mask.ts'

export interface Gray16 {
  readonly width: number
  readonly height: number
  /** Row by row. */
  readonly data: Uint16Array
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const [GRAY, DEPTH] = [0, 16]
/** Filter types: none, left, up, mean of both, Paeth. */
const UP = 2

/** Rows are told by what differs from the row above: flat areas become zeros, which pack to nothing. */
export function encodeGray16({ width, height, data }: Gray16): Buffer {
  const stride = 2 * width
  const raw = Buffer.alloc(height * (stride + 1))
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1)
    raw[start] = UP
    for (let x = 0; x < width; x += 1) {
      const value = data[y * width + x] ?? 0
      const above = y === 0 ? 0 : (data[(y - 1) * width + x] ?? 0)
      raw[start + 1 + 2 * x] = (value >> 8) - (above >> 8)
      raw[start + 2 + 2 * x] = (value & 0xff) - (above & 0xff)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = DEPTH
  head[9] = GRAY
  const parts = [
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([SIGNATURE, ...parts])
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(data.length + 12)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8)
  return out
}

/** Says what is wrong with the picture and does not come back. */
type Refuse = (problem: string) => never

export function decodeGray16(file: Uint8Array, refuse: Refuse): Gray16 {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) refuse('it is not a PNG file')
  const { head, packed } = readChunks(bytes, refuse)
  const [width, height] = readHead(head, refuse)
  const raw = unpack(packed, height * (2 * width + 1), refuse)
  unfilter(raw, 2 * width, height, refuse)
  const data = new Uint16Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const start = y * (2 * width + 1) + 1
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = ((raw[start + 2 * x] ?? 0) << 8) | (raw[start + 2 * x + 1] ?? 0)
    }
  }
  return { width, height, data }
}

function readChunks(bytes: Buffer, refuse: Refuse): { head: Buffer; packed: Buffer } {
  let head: Buffer | null = null
  const packed: Buffer[] = []
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IEND') break
    if (at + 12 + length > bytes.length) refuse('it is cut off')
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') head = data
    if (type === 'IDAT') packed.push(data)
    at += 12 + length
  }
  if (head?.length !== 13) return refuse('it has no header')
  return { head, packed: Buffer.concat(packed) }
}

function readHead(head: Buffer, refuse: Refuse): [width: number, height: number] {
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  if (head[8] !== DEPTH || head[9] !== GRAY) refuse('it must be grayscale with 16 bits a pixel')
  if (head[12] !== 0) refuse('interlaced PNG files are not read here')
  if (width === 0 || height === 0) refuse('it has no pixels')
  if (width * height > MOST_MASK_PIXELS) refuse(`${width} x ${height} pixels are too many`)
  return [width, height]
}

function unpack(packed: Buffer, length: number, refuse: Refuse): Buffer {
  try {
    const raw = inflateSync(packed, { maxOutputLength: length })
    if (raw.length === length) return raw
  } catch {
    return refuse('its pixels are damaged')
  }
  return refuse('it has fewer pixels than its header says')
}

/** In place, row after row. */
function unfilter(raw: Buffer, stride: number, height: number, refuse: Refuse): void {
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1)
    const above = y === 0 ? -1 : start - stride
    const filter = raw[start] ?? 0
    if (filter > 4) refuse('its pixels are damaged')
    if (filter === 0) continue
    for (let i = 0; i < stride; i += 1) {
      const at = start + 1 + i
      const left = i < 2 ? 0 : (raw[at - 2] ?? 0)
      const up = above < 0 ? 0 : (raw[above + i] ?? 0)
      const corner = above < 0 || i < 2 ? 0 : (raw[above + i - 2] ?? 0)
      raw[at] = (raw[at] ?? 0) + predicted(filter, left, up, corner)
    }
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === UP) return up
  if (filter === 3) return (left + up) >> 1
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
