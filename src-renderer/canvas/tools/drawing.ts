import type { Tool } from '../canvas-api.ts'
import { drawingPolygon } from './drawing-polygon.ts'
import { drawingRectangle } from './drawing-rectangle.ts'
import type { Stage, ToolState } from './tool-state.ts'

/** The resting state of a drawing tool: nothing has been put down yet. */
export function drawing(stage: Stage, tool: Extract<Tool, { kind: 'draw' }>): ToolState {
  switch (tool.shape) {
    case 'rectangle':
      return drawingRectangle(stage, tool.color)
    case 'polygon':
    case 'polyline':
    case 'points':
      return drawingPolygon(stage, tool)
  }
}
