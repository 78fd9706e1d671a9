import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { DrawnShape, SkeletonLook } from '../canvas-api.ts'
import { mapJoints } from '../geometry/skeleton.ts'
import type { ImageBox } from '../geometry/space.ts'
import { ghost } from './ghost.ts'
import { spanning } from './spanning.ts'
import type { Draft, Stage, ToolState } from './tool-state.ts'

interface SkeletonTool {
  readonly color: string
  readonly look: SkeletonLook
  readonly template: readonly SkeletonElement[]
}

/** Image pixels: a smaller box leaves no room for joints to be told apart. */
const SMALLEST = 1

/** The box that the template fills, by two corners. */
export function drawingSkeleton(stage: Stage, tool: SkeletonTool): ToolState {
  return spanning(stage, {
    name: 'drawing-skeleton',
    needs: 'skeletonNeedsTwoCorners',
    draft: (box) => draftOf(tool, box),
    end(box, again) {
      if (Math.min(box.x2 - box.x1, box.y2 - box.y1) < SMALLEST) {
        stage.emit('hint', { key: 'skeletonTooSmall' })
        return 'rest'
      }
      stage.emit('draw', { shape: filled(tool, box), again })
      return again ? 'rest' : 'end'
    },
  })
}

function filled({ template }: SkeletonTool, { x1, y1, x2, y2 }: ImageBox): DrawnShape {
  const elements = mapJoints(template, ({ x, y }) => {
    return { x: x1 + x * (x2 - x1), y: y1 + y * (y2 - y1) }
  })
  return { type: 'skeleton', points: [], rotation: 0, elements }
}

function draftOf(tool: SkeletonTool, box: ImageBox): Draft {
  const { color, look } = tool
  const { x1, y1, x2, y2 } = box
  const frame = [x1, y1, x2, y1, x2, y2, x1, y2]
  const shape = {
    ...ghost({ type: 'skeleton', points: [], rotation: 0, color }),
    elements: filled(tool, box).elements ?? [],
    skeleton: look,
  }
  return {
    kind: 'sketch',
    marks: [
      { kind: 'path', points: frame, closed: true, color, dashed: true, width: 1 },
      { kind: 'shape', shape },
    ],
  }
}
