import type { Handle } from '../geometry/handles.ts'
import { RECTANGLE_HANDLES } from '../geometry/resize.ts'

/** By direction in steps of 45 degrees from upwards, clockwise; opposite directions look alike. */
const RESIZE_CURSORS = ['ns-resize', 'nesw-resize', 'ew-resize', 'nwse-resize'] as const

/**
 * The cursor that says what a handle does.
 * @param turned  degrees clockwise that the shape lies turned on the screen: its own rotation and the view's
 */
export function handleCursor(handle: Handle, turned: number): string {
  switch (handle.kind) {
    case 'corner':
      return resizeCursor(handle.index, turned)
    case 'rotate':
      return 'grab'
    case 'vertex':
      return 'move'
    case 'edge':
      return 'copy'
    case 'own':
      return handle.cursor
  }
}

function resizeCursor(index: number, turned: number): string {
  const { dx, dy } = RECTANGLE_HANDLES[index] ?? RECTANGLE_HANDLES[0]
  const degrees = (Math.atan2(dx, -dy) * 180) / Math.PI + turned
  const step = ((Math.round(degrees / 45) % 4) + 4) % 4
  return RESIZE_CURSORS[step] ?? 'move'
}
