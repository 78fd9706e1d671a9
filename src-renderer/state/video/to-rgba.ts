import type { RawFrameHeader, RawMatrix } from '#shared/media/raw-frame.ts'
import type { Pixels } from '../picture/tone.ts'

/** Weights of red and blue in luma. @see ITU-R BT.601, BT.709, BT.2020 (non-constant luminance) */
const lumaWeights: Readonly<Record<Exclude<RawMatrix, 'rgb'>, readonly [number, number]>> = {
  smpte170m: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  'bt2020-ncl': [0.2627, 0.0593],
}

/** 16 fractional bits: every result is the rounded exact one, and sums stay far inside 32 bits. */
const ONE = 1 << 16
const ALPHA = 0xff000000

/** What each luma or chroma value adds to a channel, in 1/65536. */
interface Tables {
  readonly luma: Int32Array
  readonly redOfV: Int32Array
  readonly greenOfU: Int32Array
  readonly greenOfV: Int32Array
  readonly blueOfU: Int32Array
}

const known = new Map<string, Tables>()

function tablesOf(matrix: Exclude<RawMatrix, 'rgb'>, fullRange: boolean): Tables {
  const key = `${matrix} ${fullRange}`
  const tables = known.get(key) ?? makeTables(matrix, fullRange)
  known.set(key, tables)
  return tables
}

function makeTables(matrix: Exclude<RawMatrix, 'rgb'>, fullRange: boolean): Tables {
  const [kr, kb] = lumaWeights[matrix]
  const kg = 1 - kr - kb
  const [black, lumaSpan, chromaSpan] = fullRange ? [0, 255, 255] : [16, 219, 224]
  const chroma = (factor: number) =>
    Int32Array.from({ length: 256 }, (_, value) =>
      Math.round((((value - 128) * 255) / chromaSpan) * factor * ONE),
    )
  return {
    // Half of one is added here once, so that cutting the fraction off rounds.
    luma: Int32Array.from({ length: 256 }, (_, value) =>
      Math.round((((value - black) * 255) / lumaSpan) * ONE + ONE / 2),
    ),
    redOfV: chroma(2 * (1 - kr)),
    blueOfU: chroma(2 * (1 - kb)),
    greenOfU: chroma((-2 * (1 - kb) * kb) / kg),
    greenOfV: chroma((-2 * (1 - kr) * kr) / kg),
  }
}

/** Where the chroma of a pixel lies: planes (or one interleaved plane) of halved or full size. */
interface ChromaLayout {
  readonly u: number
  readonly v: number
  /** Values from one chroma sample of a row to the next. */
  readonly step: 1 | 2
  readonly rowStride: number
  readonly shiftX: 0 | 1
  readonly shiftY: 0 | 1
}

function layoutOf({ format, width, height }: RawFrameHeader): ChromaLayout {
  const luma = width * height
  const [halfWidth, halfHeight] = [(width + 1) >> 1, (height + 1) >> 1]
  switch (format) {
    case 'NV12':
      return { u: luma, v: luma + 1, step: 2, rowStride: 2 * halfWidth, shiftX: 1, shiftY: 1 }
    case 'I422':
      return {
        ...{ u: luma, v: luma + halfWidth * height, step: 1 },
        ...{ rowStride: halfWidth, shiftX: 1, shiftY: 0 },
      }
    case 'I444':
      return { u: luma, v: 2 * luma, step: 1, rowStride: width, shiftX: 0, shiftY: 0 }
    default:
      return {
        ...{ u: luma, v: luma + halfWidth * halfHeight, step: 1 },
        ...{ rowStride: halfWidth, shiftX: 1, shiftY: 1 },
      }
  }
}

