import { shapeBox } from '../geometry/shape-box.ts'
import { boxOf, type ImageBox, type ImagePoint } from '../geometry/space.ts'
import type { Stage, ToolState } from './tool-state.ts'

const contains = (outer: ImageBox, inner: ImageBox): boolean =>
  inner.x1 >= outer.x1 && inner.x2 <= outer.x2 && inner.y1 >= outer.y1 && inner.y2 <= outer.y2

/** Spans a box; on release everything wholly inside it is selected. */
export function areaSelecting(stage: Stage, from: ImagePoint): ToolState {
  return {
    name: 'area-selecting',
    cursor: 'crosshair',
    move({ image }) {
      stage.setDraft({ kind: 'area', box: boxOf(from, image) })
      return undefined
    },
    release({ image, ctrl }) {
      const box = boxOf(from, image)
      const inside = stage.within(box).filter((shape) => contains(box, shapeBox(shape)))
      stage.emit('select', { ids: inside.map((shape) => shape.id), additive: ctrl })
      return 'rest'
    },
    leave: () => stage.setDraft(null),
  }
}
