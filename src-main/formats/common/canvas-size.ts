import type { DatasetFrame } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'

/** Height, width: COCO's order. */
export type Size = readonly [number, number]

/** Size of the picture; of one that cannot be read, just enough to hold what is drawn on it. */
export function canvasSize(
  shapes: readonly (Pick<Shape, 'type' | 'points'> & Partial<Pick<Shape, 'rotation'>>)[],
  { width, height }: Pick<DatasetFrame, 'width' | 'height'>,
): Size {
  if (width > 0 && height > 0) return [height, width]
  const corners = shapes.flatMap(({ type, points: p, rotation = 0 }) => {
    if (type === 'rectangle') return rectangleToPolygon(p, rotation)
    if (type === 'mask') return p.slice(-2).map((n) => n + 1)
    if (type !== 'ellipse') return p
    const [cx = 0, cy = 0, right = 0, top = 0] = p
    const reach = Math.max(Math.abs(right - cx), Math.abs(cy - top)) + 1
    return [cx + reach, cy + reach]
  })
  const box = boundingBox(corners)
  return [Math.max(0, Math.ceil(box?.bottom ?? 0)), Math.max(0, Math.ceil(box?.right ?? 0))]
}
