/** What a PNG file is made of: a signature, a header and chunks with checksums. No pixels here. */
import { crc32 } from 'node:zlib'
import { MOST_MASK_PIXELS } from '#shared/geometry/mask.ts'

/** Says what is wrong with the picture and does not come back. */
export type Refuse = (problem: string) => never

export type PngKind = 'gray' | 'rgb' | 'palette' | 'gray-alpha' | 'rgba'

/** The header's number of a kind, its samples for each pixel, and the bits a sample may have. */
const KINDS: Readonly<
  Record<PngKind, { code: number; channels: number; depths: readonly number[] }>
> = {
  gray: { code: 0, channels: 1, depths: [1, 2, 4, 8, 16] },
  rgb: { code: 2, channels: 3, depths: [8, 16] },
  palette: { code: 3, channels: 1, depths: [1, 2, 4, 8] },
  'gray-alpha': { code: 4, channels: 2, depths: [8, 16] },
  rgba: { code: 6, channels: 4, depths: [8, 16] },
}
const kinds = Object.keys(KINDS) as PngKind[]

export interface PngHeader {
  readonly width: number
  readonly height: number
  readonly kind: PngKind
  /** Samples for each pixel. */
  readonly channels: number
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number
  readonly isInterlaced: boolean
}

export interface PngChunks {
  readonly header: PngHeader
  /** 0xrrggbb; null where there is none. */
  readonly palette: Uint32Array | null
  /** Everything deflated, joined. */
  readonly packed: Buffer
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** A picture of more bytes would not fit beside its own pixels in the memory an import may take. */
const MOST_BYTES = 2 ** 29

/** Joined chunks make a file. @param palette 0xrrggbb */
export function pngFile(
  { width, height, kind, depth }: Pick<PngHeader, 'width' | 'height' | 'kind' | 'depth'>,
  packed: Buffer,
  palette?: ArrayLike<number>,
): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = depth
  head[9] = KINDS[kind].code
  const colors = palette === undefined ? [] : [chunk('PLTE', paletteBytes(palette))]
  const parts = [chunk('IHDR', head), ...colors, chunk('IDAT', packed)]
  return Buffer.concat([SIGNATURE, ...parts, chunk('IEND', Buffer.alloc(0))])
}

function paletteBytes(palette: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(3 * palette.length)
  for (let i = 0; i < palette.length; i += 1) bytes.writeUIntBE(palette[i] ?? 0, 3 * i, 3)
  return bytes
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(data.length + 12)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8)
  return out
}

/**
 * Header, palette and packed pixels of a file, with the checks that cost nothing. Chunks that only say how to show the
 * picture are passed over.
 */
export function readPngFile(file: Uint8Array, refuse: Refuse): PngChunks {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) refuse('it is not a PNG file')
  let header: PngHeader | null = null
  let palette: Uint32Array | null = null
  const packed: Buffer[] = []
  for (const { type, data } of chunksOf(bytes, refuse)) {
    if (type === 'IHDR') header = readHeader(data, refuse)
    else if (type === 'PLTE') palette = readPalette(data, refuse)
    else if (type === 'IDAT') packed.push(data)
  }
  if (header === null) return refuse('it has no header')
  if (header.kind === 'palette' && palette === null) refuse('it has no palette')
  const [only] = packed
  return { header, palette, packed: packed.length === 1 && only ? only : Buffer.concat(packed) }
}

/** The chunks a picture cannot be read without. Their names begin with a capital letter. */
function* chunksOf(bytes: Buffer, refuse: Refuse): Generator<{ type: string; data: Buffer }> {
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IEND') return
    const end = at + 8 + length
    if (end + 4 > bytes.length) refuse('it is cut off')
    const isNeeded = type.charCodeAt(0) < 96
    if (isNeeded && crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) {
      refuse('it is damaged: a checksum is wrong')
    }
    if (isNeeded) yield { type, data: bytes.subarray(at + 8, end) }
    at = end + 4
  }
}

function readHeader(data: Buffer, refuse: Refuse): PngHeader {
  if (data.length !== 13) return refuse('it has no header')
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)]
  const depth = data[8] ?? 0
  const kind = kinds.find((each) => KINDS[each].code === data[9])
  if (kind === undefined || !KINDS[kind].depths.includes(depth)) {
    return refuse(`no PNG file has colours of type ${data[9]} with ${depth} bits`)
  }
  if (data[10] !== 0 || data[11] !== 0 || (data[12] ?? 0) > 1) refuse('its header is damaged')
  if (width === 0 || height === 0) refuse('it has no pixels')
  const { channels } = KINDS[kind]
  const isTooLarge =
    width * height > MOST_MASK_PIXELS || (width * height * channels * depth) / 8 > MOST_BYTES
  if (isTooLarge) refuse(`${width} x ${height} pixels are too many`)
  return { width, height, kind, channels, depth, isInterlaced: data[12] === 1 }
}

function readPalette(data: Buffer, refuse: Refuse): Uint32Array {
  if (data.length % 3 !== 0 || data.length > 768) refuse('its palette is damaged')
  return Uint32Array.from({ length: data.length / 3 }, (_, i) => data.readUIntBE(3 * i, 3))
}
