import type { CanvasShape } from '../canvas-api.ts'
import { rotationTowards } from '../geometry/resize.ts'
import { at } from '../geometry/shape-box.ts'
import type { Stage, ToolState } from './tool-state.ts'

const STEP_DEGREES = 15

/** A rectangle turns about its middle after the pointer; Shift snaps to steps. */
export function rotating(stage: Stage, shape: CanvasShape): ToolState {
  const { points } = shape
  const centre = { x: (at(points, 0) + at(points, 2)) / 2, y: (at(points, 1) + at(points, 3)) / 2 }
  let rotation = shape.rotation
  return {
    name: 'rotating',
    cursor: 'grabbing',
    move({ image, shift }) {
      rotation = rotationTowards(centre, image, shift ? STEP_DEGREES : 0)
      stage.preview([{ id: shape.id, points, rotation }])
      return undefined
    },
    release() {
      if (rotation !== shape.rotation) stage.commit([{ id: shape.id, points, rotation }], 'rotate')
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}
