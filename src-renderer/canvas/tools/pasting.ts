import type { CanvasShape } from '../canvas-api.ts'
import { fitInto } from '../geometry/fit-into.ts'
import { moved, placeInside } from '../geometry/move.ts'
import { shapeBox, unionBox } from '../geometry/shape-box.ts'
import type { ImagePoint } from '../geometry/space.ts'
import type { Stage, ToolState } from './tool-state.ts'

/** Ghosts of copied shapes hang on the pointer by their common middle; a click drops them. */
export function pasting(stage: Stage, shapes: readonly CanvasShape[]): ToolState {
  const box = unionBox(shapes.map(shapeBox)) ?? { x1: 0, y1: 0, x2: 0, y2: 0 }
  const middle = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }
  const placed = (point: ImagePoint): readonly CanvasShape[] => {
    const wish = { x: point.x - middle.x, y: point.y - middle.y }
    const by = placeInside(box, wish, stage.imageSize)
    return shapes.map((shape) => {
      const there = { ...shape, ...moved(shape, by) }
      return { ...there, ...fitInto(there, stage.imageSize) }
    })
  }
  return {
    name: 'pasting',
    cursor: 'copy',
    crosshair: true,
    move({ image }) {
      stage.setDraft({ kind: 'ghosts', shapes: placed(image) })
      return undefined
    },
    press({ image, button, ctrl }) {
      if (button !== 0) return undefined
      const dropped = placed(image).map(({ type, points, rotation, elements }) => {
        return { type, points, rotation, ...(elements.length > 0 ? { elements } : {}) }
      })
      stage.emit('paste', { shapes: dropped, keep: ctrl })
      return ctrl ? undefined : 'end'
    },
    leave: () => stage.setDraft(null),
  }
}
