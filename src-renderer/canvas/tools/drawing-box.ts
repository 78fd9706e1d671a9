import { isFlat } from '#shared/geometry/shape-rules.ts'
import { boxToPoints } from '../geometry/shape-box.ts'
import type { ImageBox } from '../geometry/space.ts'
import { ghost } from './ghost.ts'
import { spanning } from './spanning.ts'
import type { Draft, Stage, ToolState } from './tool-state.ts'

type BoxTool = { readonly shape: 'rectangle' | 'ellipse'; readonly color: string }

const NEEDS = {
  rectangle: 'rectangleNeedsTwoCorners',
  ellipse: 'ellipseNeedsTwoCorners',
} as const
const TOO_SMALL = { rectangle: 'rectangleTooSmall', ellipse: 'ellipseTooSmall' } as const

/** Rectangle and ellipse by two opposite corners. */
export function drawingBox(stage: Stage, tool: BoxTool): ToolState {
  return spanning(stage, {
    name: `drawing-${tool.shape}`,
    needs: NEEDS[tool.shape],
    draft: (box) => draftOf(tool, box),
    end({ x1, y1, x2, y2 }, again) {
      const points = boxToPoints(tool.shape, [x1, y1, x2, y2])
      if (isFlat(tool.shape, points)) {
        stage.emit('hint', { key: TOO_SMALL[tool.shape] })
        return 'rest'
      }
      stage.emit('draw', { shape: { type: tool.shape, points, rotation: 0 }, again })
      return again ? 'rest' : 'end'
    },
  })
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
