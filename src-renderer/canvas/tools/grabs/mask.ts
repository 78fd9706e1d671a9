import { hitMask } from '../../geometry/mask-hit.ts'
import { areaSelecting } from '../area-selecting.ts'
import { pressing } from '../pressing.ts'
import type { Next } from '../tool-state.ts'
import type { Grab } from './grab.ts'

/** Masks have no handles. Shift+click on one opens it for painting, as in CVAT; Shift+drag still selects an area. */
export const maskGrab: Grab = {
  handle: () => undefined,
  elsewhere(stage, shape, input): Next {
    const isMeant = input.shift && !input.ctrl && stage.hits(input.image)[0]?.id === shape.id
    if (!isMeant || !hitMask(input.image, shape.points)) return undefined
    return pressing(input, {
      cursor: 'pointer',
      click: () => {
        stage.emit('paintOn', { id: shape.id })
        return 'rest'
      },
      drag: () => areaSelecting(stage, input.image),
    })
  },
}
