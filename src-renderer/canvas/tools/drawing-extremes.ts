import { toFlat } from '#shared/geometry/points.ts'
import { isFlat } from '#shared/geometry/shape-rules.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

const ENOUGH = 4

/**
 * A rectangle by the topmost, bottommost, leftmost and rightmost points of the object, clicked in any order: the box
 * around them, done with the fourth. Right click takes a point back.
 */
export function drawingExtremes(stage: Stage, color: string): ToolState {
  let points: ImagePoint[] = []
  let pointer: ImagePoint | null = null

  const show = (): Next => {
    const aim = pointer && points.length > 0 ? [...points, pointer] : points
    if (points.length === 0) stage.setDraft(null)
    else stage.setDraft({ kind: 'sketch', marks: marksOf(points, aim, color) })
    return undefined
  }
  const put = ({ ctrl }: PointerInput): Next => {
    if (!pointer) return undefined
    const all = [...points, pointer]
    if (all.length < ENOUGH) {
      points = all
      return show()
    }
    const box = around(all)
    if (isFlat('rectangle', box)) {
      stage.emit('hint', { key: 'rectangleTooSmall' })
      return undefined
    }
    stage.emit('draw', { shape: { type: 'rectangle', points: box, rotation: 0 }, again: ctrl })
    return ctrl ? 'rest' : 'end'
  }
  const takeBack = (): boolean => {
    if (points.length === 0) return false
    points = points.slice(0, -1)
    show()
    return true
  }
  return {
    name: 'drawing-extremes',
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
    finish() {
      stage.emit('hint', { key: 'rectangleNeedsFourPoints' })
      return undefined
    },
    takeBack,
    leave: () => stage.setDraft(null),
  }
}

function around(points: readonly ImagePoint[]): number[] {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

function marksOf(points: readonly ImagePoint[], aim: readonly ImagePoint[], color: string): Mark[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = around(aim)
  const box = [x1, y1, x2, y1, x2, y2, x1, y2]
  const count = `${points.length} / ${ENOUGH}`
  return [
    { kind: 'path', points: box, closed: true, color, fill: 0.2 },
    { kind: 'dots', points: toFlat(points), color },
    { kind: 'text', at: { x: (x1 + x2) / 2, y: y2 }, text: count },
  ]
}
