import { expect, test } from 'vitest'
import { handleCursor } from './handle-cursor.ts'

test.each([
  ['top left', 0, 0, 'nwse-resize'],
  ['top', 1, 0, 'ns-resize'],
  ['top right', 2, 0, 'nesw-resize'],
  ['right', 3, 0, 'ew-resize'],
  ['top of a rectangle turned by 90 degrees', 1, 90, 'ew-resize'],
  ['top of one turned by 30 degrees', 1, 30, 'nesw-resize'],
])('the cursor over the %s handle', (_name, index, turned, cursor) => {
  expect(handleCursor({ kind: 'corner', index, at: { x: 0, y: 0 } }, turned)).toBe(cursor)
})
