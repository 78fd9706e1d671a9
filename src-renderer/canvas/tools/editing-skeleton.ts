import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { CanvasShape } from '../canvas-api.ts'
import { resizeRectangle, rotationTowards } from '../geometry/resize.ts'
import { shapeBox } from '../geometry/shape-box.ts'
import {
  insideFrame,
  mapJoints,
  scaleJoints,
  skeletonFrame,
  turnJoints,
} from '../geometry/skeleton.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { PointerInput, Stage, ToolState } from './tool-state.ts'

const STEP_DEGREES = 15

/** One joint follows the pointer, inside the picture. */
export function movingJoint(stage: Stage, shape: CanvasShape, joint: number): ToolState {
  return changing(stage, shape, 'move-point', 'grabbing', ({ image }) => {
    const to = clampToImage(image, stage.imageSize)
    return mapJoints(shape.elements, (place, index) => (index === joint ? to : place))
  })
}

/** One of the eight handles of the box follows the pointer; the joints keep their places in it. */
export function scalingSkeleton(stage: Stage, shape: CanvasShape, handle: number): ToolState {
  const box = shapeBox(shape)
  const { x1, y1, x2, y2 } = skeletonFrame(shape, stage.pixel)
  const margin = box.x1 - x1
  return changing(stage, shape, 'resize', 'crosshair', ({ image }) => {
    const pointer = withinReach(stage, image, margin)
    const [left = 0, top = 0, right = 0, bottom = 0] = resizeRectangle(
      [x1, y1, x2, y2],
      0,
      handle,
      pointer,
    )
    const frame = { x1: left, y1: top, x2: right, y2: bottom }
    return scaleJoints(shape.elements, box, insideFrame(frame, stage.pixel))
  })
}

/** The handles lie outside the joints, so they may go as far outside the picture. */
function withinReach({ imageSize }: Stage, { x, y }: ImagePoint, margin: number): ImagePoint {
  return {
    x: Math.min(Math.max(x, -margin), imageSize.width + margin),
    y: Math.min(Math.max(y, -margin), imageSize.height + margin),
  }
}

/** The joints turn about the middle of their box after the pointer; Shift snaps to steps. */
export function turningSkeleton(stage: Stage, shape: CanvasShape): ToolState {
  const { x1, y1, x2, y2 } = shapeBox(shape)
  const centre = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
  return changing(stage, shape, 'rotate', 'grabbing', ({ image, shift }) =>
    turnJoints(shape.elements, centre, rotationTowards(centre, image, shift ? STEP_DEGREES : 0)),
  )
}

function changing(
  stage: Stage,
  { id, points, rotation }: CanvasShape,
  verb: 'move-point' | 'resize' | 'rotate',
  cursor: string,
  joints: (input: PointerInput) => SkeletonElement[],
): ToolState {
  const change = (input: PointerInput) => [{ id, points, rotation, elements: joints(input) }]
  return {
    name: 'editing-skeleton',
    cursor,
    move(input) {
      stage.preview(change(input))
      return undefined
    },
    release(input) {
      stage.commit(change(input), verb)
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}