/**
 * A raw frame as upright, opaque RGBA. Chroma is that of the sample a pixel belongs to, as FFmpeg's own conversion takes it.
 *
 * Chromium's conversion of a `VideoFrame` is not used: its blue is cut off at twice the chroma (up to 14 of 255 too little in
 * BT.709), so a pixel would not be what exports write; and it is no faster (1080p: 14 ms against 12 + 5).
 * @param planes  the frame's planes without padding, as `readRawFrame` gives them
 * @param reuse  8 MB a frame are made faster than they are collected: the pixels of an earlier frame nobody needs any more
 */
export function toUprightRgba(
  header: RawFrameHeader,
  planes: Uint8Array,
  reuse: Pixels | null = null,
): Pixels {
  const { width, height } = header
  const stored =
    header.format === 'RGBA'
      ? new Uint32Array(planes.slice().buffer)
      : yuvToRgba(header, planes, wordsFor(width * height, reuse))
  const words = turned(stored, width, height, header.rotation)
  const isOnItsSide = header.rotation === 90 || header.rotation === 270
  return {
    width: isOnItsSide ? height : width,
    height: isOnItsSide ? width : height,
    data: new Uint8ClampedArray(words.buffer),
  }
}

function wordsFor(count: number, reuse: Pixels | null): Uint32Array<ArrayBuffer> {
  const buffer = reuse?.data.buffer
  if (buffer instanceof ArrayBuffer && buffer.byteLength === 4 * count)
    return new Uint32Array(buffer)
  return new Uint32Array(count)
}

/** The hot loop: about 12 ms for a 1080p frame. Pixels go in pairs, which share their chroma wherever it is halved. */
function yuvToRgba(
  header: RawFrameHeader,
  planes: Uint8Array,
  out: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  const { width, height, fullRange } = header
  const matrix = header.matrix === 'rgb' ? 'bt709' : header.matrix
  const { luma, redOfV, greenOfU, greenOfV, blueOfU } = tablesOf(matrix, fullRange)
  const { u, v, step, rowStride, shiftX, shiftY } = layoutOf(header)
  const pairs = shiftX === 1
  // Reads stay inside typed arrays of known length; the `as number` spares a check per pixel.
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = (y >> shiftY) * rowStride
    let atU = u + row
    let atV = v + row
    const end = at + width
    while (at < end) {
      const cu = planes[atU] as number
      const cv = planes[atV] as number
      const red = redOfV[cv] as number
      const green = (greenOfU[cu] as number) + (greenOfV[cv] as number)
      const blue = blueOfU[cu] as number
      const light = luma[planes[at] as number] as number
      out[at] = packed((light + red) >> 16, (light + green) >> 16, (light + blue) >> 16)
      at += 1
      if (pairs && at < end) {
        const beside = luma[planes[at] as number] as number
        out[at] = packed((beside + red) >> 16, (beside + green) >> 16, (beside + blue) >> 16)
        at += 1
      }
      atU += step
      atV += step
    }
  }
  return out
}

function packed(r: number, g: number, b: number): number {
  if (((r | g | b) & ~255) === 0) return ALPHA | (b << 16) | (g << 8) | r
  return ALPHA | (clamped(b) << 16) | (clamped(g) << 8) | clamped(r)
}

const clamped = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value)

/** Pixels turned clockwise. @param words  one a pixel, row by row; given back as they are where nothing turns */
function turned(
  words: Uint32Array<ArrayBuffer>,
  width: number,
  height: number,
  rotation: RawFrameHeader['rotation'],
): Uint32Array<ArrayBuffer> {
  if (rotation === 0) return words
  if (rotation === 180) return words.reverse()
  const out = new Uint32Array(words.length)
  // A stored row becomes a column: the right one first for a quarter turn, the left one first for three.
  const [first, along] = rotation === 90 ? [height - 1, height] : [(width - 1) * height, -height]
  const next = rotation === 90 ? -1 : 1
  for (let y = 0, at = 0; y < height; y += 1) {
    let to = first + y * next
    for (let x = 0; x < width; x += 1, at += 1, to += along) out[to] = words[at] as number
  }
  return out
}
