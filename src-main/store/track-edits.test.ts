import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Operation } from '#shared/operations/operation.ts'
import { packed, type SentOperation, type TrackEdit } from '#shared/operations/track-edit.ts'
import { withKeyframe } from '#shared/tracks/on-frame.ts'
import type { Store } from '../core/ports.ts'
import { createHand, newDatabasePath, readyTask, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

let store: Store
let taskId: TaskId
let before: Track
beforeEach(() => {
  store = openStore(newDatabasePath())
  taskId = readyTask(store, 400).id
  const hand = createHand(store, taskId)
  const { id, labelId, group, source } = hand.make()
  const keyframes = Array.from({ length: 100 }, (_, at) => keyframe(3 + at * 3, at))
  before = {
    ...{ kind: 'track', id, labelId, group, source, type: 'rectangle', attributes: [] },
    ...{ frame: 3, keyframes },
  }
  hand.apply([{ kind: 'create', after: before }])
})
afterEach(() => store.close())
afterAll(removeDatabases)

const keyframe = (frame: number, x: number): Keyframe => ({
  ...{ frame, points: [x, 0, x + 9, 9], rotation: 0, occluded: false, outside: false, zOrder: 0 },
  ...{ attributes: [], elements: [] },
})
const stored = () => store.annotations.tracks(taskId)[0]
let steps = 0
const send = (operation: SentOperation, baseRevision = store.tasks.get(taskId).revision) =>
  store.annotations.apply(taskId, baseRevision, `edit-${steps++}`, {
    title: { key: 'move', count: 1 },
    frame: 0,
    operations: [operation],
  })
const edit = (after: Track, from = before): TrackEdit => {
  const sent = packed({ kind: 'update', before: from, after })
  if (sent.kind !== 'track') throw new Error('sent whole')
  return sent
}

test('a keyframe moved, one added, one taken away: stored, undone and redone', () => {
  const first = withKeyframe(withKeyframe(before, keyframe(30, 500)), keyframe(31, 501))
  const after = {
    ...first,
    group: 7,
    keyframes: first.keyframes.filter(({ frame }) => frame !== 60),
  }
  expect(send(edit(after)).operations).toEqual([edit(after)])
  expect(stored()).toEqual(after)
  store.annotations.undo(taskId)
  expect(stored()).toEqual(before)
  store.annotations.redo(taskId)
  expect(stored()).toEqual(after)
})

test('a new first keyframe makes the track begin there', () => {
  const earlier = withKeyframe(before, keyframe(1, 0))
  send(edit(earlier))
  expect(store.annotations.ofFrame(taskId, 1)).toEqual([earlier])
  const later = { ...before, frame: 6, keyframes: before.keyframes.slice(1) }
  send(edit(later, earlier))
  expect(store.annotations.ofFrame(taskId, 5)).toEqual([])
  expect(stored()).toEqual(later)
})

test('an update that came whole is written down short, and undone as well', () => {
  const after = withKeyframe(before, keyframe(30, 500))
  const whole: Operation = { kind: 'update', before, after }
  expect(send(whole).operations).toEqual([edit(after)])
  store.annotations.undo(taskId)
  expect(stored()).toEqual(before)
})

test('made on what is stale it is refused, unless what it touches is as it was', () => {
  const base = store.tasks.get(taskId).revision
  const elsewhere = withKeyframe(before, keyframe(30, 500))
  send(edit(elsewhere))
  const mine = edit(withKeyframe(before, keyframe(90, 600)))
  expect(send(mine, base).revision).toBe(base + 2)
  expect(stored()?.keyframes.filter(({ points }) => (points[0] ?? 0) >= 500)).toHaveLength(2)
  expect(() => send(edit(withKeyframe(before, keyframe(30, 1))), base)).toThrowError(
    expect.objectContaining({ code: 'REVISION_CONFLICT' }),
  )
})

test.each<[string, (edit: TrackEdit) => TrackEdit]>([
  [
    'beyond the task',
    (one) => ({ ...one, keyframes: [{ ...only(one), frame: 900, after: keyframe(900, 1) }] }),
  ],
  ['not beginning at its first keyframe', (one) => ({ ...one, after: { ...one.after, frame: 4 } })],
  ['of another type', (one) => ({ ...one, after: { ...one.after, type: 'ellipse' } })],
  [
    'with a broken outline',
    (one) => ({
      ...one,
      keyframes: [{ ...only(one), after: { ...keyframe(30, 1), points: [1, 2] } }],
    }),
  ],
])('an edit %s is refused, and nothing of it stays', (_name, wrong) => {
  const right = edit(withKeyframe(before, keyframe(30, 500)))
  expect(() => send(wrong(right))).toThrowError(
    expect.objectContaining({ code: 'ANNOTATION_INVALID' }),
  )
  expect(stored()).toEqual(before)
})

function only({ keyframes }: TrackEdit): TrackEdit['keyframes'][number] {
  const [one] = keyframes
  if (!one) throw new Error('no keyframe')
  return one
}
