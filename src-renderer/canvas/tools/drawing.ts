import type { Tool } from '../canvas-api.ts'
import { drawingBox } from './drawing-box.ts'
import { drawingCuboid } from './drawing-cuboid.ts'
import { drawingExtremes } from './drawing-extremes.ts'
import { drawingPath } from './drawing-path.ts'
import { drawingSkeleton } from './drawing-skeleton.ts'
import { drawingTurned } from './drawing-turned.ts'
import { maskPainting } from './mask-painting.ts'
import type { Stage, ToolState } from './tool-state.ts'

/** The resting state of a drawing tool: nothing has been put down yet. */
export function drawing(stage: Stage, tool: Extract<Tool, { kind: 'draw' }>): ToolState {
  switch (tool.shape) {
    case 'rectangle':
      return drawingRectangle(stage, tool)
    case 'ellipse':
      return drawingBox(stage, tool)
    case 'polygon':
    case 'polyline':
    case 'points':
      return drawingPath(stage, tool)
    case 'cuboid':
      return drawingCuboid(stage, tool)
    case 'skeleton':
      return drawingSkeleton(stage, tool)
    case 'mask':
      return maskPainting(stage, tool)
  }
}

function drawingRectangle(
  stage: Stage,
  tool: Extract<Tool, { kind: 'draw'; shape: 'rectangle' }>,
): ToolState {
  switch (tool.method) {
    case 'corners':
      return drawingBox(stage, tool)
    case 'extreme-points':
      return drawingExtremes(stage, tool.color)
    case 'rotated':
      return drawingTurned(stage, tool.color)
  }
}
