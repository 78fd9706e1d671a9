import type { ScreenPoint } from '../geometry/space.ts'
import type { Stage, ToolState } from './tool-state.ts'

/** The view follows the pointer until the button is released. */
export function panning(stage: Stage, from: ScreenPoint): ToolState {
  let last = from
  return {
    name: 'panning',
    cursor: 'grabbing',
    move({ screen }) {
      stage.panBy(screen.x - last.x, screen.y - last.y)
      last = screen
      return undefined
    },
    release: () => 'rest',
  }
}

/** The resting state of the pan tool. */
export function readyToPan(stage: Stage): ToolState {
  return {
    name: 'ready-to-pan',
    cursor: 'grab',
    press: ({ button, screen }) => (button === 0 ? panning(stage, screen) : undefined),
  }
}
