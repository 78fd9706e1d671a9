import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** CSS pixels: a click this near the first point closes the polygon; freehand puts a point every so many. */
const CLOSE_REACH = 9
const FREEHAND_STEP = 8
/** CSS pixels; a point this near the one before it is the same point. */
const SAME_POINT = 1

/** Clicks put points; Shift draws freehand; right click takes the last one back; N, Enter, double click or the first point close. */
export function drawingPolygon(
  stage: Stage,
  tool: { readonly color: string; readonly pointCount: number | null },
): ToolState {
  let points: ImagePoint[] = []
  let pointer: ImagePoint = { x: 0, y: 0 }
  let ctrl = false

  const isNear = (a: ImagePoint | undefined, b: ImagePoint, reach: number): boolean =>
    a !== undefined && Math.hypot(a.x - b.x, a.y - b.y) <= reach * stage.pixel
  const isClosing = () => points.length >= 3 && isNear(points[0], pointer, CLOSE_REACH)

  const show = (): Next => {
    const flat = points.flatMap((p) => [p.x, p.y])
    const closing = isClosing()
    const draft = { kind: 'polygon', points: flat, pointer, color: tool.color, closing } as const
    stage.setDraft(points.length === 0 ? null : draft)
    return undefined
  }
  const follow = (input: PointerInput) => {
    pointer = clampToImage(input.image, stage.imageSize)
    ctrl = input.ctrl
  }
  const finish = (): Next => {
    if (points.length < 3) {
      stage.emit('hint', { key: 'polygonNeedsThreePoints' })
      return undefined
    }
    const flat = points.flatMap((p) => [p.x, p.y])
    points = []
    stage.emit('draw', { shape: { type: 'polygon', points: flat, rotation: 0 }, again: ctrl })
    return ctrl ? 'rest' : 'end'
  }
  const add = (): Next => {
    if (!isNear(points.at(-1), pointer, SAME_POINT)) points = [...points, pointer]
    if (tool.pointCount !== null && points.length >= Math.max(3, tool.pointCount)) return finish()
    return show()
  }

  return {
    name: 'drawing-polygon',
    cursor: 'crosshair',
    crosshair: true,
    press(input) {
      follow(input)
      if (input.button === 2) {
        points = points.slice(0, -1)
        return show()
      }
      if (input.button !== 0) return undefined
      return isClosing() || input.clicks === 2 ? finish() : add()
    },
    move(input) {
      follow(input)
      const freehand = input.shift && points.length > 0
      if (freehand && !isNear(points.at(-1), pointer, FREEHAND_STEP) && !isClosing()) return add()
      return show()
    },
    finish,
    leave: () => stage.setDraft(null),
  }
}
