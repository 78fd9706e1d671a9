import {
  type Cuboid,
  cuboidFromPoints,
  cuboidFromRectangle,
  cuboidPoints,
} from '#shared/geometry/cuboid.ts'
import { backInside } from '#shared/geometry/cuboid-edit.ts'
import { toFlat } from '#shared/geometry/points.ts'
import { SMALLEST_AREA } from '#shared/geometry/shape-rules.ts'
import type { DrawnShape } from '../canvas-api.ts'
import { movePoints } from '../geometry/move.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import { ghost } from './ghost.ts'
import { spanning } from './spanning.ts'
import type { Mark, Next, Stage, ToolState } from './tool-state.ts'

interface CuboidTool {
  readonly color: string
  readonly method: 'rectangle' | 'points'
}

/** The resting state of the cuboid tool: its first point is still to be put. */
export function drawingCuboid(stage: Stage, tool: CuboidTool): ToolState {
  return tool.method === 'points' ? byPoints(stage, tool.color) : fromRectangle(stage, tool.color)
}

/** The front face by two corners; the rear lies a little to the right and up. */
function fromRectangle(stage: Stage, color: string): ToolState {
  return spanning(stage, {
    name: 'drawing-cuboid',
    needs: 'cuboidNeedsTwoCorners',
    draft: (box) => ({ kind: 'sketch', marks: marksOf(cuboidFromRectangle(box), color) }),
    end: (box, again) => end(stage, cuboidFromRectangle(box), again),
  })
}

/** Three corners of a face, then how deep the cuboid is. Right click takes the last point back. */
function byPoints(stage: Stage, color: string): ToolState {
  let points: ImagePoint[] = []
  let pointer: ImagePoint = { x: 0, y: 0 }
  const show = (): Next => {
    const marks = points.length === 0 ? [] : sketchOf([...points, pointer], color)
    stage.setDraft(marks.length === 0 ? null : { kind: 'sketch', marks })
    return undefined
  }
  return {
    name: 'drawing-cuboid-by-points',
    cursor: 'crosshair',
    crosshair: true,
    press(input) {
      pointer = clampToImage(input.image, stage.imageSize)
      if (input.button === 2) points = points.slice(0, -1)
      if (input.button !== 0) return show()
      points = [...points, pointer]
      const cuboid = cuboidOf(points)
      return cuboid ? end(stage, cuboid, input.ctrl) : show()
    },
    move(input) {
      pointer = clampToImage(input.image, stage.imageSize)
      return show()
    },
    takeBack() {
      if (points.length === 0) return false
      points = points.slice(0, -1)
      show()
      return true
    },
    finish() {
      const cuboid = cuboidOf([...points, pointer])
      if (cuboid) return end(stage, cuboid, false)
      stage.emit('hint', { key: 'cuboidNeedsFourPoints' })
      return undefined
    },
    leave: () => stage.setDraft(null),
  }
}

function cuboidOf([a, b, c, d]: readonly ImagePoint[]): Cuboid | null {
  return a && b && c && d ? cuboidFromPoints(a, b, c, d) : null
}

/** The face so far, completed as soon as its third corner is chosen; then the cuboid. */
function sketchOf(points: readonly ImagePoint[], color: string): Mark[] {
  const cuboid = cuboidOf(points)
  const placed = toFlat(points.slice(0, -1))
  const dots = { kind: 'dots', points: placed, color } as const
  if (cuboid) return [...marksOf(cuboid, color), dots]
  const flat = toFlat(points)
  const [a, b, c] = points
  const fourth = a && b && c ? [a.x + c.x - b.x, a.y + c.y - b.y] : []
  const path = { kind: 'path', points: [...flat, ...fourth], color, fill: 0.2 } as const
  return [{ ...path, closed: fourth.length > 0 }, dots]
}

function marksOf(cuboid: Cuboid, color: string): Mark[] {
  const points = cuboidPoints(cuboid)
  return [{ kind: 'shape', shape: ghost({ type: 'cuboid', points, rotation: 0, color }) }]
}

function end(stage: Stage, cuboid: Cuboid, ctrl: boolean): Next {
  const { left, right, height } = cuboid
  if ((right.x - left.x) * height < SMALLEST_AREA) {
    stage.emit('hint', { key: 'cuboidTooSmall' })
    return 'rest'
  }
  const points = cuboidPoints(cuboid)
  const inside = movePoints('cuboid', points, backInside(points, stage.imageSize))
  const shape: DrawnShape = { type: 'cuboid', points: inside, rotation: 0 }
  stage.emit('draw', { shape, again: ctrl })
  return ctrl ? 'rest' : 'end'
}
