import type { CanvasShape } from '../canvas-api.ts'
import type { Handle } from './handles/handle.ts'
import { handleMakers } from './handles/registry.ts'
import { distanceToSegment } from './hit.ts'
import type { ImageBox, ImagePoint } from './space.ts'

export type { Handle } from './handles/handle.ts'

/** CSS pixels. */
const REACH = 9

/**
 * What of a shape can be taken hold of; nothing of a locked or hidden one.
 * @param pixel  image pixels per CSS pixel
 * @param within  only handles in this box, image pixels; null = all
 */
export function shapeHandles(
  shape: CanvasShape,
  pixel: number,
  within: ImageBox | null = null,
): Handle[] {
  if (shape.locked || shape.hidden) return []
  return handleMakers[shape.type]?.(shape, pixel, within) ?? []
}

/** The handle under `point`; the nearest wins, and a vertex wins over an edge's middle. */
export function handleAt(
  shape: CanvasShape | undefined,
  point: ImagePoint,
  pixel: number,
): Handle | null {
  if (!shape) return null
  const reach = REACH * pixel
  const around = {
    x1: point.x - reach,
    y1: point.y - reach,
    x2: point.x + reach,
    y2: point.y + reach,
  }
  let best: { handle: Handle; distance: number } | null = null
  for (const handle of shapeHandles(shape, pixel, around)) {
    const distance = Math.hypot(handle.at.x - point.x, handle.at.y - point.y)
    if (distance > reach || (best && distance >= best.distance)) continue
    best = { handle, distance }
  }
  return best?.handle ?? null
}

/**
 * Is `point` on the way from the shape to its rotation handle? The way leads over what does not belong to the shape; a
 * shape in hand only because the pointer is on it must not be let go of on it.
 */
export function onStem(shape: CanvasShape, point: ImagePoint, pixel: number): boolean {
  const rotate = shapeHandles(shape, pixel).find((handle) => handle.kind === 'rotate')
  return rotate !== undefined && distanceToSegment(point, rotate.from, rotate.at) <= REACH * pixel
}
