import type { CanvasShape } from '../canvas-api.ts'
import { resizeRectangle } from '../geometry/resize.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { Stage, ToolState } from './tool-state.ts'

/** One of a rectangle's eight handles follows the pointer; the opposite side stays. Thinner than a pixel is refused. */
export function resizing(stage: Stage, shape: CanvasShape, handle: number): ToolState {
  let points: readonly number[] = shape.points
  const resizeTo = (pointer: ImagePoint) => {
    const inside = clampToImage(pointer, stage.imageSize)
    points = resizeRectangle(shape.points, shape.rotation, handle, inside)
    stage.preview([{ id: shape.id, points, rotation: shape.rotation }])
  }
  return {
    name: 'resizing',
    cursor: 'crosshair',
    move({ image }) {
      resizeTo(image)
      return undefined
    },
    release() {
      if (points === shape.points) return 'rest'
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
      if ((x2 - x1) * (y2 - y1) < 1) stage.emit('hint', { key: 'rectangleTooSmall' })
      else stage.commit([{ id: shape.id, points, rotation: shape.rotation }], 'resize')
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}
