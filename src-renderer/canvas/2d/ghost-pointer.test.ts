import { expect, test } from 'vitest'
import { type ImagePoint, screenPoint } from '../geometry/space.ts'
import type { PointerInput } from '../tools/tool-state.ts'
import { GhostPointer } from './ghost-pointer.ts'

const input = (x: number, more: Partial<PointerInput> = {}): PointerInput => ({
  ...{ screen: screenPoint(x, 0), image: { x, y: 0 } as ImagePoint, button: 0, clicks: 1 },
  ...{ shift: false, ctrl: false, alt: false },
  ...more,
})

/** A proposal lies from 10 to 20. */
function pointer() {
  const told: string[] = []
  const ghosts = new GhostPointer({
    at: ({ image }) => (image.x >= 10 && image.x <= 20 ? 7 : null),
    hover: (id) => told.push(`hover ${id}`),
    pick: (id) => told.push(`pick ${id}`),
  })
  return { ghosts, told }
}

test('resting on it and leaving it are told once each', () => {
  const { ghosts, told } = pointer()
  for (const x of [5, 12, 15, 25, 30]) ghosts.move(input(x), true)
  expect(told).toEqual(['hover 7', 'hover null'])
})

test('a click picks it; a drag does not, nor a click with a key held or another tool', () => {
  const { ghosts, told } = pointer()
  const click = (from: number, to: number, more: Partial<PointerInput> = {}, isResting = true) => {
    ghosts.press(input(from, more), isResting)
    ghosts.release(input(to))
  }
  click(12, 14)
  click(12, 19)
  click(12, 12, { shift: true })
  click(12, 12, { button: 2 })
  click(12, 12, {}, false)
  click(5, 5)
  expect(told).toEqual(['pick 7'])
})

test('a tool in hand leaves it', () => {
  const { ghosts, told } = pointer()
  ghosts.move(input(12), true)
  ghosts.move(input(13), false)
  expect(told).toEqual(['hover 7', 'hover null'])
})
