import { afterAll, expect, test } from 'vitest'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import type { AttributeId } from '#shared/domain/ids.ts'
import { createHand, newDatabasePath, readyTask, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

afterAll(removeDatabases)

const keyframe = (frame: number, said: Partial<Keyframe> = {}): Keyframe => ({
  ...{ frame, points: [0, 0, 5, 5], rotation: 0, occluded: false, outside: false, zOrder: 0 },
  ...{ attributes: [], elements: [] },
  ...said,
})

test('lanes tell of every keyframe when it is, in one number, and of all values given, once each', () => {
  const store = openStore(newDatabasePath())
  const { id: taskId } = readyTask(store)
  const hand = createHand(store, taskId)
  hand.draw({ frame: 1 })
  const specId = store.labels.ofTask(taskId)[0]?.attributes[0]?.id as AttributeId
  const red = [{ specId, value: 'red' }]
  const draw = (keyframes: Keyframe[]): Track => {
    const { id, labelId, group, source } = hand.make()
    const after: Track = {
      ...{ kind: 'track', id, labelId, group, source, attributes: [], type: 'rectangle' },
      ...{ frame: keyframes[0]?.frame ?? 0, keyframes },
    }
    hand.apply([{ kind: 'create', after }])
    return after
  }
  const late = draw([keyframe(5, { attributes: red }), keyframe(7, { attributes: red })])
  const early = draw([keyframe(0, { occluded: true }), keyframe(3, { outside: true })])

  const first = store.annotations.lanes(taskId, { frame: -1, id: 0 }, 1)
  expect(first.next).toEqual({ frame: 0, id: early.id })
  expect(first.tracks.map((lane) => [lane.id, lane.keyframes])).toEqual([[early.id, [2, 13]]])
  const second = store.annotations.lanes(taskId, { frame: 0, id: early.id }, 5)
  expect(second).toEqual({
    next: null,
    tracks: [
      {
        ...{ id: late.id, labelId: late.labelId, group: 0, source: 'manual', type: 'rectangle' },
        ...{ attributes: red, keyframes: [20, 28] },
      },
    ],
  })
  store.close()
})
