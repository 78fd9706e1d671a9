import type { CanvasShape } from '../canvas-api.ts'
import { redrawn } from '../geometry/redraw.ts'
import { at } from '../geometry/shape-box.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** CSS pixels: a click this near a vertex of the shape ends there; freehand puts a point every so many. */
const END_REACH = 9
const FREEHAND_STEP = 8

/** Shapes whose outline can be redrawn in part. */
export function canRedraw(shape: CanvasShape): boolean {
  return shape.type === 'polygon' || shape.type === 'polyline'
}

/**
 * Shift+click on a vertex, as in CVAT: clicks (or Shift, freehand) draw a new way from it, a click on another vertex of
 * the shape puts it in place of the old one. Right click takes the last point back.
 */
export function redrawing(stage: Stage, shape: CanvasShape, start: number): ToolState {
  const closed = shape.type === 'polygon'
  let path: ImagePoint[] = []
  let pointer = vertex(shape, start)
  let end: number | null = null

  const follow = (input: PointerInput) => {
    pointer = clampToImage(input.image, stage.imageSize)
    end = vertexNear(shape, start, pointer, END_REACH * stage.pixel)
  }
  const show = (): Next => {
    const points = [vertex(shape, start), ...path].flatMap(({ x, y }) => [x, y])
    const aim = end === null ? pointer : vertex(shape, end)
    stage.setDraft({ kind: 'polygon', points, pointer: aim, color: shape.color, closing: false })
    return undefined
  }
  const finish = (to: number): Next => {
    const points = redrawn(shape.points, closed, start, to, path)
    if (points.length < (closed ? 6 : 4)) stage.emit('hint', { key: 'tooFewPointsToDelete' })
    else stage.commit([{ id: shape.id, points, rotation: shape.rotation }], 'redraw')
    return 'rest'
  }
  return {
    name: 'redrawing',
    cursor: 'crosshair',
    crosshair: true,
    press(input) {
      follow(input)
      if (input.button === 2) path = path.slice(0, -1)
      else if (input.button === 0 && end !== null) return finish(end)
      else if (input.button === 0) path = [...path, pointer]
      return show()
    },
    move(input) {
      follow(input)
      const last = path.at(-1) ?? vertex(shape, start)
      const far = Math.hypot(last.x - pointer.x, last.y - pointer.y) > FREEHAND_STEP * stage.pixel
      if (input.shift && end === null && far) path = [...path, pointer]
      return show()
    },
    leave: () => stage.setDraft(null),
  }
}

function vertex({ points }: CanvasShape, index: number): ImagePoint {
  return { x: at(points, 2 * index), y: at(points, 2 * index + 1) }
}

/** The nearest vertex but `start` within `reach` image pixels. */
function vertexNear(
  shape: CanvasShape,
  start: number,
  point: ImagePoint,
  reach: number,
): number | null {
  let best: number | null = null
  let least = reach
  for (let i = 0; i < shape.points.length / 2; i++) {
    const { x, y } = vertex(shape, i)
    const distance = Math.hypot(x - point.x, y - point.y)
    if (i === start || distance > least) continue
    best = i
    least = distance
  }
  return best
}
