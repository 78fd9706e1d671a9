import { toFlat } from '#shared/geometry/points.ts'
import { isFlat, SHORTEST_LINE } from '#shared/geometry/shape-rules.ts'
import { rectangleCorners } from '../geometry/shape-box.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import { turnedRectangle } from '../geometry/turned-rectangle.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/**
 * A rectangle drawn as it is turned: two clicks for one side, which stays exactly there, a third for how deep it is.
 * Right click takes a point back.
 */
export function drawingTurned(stage: Stage, color: string): ToolState {
  let side: ImagePoint[] = []
  let pointer: ImagePoint | null = null

  const show = (): Next => {
    const marks = pointer ? marksOf(side, pointer, color) : []
    stage.setDraft(marks.length === 0 ? null : { kind: 'sketch', marks })
    return undefined
  }
  const refuse = (key: string): Next => {
    stage.emit('hint', { key })
    return undefined
  }
  const put = ({ ctrl }: PointerInput): Next => {
    const [a, b] = side
    if (!pointer) return undefined
    if (a && !b && Math.hypot(pointer.x - a.x, pointer.y - a.y) < SHORTEST_LINE)
      return refuse('sideTooShort')
    if (!a || !b) {
      side = [...side, pointer]
      return show()
    }
    const { points, rotation } = turnedRectangle(a, b, pointer)
    if (isFlat('rectangle', points)) return refuse('rectangleTooSmall')
    stage.emit('draw', { shape: { type: 'rectangle', points, rotation }, again: ctrl })
    return ctrl ? 'rest' : 'end'
  }
  const takeBack = (): boolean => {
    if (side.length === 0) return false
    side = side.slice(0, -1)
    show()
    return true
  }
  return {
    name: 'drawing-turned',
    cursor: 'crosshair',
    crosshair: true,
    press(input) {
      pointer = clampToImage(input.image, stage.imageSize)
      if (input.button === 2) takeBack()
      return input.button === 0 ? put(input) : undefined
    },
    move(input) {
      pointer = clampToImage(input.image, stage.imageSize)
      return show()
    },
    finish: () => refuse('rectangleNeedsSideAndDepth'),
    takeBack,
    leave: () => stage.setDraft(null),
  }
}

function marksOf(side: readonly ImagePoint[], pointer: ImagePoint, color: string): Mark[] {
  const [a, b] = side
  if (!a) return []
  if (!b) {
    const line = [a.x, a.y, pointer.x, pointer.y]
    return [
      { kind: 'path', points: line, closed: false, color },
      { kind: 'dots', points: [a.x, a.y], color },
    ]
  }
  const { points, rotation } = turnedRectangle(a, b, pointer)
  const corners = rectangleCorners(points, rotation)
  const text = `${rotation.toFixed(1).replace(/\.0$/, '')}°`
  return [
    { kind: 'path', points: toFlat(corners), closed: true, color, fill: 0.2 },
    { kind: 'dots', points: [a.x, a.y, b.x, b.y], color },
    { kind: 'text', at: { x: pointer.x, y: pointer.y }, text },
  ]
}
