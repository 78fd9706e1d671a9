import { expect, test } from 'vitest'
import { rectangle } from '#renderer/state/testing.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { Operation } from '#shared/operations/operation.ts'
import { trackOf } from '#shared/tracks/edit.ts'
import { laneOf } from './lane.ts'
import { LaneStore } from './lane-store.ts'

const track = (id: number, frame: number): Track => trackOf(rectangle(id, frame))

/** A document of ten frames whose core answers when it is told to. */
function open(tracks: readonly Track[], pending: Operation[] = [], shapes: readonly number[] = []) {
  let tell: (operations: readonly Operation[] | null) => void = () => undefined
  const answers: (() => void)[] = []
  const store = new LaneStore(
    {
      lanes: () => new Promise((resolve) => answers.push(() => resolve(tracks.map(laneOf)))),
      shapeCounts: async () => Uint32Array.from({ length: 10 }, (_, at) => shapes[at] ?? 0),
    },
    {
      onChange: (listener) => {
        tell = listener
        return () => undefined
      },
      outbox: { pendingOperations: () => pending } as never,
    },
    10,
  )
  store.open()
  const answer = async () => {
    answers.shift()?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  const frames = () =>
    [...(store.state.getState().lanes?.values() ?? [])].map(({ id, frames: [first] }) => [
      id,
      first,
    ])
  return { store, answer, frames, tell: (operations: Operation[] | null) => tell(operations) }
}

test('lanes are those of the core, with what it had not got yet and what was done meanwhile', async () => {
  const { store, answer, frames, tell } = open(
    [track(1, 2)],
    [{ kind: 'create', after: track(2, 4) }],
  )
  tell([{ kind: 'update', before: track(1, 2), after: track(1, 6) }])
  expect(store.state.getState().lanes).toBeNull()
  await answer()
  expect(frames()).toEqual([
    [1, 6],
    [2, 4],
  ])
})

test('a change touches its own lane alone', async () => {
  const { store, answer, tell } = open([track(1, 2), track(2, 4)])
  await answer()
  const before = store.state.getState().lanes
  tell([{ kind: 'update', before: track(1, 2), after: track(1, 5) }])
  const after = store.state.getState().lanes
  expect(after?.get(track(2, 4).id)).toBe(before?.get(track(2, 4).id))
  expect([...store.presence.counts()]).toEqual([0, 0, 0, 0, 1, 2, 2, 2, 2, 2])
})

test('a shape that becomes a track has a lane from then on, and back', async () => {
  const { answer, frames, tell, store } = open([], [], [0, 0, 0, 1])
  await answer()
  tell([{ kind: 'update', before: rectangle(3, 3), after: track(3, 3) }])
  expect([frames(), store.shapeTotal]).toEqual([[[3, 3]], 0])
  tell([{ kind: 'update', before: track(3, 3), after: rectangle(3, 3) }])
  expect([frames(), store.shapeTotal]).toEqual([[], 1])
})

test('every shape of a step is counted', async () => {
  const { answer, tell, store } = open([])
  await answer()
  tell(
    [4, 4, 6].map((frame, at): Operation => ({ kind: 'create', after: rectangle(at + 1, frame) })),
  )
  expect([...store.shapeCounts]).toEqual([0, 0, 0, 0, 2, 0, 1, 0, 0, 0])
})

test('told that what is known may be wrong, they are read again, and only the newest answer counts', async () => {
  const { answer, frames, tell } = open([track(1, 2)])
  tell(null)
  await answer()
  expect(frames()).toEqual([])
  await answer()
  expect(frames()).toEqual([[1, 2]])
})
