import { shapeBounds } from '#shared/geometry/shape-bounds.ts'
import type { FoundShape, TrackedShape } from '../../core/ports.ts'

/** An upright box by its centre, image pixels. */
export interface CentredBox {
  readonly cx: number
  readonly cy: number
  readonly w: number
  readonly h: number
}

/** The upright box around what is to be followed; at least a pixel wide and high. */
export function centredBox(shape: TrackedShape): CentredBox {
  const box = shapeBounds({ ...shape, elements: [] }) ?? { left: 0, top: 0, right: 1, bottom: 1 }
  return {
    cx: (box.left + box.right) / 2,
    cy: (box.top + box.bottom) / 2,
    w: Math.max(1, box.right - box.left),
    h: Math.max(1, box.bottom - box.top),
  }
}

/** What a box tracker began with: it tells a turned rectangle how to go on. */
export interface Origin {
  readonly shape: TrackedShape
  readonly box: CentredBox
}

export function originOf(shape: TrackedShape): Origin {
  return { shape, box: centredBox(shape) }
}

/**
 * The rectangle where the box now is. One that was turned stays turned, and grows and shrinks as the box around it does.
 */
export function rectangleAt({ shape, box }: Origin, now: CentredBox, score: number): FoundShape {
  const { cx, cy } = now
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = shape.points
  const isTurned = shape.rotation !== 0
  const scale = Math.sqrt((now.w * now.h) / (box.w * box.h))
  const w = isTurned ? Math.abs(x2 - x1) * scale : now.w
  const h = isTurned ? Math.abs(y2 - y1) * scale : now.h
  return {
    type: 'rectangle',
    points: [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2],
    rotation: shape.rotation,
    score,
  }
}

/** Side of the square a siamese tracker looks at: the box with half its mean size as margin on each side. */
export function contextSide(w: number, h: number): number {
  const margin = (w + h) / 2
  return Math.sqrt((w + margin) * (h + margin))
}
