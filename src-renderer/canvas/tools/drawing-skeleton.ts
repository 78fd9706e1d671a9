import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { DrawnShape, SkeletonLook } from '../canvas-api.ts'
import { mapJoints } from '../geometry/skeleton.ts'
import { boxOf, clampToImage, type ImageBox } from '../geometry/space.ts'
import { ghost } from './ghost.ts'
import { DRAG_DISTANCE } from './pressing.ts'
import type { Next, PointerInput, Stage, ToolState } from './tool-state.ts'

interface SkeletonTool {
  readonly color: string
  readonly look: SkeletonLook
  readonly template: readonly SkeletonElement[]
}

/** Image pixels: a smaller box leaves no room for joints to be told apart. */
const SMALLEST = 1

/** The box that the template fills, by two corners, clicked or dragged. This state waits for the first. */
export function drawingSkeleton(stage: Stage, tool: SkeletonTool): ToolState {
  return {
    name: 'drawing-skeleton',
    cursor: 'crosshair',
    crosshair: true,
    press: (input) => (input.button === 0 ? spanning(stage, tool, input) : undefined),
    finish() {
      stage.emit('hint', { key: 'skeletonNeedsTwoCorners' })
      return undefined
    },
  }
}

function spanning(stage: Stage, tool: SkeletonTool, start: PointerInput): ToolState {
  const from = clampToImage(start.image, stage.imageSize)
  let last = start
  let pressedAgain = false
  const boxTo = ({ image }: PointerInput) => boxOf(from, clampToImage(image, stage.imageSize))
  const show = (input: PointerInput): Next => {
    last = input
    showIn(stage, tool, boxTo(input))
    return undefined
  }
  const end = (input: PointerInput): Next => {
    const box = boxTo(input)
    if (Math.min(box.x2 - box.x1, box.y2 - box.y1) < SMALLEST) {
      stage.emit('hint', { key: 'skeletonTooSmall' })
      return 'rest'
    }
    stage.emit('draw', { shape: filled(tool, box), again: input.ctrl })
    return input.ctrl ? 'rest' : 'end'
  }
  return {
    name: 'drawing-skeleton-second-corner',
    cursor: 'crosshair',
    crosshair: true,
    move: show,
    press(input) {
      if (input.button === 2) return 'rest'
      pressedAgain = pressedAgain || input.button === 0
      return show(input)
    },
    release(input) {
      if (input.button !== 0) return undefined
      const dragged = Math.hypot(input.screen.x - start.screen.x, input.screen.y - start.screen.y)
      return pressedAgain || dragged >= DRAG_DISTANCE ? end(input) : undefined
    },
    finish: () => end(last),
    leave: () => stage.setDraft(null),
  }
}

function filled({ template }: SkeletonTool, { x1, y1, x2, y2 }: ImageBox): DrawnShape {
  const elements = mapJoints(template, ({ x, y }) => {
    return { x: x1 + x * (x2 - x1), y: y1 + y * (y2 - y1) }
  })
  return { type: 'skeleton', points: [], rotation: 0, elements }
}

function showIn(stage: Stage, tool: SkeletonTool, box: ImageBox): void {
  const { color, look } = tool
  const { x1, y1, x2, y2 } = box
  const frame = [x1, y1, x2, y1, x2, y2, x1, y2]
  const shape = {
    ...ghost({ type: 'skeleton', points: [], rotation: 0, color }),
    elements: filled(tool, box).elements ?? [],
    skeleton: look,
  }
  stage.setDraft({
    kind: 'sketch',
    marks: [
      { kind: 'path', points: frame, closed: true, color, dashed: true, width: 1 },
      { kind: 'shape', shape },
    ],
  })
}
