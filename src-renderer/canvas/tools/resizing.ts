import type { CanvasShape } from '../canvas-api.ts'
import { resizeRectangle } from '../geometry/resize.ts'
import { boxCorners, boxToPoints } from '../geometry/shape-box.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { Stage, ToolState } from './tool-state.ts'

/** One of the eight handles of a rectangle or an ellipse follows the pointer; the opposite side stays. Thinner than a pixel is refused. */
export function resizing(stage: Stage, shape: CanvasShape, handle: number): ToolState {
  const start = boxCorners(shape)
  let box = start
  const change = () => [
    { id: shape.id, points: boxToPoints(shape.type, box), rotation: shape.rotation },
  ]
  const resizeTo = (pointer: ImagePoint) => {
    const inside = clampToImage(pointer, stage.imageSize)
    box = resizeRectangle(start, shape.rotation, handle, inside)
    stage.preview(change())
  }
  return {
    name: 'resizing',
    cursor: 'crosshair',
    move({ image }) {
      resizeTo(image)
      return undefined
    },
    release() {
      if (box === start) return 'rest'
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box
      if ((x2 - x1) * (y2 - y1) < 1) stage.emit('hint', { key: `${shape.type}TooSmall` })
      else stage.commit(change(), 'resize')
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}
