import type { RawFrameHeader, RawMatrix } from './raw-frame.ts'

/** Weights of red and blue in luma. @see ITU-R BT.601, BT.709, BT.2020 (non-constant luminance) */
const lumaWeights: Readonly<Record<Exclude<RawMatrix, 'rgb'>, readonly [number, number]>> = {
  smpte170m: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  'bt2020-ncl': [0.2627, 0.0593],
}

/** Fractional bits: results differ from exact ones by less than 1/5,000, and the largest sum is 1.2 of 2.1 billion. */
export const YUV_BITS = 21
const ONE = 1 << YUV_BITS
const ALPHA = 0xff000000

/**
 * `channel = (y * luma + offset + (u - 128) * … + (v - 128) * …) >> 21`, cut to 0 … 255; whole numbers, so that whoever computes it
 * gets the same. Half of one is in the offset, so that cutting the fraction off rounds.
 */
export interface YuvCoefficients {
  readonly luma: number
  readonly offset: number
  readonly redOfV: number
  readonly greenOfU: number
  readonly greenOfV: number
  readonly blueOfU: number
}

export function yuvCoefficients({
  matrix,
  fullRange,
}: Pick<RawFrameHeader, 'matrix' | 'fullRange'>): YuvCoefficients {
  const [kr, kb] = lumaWeights[matrix === 'rgb' ? 'bt709' : matrix]
  const kg = 1 - kr - kb
  const [black, lumaSpan, chromaSpan] = fullRange ? [0, 255, 255] : [16, 219, 224]
  const chroma = (factor: number) => Math.round((255 / chromaSpan) * factor * ONE)
  const scale = (255 / lumaSpan) * ONE
  return {
    luma: Math.round(scale),
    offset: Math.round(ONE / 2 - black * scale),
    redOfV: chroma(2 * (1 - kr)),
    greenOfU: chroma((-2 * (1 - kb) * kb) / kg),
    greenOfV: chroma((-2 * (1 - kr) * kr) / kg),
    blueOfU: chroma(2 * (1 - kb)),
  }
}

/** Where the chroma of a pixel lies: planes (or one interleaved plane) of halved or full size. */
export interface ChromaLayout {
  /** Offsets of the first samples. */
  readonly u: number
  readonly v: number
  /** Values from one chroma sample of a row to the next. */
  readonly step: 1 | 2
  readonly rowStride: number
  readonly shiftX: 0 | 1
  readonly shiftY: 0 | 1
}

/** @param header  of any format but RGBA, which has no chroma */
export function chromaLayout({
  format,
  width,
  height,
}: Pick<RawFrameHeader, 'format' | 'width' | 'height'>): ChromaLayout {
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
 * Planes as opaque RGBA, one 32-bit word a pixel (little-endian), not turned. Chroma is that of the sample a pixel belongs to,
 * as FFmpeg's own conversion takes it. The twin of native/assembly/yuv.ts. About 12 ms for a 1080p frame.
 * @param planes  without padding, as `readRawFrame` gives them
 * @param out  width * height words, written over
 */
export function yuvToRgba(header: RawFrameHeader, planes: Uint8Array, out: Uint32Array): void {
  const { width, height } = header
  const { luma, offset, redOfV, greenOfU, greenOfV, blueOfU } = yuvCoefficients(header)
  const { u, v, step, rowStride, shiftX, shiftY } = chromaLayout(header)
  const pairs = shiftX === 1
  // Reads stay inside typed arrays of known length; the `as number` spares a check per pixel.
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = (y >> shiftY) * rowStride
    let atU = u + row
    let atV = v + row
    const end = at + width
    while (at < end) {
      const cu = (planes[atU] as number) - 128
      const cv = (planes[atV] as number) - 128
      const red = offset + cv * redOfV
      const green = offset + cu * greenOfU + cv * greenOfV
      const blue = offset + cu * blueOfU
      const light = (planes[at] as number) * luma
      out[at] = packed(light + red, light + green, light + blue)
      at += 1
      if (pairs && at < end) {
        const beside = (planes[at] as number) * luma
        out[at] = packed(beside + red, beside + green, beside + blue)
        at += 1
      }
      atU += step
      atV += step
    }
  }
}

function packed(red: number, green: number, blue: number): number {
  const r = red >> YUV_BITS
  const g = green >> YUV_BITS
  const b = blue >> YUV_BITS
  if (((r | g | b) & ~255) === 0) return ALPHA | (b << 16) | (g << 8) | r
  return ALPHA | (clamped(b) << 16) | (clamped(g) << 8) | clamped(r)
}

const clamped = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value)
