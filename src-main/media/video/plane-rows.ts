import { avGetPixFmtName, type Frame } from 'node-av/lib'

/** Where the visible samples of a plane lie. */
export interface PlaneRows {
  readonly bytesPerRow: number
  readonly rows: number
}

/** Log2 of how much narrower and lower the chroma planes are. */
const CHROMA: Readonly<Record<string, readonly [across: number, down: number]>> = {
  '420': [1, 1],
  '422': [1, 0],
  '444': [0, 0],
  '440': [0, 1],
  '411': [2, 0],
  '410': [2, 2],
}

const PACKED: Readonly<Record<string, number>> = {
  gray: 1,
  gray8: 1,
  rgb24: 3,
  bgr24: 3,
  rgba: 4,
  bgra: 4,
  argb: 4,
  abgr: 4,
  rgb0: 4,
  bgr0: 4,
  '0rgb': 4,
  '0bgr': 4,
}

/**
 * The planes of a frame by its pixel format, for the formats videos come in.
 * @returns null for rare ones (palettes, bit-packed), which FFmpeg's own copy must flatten
 */
export function planeRows({ format, width, height }: Frame): readonly PlaneRows[] | null {
  const name = avGetPixFmtName(format as Parameters<typeof avGetPixFmtName>[0]) ?? ''
  const packed = PACKED[name]
  if (packed !== undefined) return [{ bytesPerRow: packed * width, rows: height }]
  if (name === 'nv12' || name === 'nv21') return semiPlanar(width, height)
  const found = /^yuvj?(4\d\d)p(?:(\d+)(le|be))?$/.exec(name)
  const chroma = CHROMA[found?.[1] ?? '']
  if (!found || !chroma) return null
  return planar(width, height, chroma, found[2] ? 2 : 1)
}

function semiPlanar(width: number, height: number): readonly PlaneRows[] {
  const half = { bytesPerRow: 2 * ((width + 1) >> 1), rows: (height + 1) >> 1 }
  return [{ bytesPerRow: width, rows: height }, half]
}

function planar(
  width: number,
  height: number,
  [across, down]: readonly [number, number],
  bytes: number,
): readonly PlaneRows[] {
  const up = (size: number, log2: number) => -(-size >> log2)
  const chroma = { bytesPerRow: bytes * up(width, across), rows: up(height, down) }
  return [{ bytesPerRow: bytes * width, rows: height }, chroma, chroma]
}
