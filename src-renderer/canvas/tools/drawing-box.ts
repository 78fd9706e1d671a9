import { isFlat } from '#shared/geometry/shape-rules.ts'
import { boxToPoints } from '../geometry/shape-box.ts'
import { boxOf, clampToImage, type ImageBox, type ImagePoint } from '../geometry/space.ts'
import { ghost } from './ghost.ts'
import { DRAG_DISTANCE } from './pressing.ts'
import type { Draft, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

type BoxTool = { readonly shape: 'rectangle' | 'ellipse'; readonly color: string }

const NEEDS = {
  rectangle: 'rectangleNeedsTwoCorners',
  ellipse: 'ellipseNeedsTwoCorners',
} as const
const TOO_SMALL = { rectangle: 'rectangleTooSmall', ellipse: 'ellipseTooSmall' } as const

/** Rectangle and ellipse by two opposite corners. Click and click, or press, drag and release. This state waits for the first. */
export function drawingBox(stage: Stage, tool: BoxTool): ToolState {
  return {
    name: `drawing-${tool.shape}`,
    cursor: 'crosshair',
    crosshair: true,
    press: (input) => (input.button === 0 ? spanning(stage, tool, input) : undefined),
    finish() {
      stage.emit('hint', { key: NEEDS[tool.shape] })
      return undefined
    },
  }
}

function spanning(stage: Stage, tool: BoxTool, start: PointerInput): ToolState {
  const from = clampToImage(start.image, stage.imageSize)
  const boxTo = (point: ImagePoint) => boxOf(from, clampToImage(point, stage.imageSize))
  let corner = start
  let pressedAgain = false
  const show = (input: PointerInput): Next => {
    corner = input
    stage.setDraft(draftOf(tool, boxTo(input.image)))
    return undefined
  }
  const end = (input: PointerInput): Next => {
    const { x1, y1, x2, y2 } = boxTo(input.image)
    const points = boxToPoints(tool.shape, [x1, y1, x2, y2])
    if (isFlat(tool.shape, points)) {
      stage.emit('hint', { key: TOO_SMALL[tool.shape] })
      return 'rest'
    }
    stage.emit('draw', { shape: { type: tool.shape, points, rotation: 0 }, again: input.ctrl })
    return input.ctrl ? 'rest' : 'end'
  }
  return {
    name: `drawing-${tool.shape}-second-corner`,
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
    finish: () => end(corner),
    leave: () => stage.setDraft(null),
  }
}

function draftOf({ shape, color }: BoxTool, box: ImageBox): Draft {
  if (shape === 'rectangle') return { kind: 'rectangle', box, color }
  const { x1, y1, x2, y2 } = box
  const points = boxToPoints('ellipse', [x1, y1, x2, y2])
  const frame = [x1, y1, x2, y1, x2, y2, x1, y2]
  const size = `${Math.round(x2 - x1)} x ${Math.round(y2 - y1)} px`
  return {
    kind: 'sketch',
    marks: [
      { kind: 'path', points: frame, closed: true, color, dashed: true, width: 1 },
      { kind: 'shape', shape: ghost({ type: 'ellipse', points, rotation: 0, color }) },
      { kind: 'text', at: { x: (x1 + x2) / 2, y: y2 }, text: size },
    ],
  }
}
