import type { Next, PointerInput, ToolState } from './tool-state.ts'

/** CSS pixels; less than this between press and release is a click. */
export const DRAG_DISTANCE = 3

/** The button is down and it is not yet known whether this becomes a click or a drag. */
export function pressing(
  start: PointerInput,
  becomes: {
    readonly cursor?: string
    click(input: PointerInput): Next
    drag(input: PointerInput): Next
  },
): ToolState {
  return {
    name: 'pressing',
    cursor: becomes.cursor ?? 'default',
    move(input) {
      const [dx, dy] = [input.screen.x - start.screen.x, input.screen.y - start.screen.y]
      return Math.hypot(dx, dy) < DRAG_DISTANCE ? undefined : becomes.drag(input)
    },
    release: (input) => becomes.click(input) ?? 'rest',
  }
}
