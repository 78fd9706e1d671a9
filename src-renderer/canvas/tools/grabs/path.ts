import type { CanvasShape } from '../../canvas-api.ts'
import { nearestEdge } from '../../geometry/hit.ts'
import { placeNear, vertexOf } from '../../geometry/outline.ts'
import { canEditContour, editingContour } from '../editing-contour.ts'
import { addPoint, deletePoint, movingPoint } from '../moving-point.ts'
import { pressing } from '../pressing.ts'
import type { Next, PointerInput, Stage } from '../tool-state.ts'
import type { Grab } from './grab.ts'

/** CSS pixels from an edge that still count as on it. */
const EDGE_REACH = 6

/** Polygon, polyline and points. */
export const pathGrab: Grab = {
  handle(stage, shape, handle, input) {
    if (handle.kind === 'vertex') return takeVertex(stage, shape, handle.index, input)
    if (handle.kind !== 'edge') return undefined
    if (input.shift) return editFrom(stage, shape, input)
    if (input.clicks === 2) return addPoint(stage, shape, handle.index, handle.at)
    const drag = () => movingPoint(stage, shape, handle.index, 'add-point')
    return pressing(input, { cursor: 'grabbing', click: () => 'rest', drag })
  },
  elsewhere(stage, shape, input) {
    if (input.shift) return editFrom(stage, shape, input)
    return input.clicks === 2 ? addPointOnEdge(stage, shape, input) : undefined
  },
}

function takeVertex(stage: Stage, shape: CanvasShape, index: number, input: PointerInput): Next {
  if (input.alt || (input.ctrl && shape.type !== 'polygon')) return deletePoint(stage, shape, index)
  if (input.shift && canEditContour(shape)) {
    const place = { edge: index, t: 0, at: vertexOf(shape.points, index) }
    return editingContour(stage, shape, place)
  }
  return pressing(input, {
    cursor: 'grabbing',
    click: () => 'rest',
    drag: () => movingPoint(stage, shape, index, 'move-point'),
  })
}

/** Shift on the contour opens the contour editor there; inside a polygon it means selecting. */
function editFrom(stage: Stage, shape: CanvasShape, { image }: PointerInput): Next {
  if (!canEditContour(shape) || shape.type === 'points') return undefined
  const reach = EDGE_REACH * stage.pixel
  const outline = { points: shape.points, closed: shape.type === 'polygon' }
  const place = placeNear(outline, image, reach, reach)
  return place ? editingContour(stage, shape, place) : undefined
}

function addPointOnEdge(stage: Stage, shape: CanvasShape, { image }: PointerInput): Next {
  const closed = shape.type === 'polygon'
  if (shape.locked || shape.type === 'points') return undefined
  const edge = nearestEdge(image, shape.points, closed)
  if (edge.distance > EDGE_REACH * stage.pixel) return undefined
  return addPoint(stage, shape, edge.index, image)
}
