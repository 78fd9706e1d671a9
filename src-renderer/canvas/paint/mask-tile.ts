import { at } from '../geometry/shape-box.ts'
import type { Matrix } from '../geometry/viewport.ts'
import type { PaintShape } from './paint-shape.ts'
import type { Context2d } from './trace.ts'

const tiles = new WeakMap<PaintShape, OffscreenCanvas>()
const LARGEST_TILE_PIXELS = 64_000_000

/** Paints a mask as its tinted pixels. The tile is made once per shape value and dies with it. */
export function paintMask(ctx: Context2d, shape: PaintShape, m: Matrix, opacity: number): void {
  const tile = tiles.get(shape) ?? makeTile(shape)
  if (!tile) return
  tiles.set(shape, tile)
  ctx.save()
  ctx.transform(m.a, m.b, m.c, m.d, m.e, m.f)
  ctx.globalAlpha = opacity
  ctx.imageSmoothingEnabled = false
  ctx.drawImage(tile, shape.box.x1, shape.box.y1)
  ctx.restore()
}

function makeTile(shape: PaintShape): OffscreenCanvas | null {
  const [width, height] = [shape.box.x2 - shape.box.x1, shape.box.y2 - shape.box.y1]
  if (!(width > 0 && height > 0 && width * height <= LARGEST_TILE_PIXELS)) return null
  const tile = new OffscreenCanvas(width, height)
  const ctx = tile.getContext('2d')
  if (!ctx) return null
  const image = ctx.createImageData(width, height)
  new Uint32Array(image.data.buffer).set(maskPixels(shape.points, width * height, shape.color))
  ctx.putImageData(image, 0, 0)
  return tile
}

/** RGBA words (little-endian, as every platform of ours) of the mask's box in the shape's colour. */
export function maskPixels(points: ArrayLike<number>, size: number, color: string): Uint32Array {
  const rgb = Number.parseInt(color.slice(1), 16)
  const word = (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0
  const words = new Uint32Array(size)
  let position = 0
  for (let i = 0; i < points.length - 4; i++) {
    const run = at(points, i)
    if (i % 2 === 1) words.fill(word, position, position + run)
    position += run
  }
  return words
}
