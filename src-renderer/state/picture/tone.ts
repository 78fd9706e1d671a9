/** How a picture's values become what is seen. Nothing of it touches a file. */
export interface Tone {
  /** Spread the values so that each is about as frequent: over the whole picture, or tile by tile (CLAHE). */
  readonly equalize: 'off' | 'global' | 'clahe'
  /** CLAHE's clip limit: how often a value may be, in multiples of the even share. 1 changes nothing. */
  readonly claheClip: number
  /** Deep (16 bit, float) pictures: which values become black and white. null: no window, as the core shows them. */
  readonly window: Window | null
}

/** In the picture's own units; null = its own least and most. */
export interface Window {
  readonly low: number | null
  readonly high: number | null
}

/** RGBA, 8 bit, not premultiplied, row by row from the top. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/**
 * A single-channel picture with all its bits: what `GET /frames/…?quality=deep` answers.
 * A stored value v means `min + v / 65535 * (max - min)` in the picture's own units.
 */
export interface DeepPicture {
  readonly width: number
  readonly height: number
  readonly min: number
  readonly max: number
  /** The values that really occur. */
  readonly least: number
  readonly most: number
  readonly values: Uint16Array
}

export const DEEP_TYPE = 'application/vnd.fieldmark.deep'
const HEAD_BYTES = 40

/** Little-endian: width, height (uint32), min, max, least, most (float64), then the values (uint16). @throws RangeError when it is cut short */
export function readDeep(buffer: ArrayBuffer): DeepPicture {
  const head = new DataView(buffer)
  const [width, height] = [head.getUint32(0, true), head.getUint32(4, true)]
  const values = new Uint16Array(buffer, HEAD_BYTES, width * height)
  const [min = 0, max = 0, least = 0, most = 0] = [8, 16, 24, 32].map((at) =>
    head.getFloat64(at, true),
  )
  return { width, height, min, max, least, most, values }
}

/** Values from `low` to `high` as 0 … 255, those outside black or white; gray RGBA. A `high` below `low` turns it negative. */
export function windowed(deep: DeepPicture, window: Window): Pixels {
  const span = deep.max - deep.min || 1
  const low = (((window.low ?? deep.least) - deep.min) / span) * 65_535
  const high = (((window.high ?? deep.most) - deep.min) / span) * 65_535
  const table = new Uint8ClampedArray(65_536)
  const scale = high === low ? 0 : 255 / (high - low)
  for (let value = 0; value < 65_536; value += 1)
    table[value] = scale === 0 ? (value >= high ? 255 : 0) : (value - low) * scale
  const words = new Uint32Array(deep.values.length)
  for (let at = 0; at < words.length; at += 1) {
    const gray = table[deep.values[at] ?? 0] ?? 0
    words[at] = 0xff000000 | (gray << 16) | (gray << 8) | gray
  }
  return { ...deep, data: new Uint8ClampedArray(words.buffer) }
}
