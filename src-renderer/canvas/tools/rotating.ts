import type { CanvasShape } from '../canvas-api.ts'
import { rotationTowards } from '../geometry/resize.ts'
import { boxCorners } from '../geometry/shape-box.ts'
import type { Stage, ToolState } from './tool-state.ts'

const STEP_DEGREES = 15

/** A rectangle or an ellipse turns about its middle after the pointer; Shift snaps to steps. The angle is shown meanwhile. */
export function rotating(stage: Stage, shape: CanvasShape): ToolState {
  const { points } = shape
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxCorners(shape)
  const centre = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
  let rotation = shape.rotation
  return {
    name: 'rotating',
    cursor: 'grabbing',
    move({ image, shift }) {
      rotation = rotationTowards(centre, image, shift ? STEP_DEGREES : 0)
      stage.preview([{ id: shape.id, points, rotation }])
      const text = `${rotation.toFixed(1).replace(/\.0$/, '')}°`
      stage.setDraft({ kind: 'sketch', marks: [{ kind: 'text', at: centre, text }] })
      return undefined
    },
    release() {
      if (rotation !== shape.rotation) stage.commit([{ id: shape.id, points, rotation }], 'rotate')
      return 'rest'
    },
    leave() {
      stage.preview([])
      stage.setDraft(null)
    },
  }
}
