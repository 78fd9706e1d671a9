import { expect, test, vi } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'

vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
const { thumbFrames, thumbStep, tileOf } = await import('./thumbs.ts')

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

test.each<[string, boolean, number, number, string, number, number]>([
  ['a picture', false, 40, 8, '/frames/3/40?quality=thumbnail', 0, 1],
  ['a video frame by frame', true, 41, 1, '/frames/3/41?quality=thumbnail', 0, 1],
  ['a strip', true, 80, 8, '/frames/3/strip?from=64&to=127&count=8', 2, 8],
  ['the last strip', true, 192, 8, '/frames/3/strip?from=192&to=199&count=1', 0, 1],
])('%s', (_what, isVideo, frame, step, address, at, count) => {
  const task = { taskId: 3 as TaskId, size: 200, isVideo, isRead: true }
  expect(tileOf(task, frame, step)).toEqual({ address, at, count })
})

test('a video that is still being read has pictures of other addresses, so that they are asked for again after', () => {
  const task = { taskId: 3 as TaskId, size: 200, isVideo: true }
  const addresses = (frame: number, step: number) =>
    [false, true].map((isRead) => tileOf({ ...task, isRead }, frame, step).address)
  expect(new Set([...addresses(80, 8), ...addresses(80, 1)]).size).toBe(4)
  const folder = { ...task, isVideo: false }
  expect(tileOf({ ...folder, isRead: false }, 4, 8)).toEqual(
    tileOf({ ...folder, isRead: true }, 4, 8),
  )
})
