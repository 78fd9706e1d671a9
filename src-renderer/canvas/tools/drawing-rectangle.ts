import { boxOf, clampToImage, type ImagePoint } from '../geometry/space.ts'
import { DRAG_DISTANCE } from './pressing.ts'
import type { Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** Square image pixels. */
const SMALLEST_AREA = 1

/** Click and click, or press, drag and release: both make a rectangle. This state waits for its first corner. */
export function drawingRectangle(stage: Stage, color: string): ToolState {
  return {
    name: 'drawing-rectangle',
    cursor: 'crosshair',
    crosshair: true,
    press: (input) => (input.button === 0 ? spanning(stage, color, input) : undefined),
    finish() {
      stage.emit('hint', { key: 'rectangleNeedsTwoCorners' })
      return undefined
    },
  }
}

function spanning(stage: Stage, color: string, start: PointerInput): ToolState {
  const from = clampToImage(start.image, stage.imageSize)
  const boxTo = (point: ImagePoint) => boxOf(from, clampToImage(point, stage.imageSize))
  let corner = start
  let pressedAgain = false
  const show = (input: PointerInput): Next => {
    corner = input
    stage.setDraft({ kind: 'rectangle', box: boxTo(input.image), color })
    return undefined
  }
  const end = (input: PointerInput): Next => {
    const { x1, y1, x2, y2 } = boxTo(input.image)
    if ((x2 - x1) * (y2 - y1) < SMALLEST_AREA) {
      stage.emit('hint', { key: 'rectangleTooSmall' })
      return 'rest'
    }
    const shape = { type: 'rectangle', points: [x1, y1, x2, y2], rotation: 0 } as const
    stage.emit('draw', { shape, again: input.ctrl })
    return input.ctrl ? 'rest' : 'end'
  }
  return {
    name: 'drawing-rectangle-second-corner',
    cursor: 'crosshair',
    crosshair: true,
    move: show,
    press(input) {
      pressedAgain = pressedAgain || input.button === 0
      return show(input)
    },
    release(input) {
      if (input.button !== 0) return undefined
      const dragged = Math.hypot(input.screen.x - start.screen.x, input.screen.y - start.screen.y)
      return pressedAgain || dragged >= DRAG_DISTANCE ? end(input) : undefined
    },
    finish: () => end(corner),
    leave: () => stage.setDraft(null),
  }
}
