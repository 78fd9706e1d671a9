/** On how many frames anything is seen, by what a person counts: frame after frame. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { Annotation, Keyframe, Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { Store } from '../core/ports.ts'
import { createHand, newDatabasePath, readyTask, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

const FRAMES = 30

let store: Store
let taskId: TaskId
let hand: ReturnType<typeof createHand>
beforeEach(() => {
  store = openStore(newDatabasePath())
  taskId = readyTask(store, FRAMES).id
  hand = createHand(store, taskId)
})
afterEach(() => store.close())
afterAll(removeDatabases)

const counted = () => store.tasks.get(taskId).annotatedFrameCount

/** Seen from the first on, gone and back at every other one. */
function track(frames: readonly number[]): Track {
  const { id, labelId, group, source, points } = hand.make()
  const form = { points, rotation: 0, occluded: false, zOrder: 0, attributes: [], elements: [] }
  const keyframes = frames.map((frame, at): Keyframe => ({ ...form, frame, outside: at % 2 === 1 }))
  const common = { labelId, group, source, type: 'rectangle' as const, attributes: [] }
  return { kind: 'track', id, ...common, frame: frames[0] ?? 0, keyframes }
}

const draw = (after: Annotation) => hand.apply([{ kind: 'create', after }])

test('a track counts on every frame it is seen on, in its gaps it does not', () => {
  draw(track([3]))
  expect(counted()).toBe(27)
  draw(track([0, 2, 20, 22]))
  expect(counted()).toBe(29)
  store.annotations.undo(taskId)
  expect(counted()).toBe(27)
  store.annotations.undo(taskId)
  expect(counted()).toBe(0)
  store.annotations.redo(taskId)
  expect(counted()).toBe(27)
})

test('a keyframe that hides it makes it fewer, one that is outside twice as many as once', () => {
  const before = track([3])
  draw(before)
  const [first] = before.keyframes
  if (!first) throw new Error('it begins somewhere')
  const gone = { ...first, outside: true }
  const keyframes = [first, { ...gone, frame: 10 }, { ...gone, frame: 12 }, { ...first, frame: 28 }]
  hand.apply([{ kind: 'update', before, after: { ...before, keyframes } }])
  expect(counted()).toBe(7 + 2)
})

test('another one joins the list: each task has its own', () => {
  draw(track([5]))
  const other = readyTask(store, FRAMES).id
  expect(store.tasks.list().map((task) => [task.id, task.annotatedFrameCount])).toEqual([
    [taskId, 25],
    [other, 0],
  ])
})

test('whatever is drawn, a look at every frame counts the same', () => {
  const frame = fc.nat({ max: FRAMES - 1 })
  const frames = fc.uniqueArray(frame, { minLength: 1, maxLength: 6 })
  const tracks = fc.array(
    frames.map((list) => list.sort((a, b) => a - b)),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(tracks, fc.array(frame, { maxLength: 8 }), (many, shapes) => {
      const made = [...many.map(track), ...shapes.map((at) => hand.make({ frame: at }))]
      hand.apply(made.map((after) => ({ kind: 'create', after })))
      const all = Array.from({ length: FRAMES }, (_, at) => made.some((one) => shapeOn(one, at)))
      expect(counted()).toBe(all.filter(Boolean).length)
      hand.apply(made.map((before) => ({ kind: 'delete', before })))
      expect(counted()).toBe(0)
    }),
    { numRuns: 60 },
  )
})
