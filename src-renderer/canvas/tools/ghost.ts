import type { AnnotationId } from '#shared/domain/ids.ts'
import type { CanvasShape } from '../canvas-api.ts'

/** A shape that is only being drawn, as the painters of real ones want it. */
export function ghost(
  drawn: Pick<CanvasShape, 'type' | 'points' | 'rotation' | 'color'>,
): CanvasShape {
  return {
    ...drawn,
    id: -1 as AnnotationId,
    zOrder: 0,
    occluded: false,
    elements: [],
    skeleton: null,
    locked: false,
    hidden: false,
    pinned: false,
    text: '',
  }
}
