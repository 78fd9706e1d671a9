import type { FrameBytes, FrameStrip } from '../../core/ports.ts'
import { loadSharp } from '../decode/sharp.ts'

/** Upright RGB, 8 bit, rows without padding. */
export interface StripTile {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

export const STRIP_HEIGHT = 54
const WIDEST = 160

/**
 * One WebP with the tiles side by side, as wide as the first of them. One picture is one request and one texture: a strip of
 * forty separate images would be forty of each.
 */
export async function toStrip(tiles: readonly StripTile[]): Promise<FrameStrip> {
  const tileWidth = Math.min(WIDEST, Math.max(1, tiles[0]?.width ?? WIDEST))
  const width = tileWidth * Math.max(1, tiles.length)
  const rgb = new Uint8Array(3 * width * STRIP_HEIGHT)
  for (const [k, tile] of tiles.entries()) copyInto(rgb, width, tile, k * tileWidth, tileWidth)
  const sharp = await loadSharp()
  const sprite = sharp(rgb, { raw: { width, height: STRIP_HEIGHT, channels: 3 } })
  const body = await sprite.webp({ quality: 75, effort: 1 }).toBuffer()
  return { body, contentType: 'image/webp', tileWidth, tileHeight: STRIP_HEIGHT }
}

/** Centred in its place; what does not fit is cut off on both sides alike. */
function copyInto(
  target: Uint8Array,
  targetWidth: number,
  { width, height, rgb }: StripTile,
  left: number,
  room: number,
): void {
  const shown = Math.min(width, room)
  const skipped = (width - shown) >> 1
  const x = left + ((room - shown) >> 1)
  const y = Math.max(0, (STRIP_HEIGHT - height) >> 1)
  for (let row = 0; row < Math.min(height, STRIP_HEIGHT); row++) {
    const from = 3 * (row * width + skipped)
    target.set(rgb.subarray(from, from + 3 * shown), 3 * ((y + row) * targetWidth + x))
  }
}

/** A picture's thumbnail as a tile; an empty one where there is no picture. */
export async function toTile(thumbnail: FrameBytes | null): Promise<StripTile> {
  if (!thumbnail) return { width: 0, height: 0, rgb: new Uint8Array() }
  const sharp = await loadSharp()
  const small = sharp(thumbnail.body).resize({ width: WIDEST, height: STRIP_HEIGHT, fit: 'inside' })
  const { data, info } = await small.removeAlpha().toColourspace('srgb').raw().toBuffer({
    resolveWithObject: true,
  })
  return { width: info.width, height: info.height, rgb: data }
}
