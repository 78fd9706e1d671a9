import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FrameLoop } from './frame-loop.ts'

let waiting: Map<number, () => void>
/** What was painted, in order: the view's layers, or the top layer alone. */
let painted: string[]

const loop = () =>
  new FrameLoop(
    () => painted.push('view'),
    () => painted.push('top'),
  )

function nextFrame(): void {
  const due = [...waiting.values()]
  waiting.clear()
  for (const paint of due) paint()
}

beforeEach(() => {
  waiting = new Map()
  painted = []
  let id = 0
  vi.stubGlobal('requestAnimationFrame', (paint: () => void) => {
    waiting.set(++id, paint)
    return id
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.delete(id))
})

afterEach(() => {
  vi.unstubAllGlobals()
})

test('many changes before an animation frame are one painting', () => {
  const frames = loop()
  frames.schedule()
  frames.scheduleAll()
  frames.schedule()
  expect(painted).toEqual([])
  nextFrame()
  expect(painted).toEqual(['view', 'top'])
  nextFrame()
  expect(painted).toEqual(['view', 'top'])
})

test('while held nothing is painted, whatever was scheduled before or since', () => {
  const frames = loop()
  frames.scheduleAll()
  frames.hold()
  frames.schedule()
  nextFrame()
  expect(painted).toEqual([])
})

test('a release paints at once, so that an image held next cannot swallow the one before it', () => {
  const frames = loop()
  frames.hold()
  frames.release()
  frames.hold()
  expect(painted).toEqual(['view', 'top'])
  nextFrame()
  expect(painted).toEqual(['view', 'top'])
})

test('a release without a hold paints nothing', () => {
  loop().release()
  nextFrame()
  expect(painted).toEqual([])
})
