import { type Matrix, toScreen } from '../geometry/viewport.ts'
import { type MaskGrid, type MaskTile, TILE } from '../tools/mask-grid.ts'
import type { Context2d } from './trace.ts'

interface Shown {
  readonly canvas: OffscreenCanvas
  readonly ctx: OffscreenCanvasRenderingContext2D
  color: string
}

/** Tiles as the screen has them; they go when their session does. */
const shown = new WeakMap<MaskTile, Shown>()

/**
 * Paints a mask that is being painted. Only what a stroke has touched since the last time is put into pixels again, so
 * that a move of the brush costs the brush, not the mask.
 * @param m  image pixels to the context's own units
 */
export function paintMaskGrid(
  ctx: Context2d,
  grid: MaskGrid,
  color: string,
  m: Matrix,
  opacity: number,
): void {
  ctx.save()
  ctx.imageSmoothingEnabled = false
  ctx.globalAlpha = opacity
  const own = ctx.getTransform()
  for (const tile of grid.tiles) {
    const canvas = upToDate(tile, color)
    if (canvas) drawTile(ctx, canvas, tile, m, { x: own.a, y: own.d })
  }
  ctx.restore()
}

/** Its corners on whole pixels of the target, or its neighbours would show through the seams. Views turn by quarters. */
function drawTile(
  ctx: Context2d,
  canvas: OffscreenCanvas,
  { x, y }: MaskTile,
  m: Matrix,
  ratio: { x: number; y: number },
): void {
  const p = toScreen(m, { x, y })
  const q = toScreen(m, { x: x + TILE, y: y + TILE })
  const [x1, y1] = [Math.round(p.x * ratio.x), Math.round(p.y * ratio.y)]
  const [x2, y2] = [Math.round(q.x * ratio.x), Math.round(q.y * ratio.y)]
  const outside =
    Math.max(x1, x2) <= 0 ||
    Math.max(y1, y2) <= 0 ||
    Math.min(x1, x2) >= ctx.canvas.width ||
    Math.min(y1, y2) >= ctx.canvas.height
  if (outside) return
  const [w, h] = [(x2 - x1) / TILE, (y2 - y1) / TILE]
  if (Math.abs(m.a) > Math.abs(m.b)) ctx.setTransform(w, 0, 0, h, x1, y1)
  else ctx.setTransform(0, h, w, 0, x1, y1)
  ctx.drawImage(canvas, 0, 0)
}

function upToDate(tile: MaskTile, color: string): OffscreenCanvas | null {
  const known = shown.get(tile) ?? makeShown(color)
  if (!known) return null
  shown.set(tile, known)
  if (known.color !== color) tile.dirty = { x1: 0, y1: 0, x2: TILE, y2: TILE }
  known.color = color
  const { dirty } = tile
  if (dirty) upload(known.ctx, tile.data, color, dirty)
  tile.dirty = null
  return known.canvas
}

function makeShown(color: string): Shown | null {
  const canvas = new OffscreenCanvas(TILE, TILE)
  const ctx = canvas.getContext('2d', { willReadFrequently: true })
  return ctx && { canvas, ctx, color }
}

function upload(
  ctx: OffscreenCanvasRenderingContext2D,
  data: Uint8Array,
  color: string,
  { x1, y1, x2, y2 }: NonNullable<MaskTile['dirty']>,
): void {
  const rgb = Number.parseInt(color.slice(1, 7), 16)
  const word = (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0
  const image = ctx.createImageData(x2 - x1, y2 - y1)
  const words = new Uint32Array(image.data.buffer)
  let at = 0
  for (let y = y1; y < y2; y++)
    for (let x = x1; x < x2; x++) words[at++] = data[y * TILE + x] === 1 ? word : 0
  ctx.putImageData(image, x1, y1)
}
