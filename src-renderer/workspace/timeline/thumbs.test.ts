import { expect, test, vi } from 'vitest'

vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
const { thumbFrames, thumbStep } = await import('./thumbs.ts')

test.each([
  [0.2, 1],
  [1, 1],
  [1.5, 2],
  [2.5, 3],
  [3.2, 4],
  [5, 6],
  [7, 8],
  [9, 12],
  [100, 128],
  [96, 96],
])('room for a picture every %d frames: every %i', (least, step) => {
  expect(thumbStep(least)).toBe(step)
})

test('moved by a little, the same frames are shown', () => {
  const at = (first: number) => thumbFrames({ first, perFrame: 10 }, 500, 1000, 60)
  expect(at(100)).toEqual([96, 102, 108, 114, 120, 126, 132, 138, 144, 150])
  expect(at(101)).toEqual([96, 102, 108, 114, 120, 126, 132, 138, 144, 150])
  expect(at(990).at(-1)).toBeLessThan(1000)
})
