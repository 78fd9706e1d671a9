import { boxOf } from '../geometry/space.ts'
import type { PointerInput, Stage, ToolState } from './tool-state.ts'

/** The resting state of the zoom-area tool. */
export function readyToZoom(stage: Stage): ToolState {
  return {
    name: 'ready-to-zoom',
    cursor: 'zoom-in',
    press: (input) => (input.button === 0 ? zoomingArea(stage, input) : undefined),
  }
}

/** Spans a box; on release the view shows just that. */
function zoomingArea(stage: Stage, from: PointerInput): ToolState {
  return {
    name: 'zooming-area',
    cursor: 'zoom-in',
    move({ image }) {
      stage.setDraft({ kind: 'area', box: boxOf(from.image, image) })
      return undefined
    },
    release({ image }) {
      const box = boxOf(from.image, image)
      if (Math.min(box.x2 - box.x1, box.y2 - box.y1) < 1) return 'rest'
      stage.focus(box)
      return 'end'
    },
    leave: () => stage.setDraft(null),
  }
}
