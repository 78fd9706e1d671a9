/** Every PNG picture there is, from 1-bit masks to interlaced 16-bit colours, as the samples it holds: none is scaled. */
import { inflateSync } from 'node:zlib'
import { type PngHeader, type Refuse, readPngFile } from './file.ts'
import { unfilter } from './unfilter.ts'

export interface Png extends PngHeader {
  /** Row by row, those of a pixel next to each other, one element each whatever their bits; 16 bits in a Uint16Array. */
  readonly samples: Uint8Array | Uint16Array
  /** Colours that the samples number, 0xrrggbb. */
  readonly palette: Uint32Array | null
}

/** Deflate makes no more than so many bytes of one. */
const MOST_EXPANSION = 1032

/** Where a part of the picture lies: the whole of it, or one of the seven of an interlaced one. */
interface Pass {
  readonly x: number
  readonly y: number
  readonly stepX: number
  readonly stepY: number
  readonly width: number
  readonly height: number
}

/** @param refuse says what is wrong with the picture and does not come back */
export function decodePng(file: Uint8Array, refuse: Refuse): Png {
  const { header, palette, packed } = readPngFile(file, refuse)
  const passes = passesOf(header)
  const lengths = passes.map(({ width, height }) => height * (rowBytesOf(width, header) + 1))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const raw = unpack(packed, total, refuse)
  const pixelBytes = Math.max(1, (header.channels * header.depth) >> 3)
  if (header.depth === 8 && !header.isInterlaced) {
    return { ...header, samples: inPlace(raw, header, refuse), palette }
  }
  const samples = samplesOf(header)
  let start = 0
  for (const [i, pass] of passes.entries()) {
    const rowBytes = rowBytesOf(pass.width, header)
    unfilter(raw, { start, rowBytes, height: pass.height }, pixelBytes, refuse)
    copySamples({ raw, start, rowBytes }, pass, samples, header)
    start += lengths[i] ?? 0
  }
  return { ...header, samples, palette }
}

/** The usual picture: its bytes are its samples once the numbers of the filters are gone. */
function inPlace(raw: Buffer, { width, height, channels }: PngHeader, refuse: Refuse): Uint8Array {
  const rowBytes = width * channels
  unfilter(raw, { start: 0, rowBytes, height }, channels, refuse)
  for (let y = 0; y < height; y += 1) {
    const at = y * (rowBytes + 1) + 1
    raw.copyWithin(y * rowBytes, at, at + rowBytes)
  }
  return raw.subarray(0, height * rowBytes)
}

function samplesOf({ width, height, channels, depth }: PngHeader): Uint8Array | Uint16Array {
  const length = width * height * channels
  return depth === 16 ? new Uint16Array(length) : new Uint8Array(length)
}

function rowBytesOf(width: number, { channels, depth }: PngHeader): number {
  return Math.ceil((width * channels * depth) / 8)
}

/** Adam7: first column, first row, distance of columns, of rows. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

function passesOf({ width, height, isInterlaced }: PngHeader): Pass[] {
  if (!isInterlaced) return [{ x: 0, y: 0, stepX: 1, stepY: 1, width, height }]
  const passes = ADAM7.map(([x, y, stepX, stepY]) => ({
    ...{ x, y, stepX, stepY },
    width: Math.ceil((width - x) / stepX),
    height: Math.ceil((height - y) / stepY),
  }))
  return passes.filter((pass) => pass.width > 0 && pass.height > 0)
}

/** Exactly `length` bytes, in one buffer: zlib would gather small ones and join them at the end. */
function unpack(packed: Buffer, length: number, refuse: Refuse): Buffer {
  const tooFew = 'it has fewer pixels than its header says'
  if (packed.length * MOST_EXPANSION + 64 < length) refuse(tooFew)
  try {
    const raw = inflateSync(packed, {
      maxOutputLength: length,
      chunkSize: Math.max(64, length + 1),
    })
    if (raw.length === length) return raw
  } catch {
    return refuse('its pixels are damaged')
  }
  return refuse(tooFew)
}

function copySamples(
  { raw, start, rowBytes }: { raw: Buffer; start: number; rowBytes: number },
  pass: Pass,
  samples: Uint8Array | Uint16Array,
  { width, channels, depth }: PngHeader,
): void {
  const count = pass.width * channels
  const line = new Uint16Array(depth === 8 ? 0 : count)
  for (let row = 0; row < pass.height; row += 1) {
    const at = start + row * (rowBytes + 1) + 1
    const bytes = raw.subarray(at, at + rowBytes)
    if (depth !== 8) spread(bytes, line, depth)
    const source = depth === 8 ? bytes : line
    const target = (pass.y + row * pass.stepY) * width * channels
    if (pass.stepX === 1) samples.set(source, target)
    else scatter(source, samples, target + pass.x * channels, pass.stepX * channels, channels)
  }
}

/** Samples smaller or larger than a byte, one by one: high bits and high bytes first. */
function spread(bytes: Buffer, line: Uint16Array, depth: number): void {
  if (depth === 16) {
    for (let i = 0; i < line.length; i += 1) {
      line[i] = ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)
    }
    return
  }
  const mask = (1 << depth) - 1
  for (let i = 0; i < line.length; i += 1) {
    const bit = i * depth
    line[i] = ((bytes[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & mask
  }
}

function scatter(
  source: ArrayLike<number>,
  samples: Uint8Array | Uint16Array,
  start: number,
  step: number,
  channels: number,
): void {
  for (let i = 0, at = start; i < source.length; i += channels, at += step) {
    for (let c = 0; c < channels; c += 1) samples[at + c] = source[i + c] ?? 0
  }
}
