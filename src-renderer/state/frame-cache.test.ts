import { expect, test } from 'vitest'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { Operation } from '#shared/operations/operation.ts'
import { FrameCache } from './frame-cache.ts'
import { rectangle, settle } from './testing.ts'

function openCache(pending: Operation[] = []) {
  const answers = new Map<number, (annotations: Annotation[]) => void>()
  const cache = new FrameCache({
    fetch: (frame) => new Promise((resolve) => answers.set(frame, resolve)),
    pending: () => pending,
  })
  const know = async (frame: number, annotations: Annotation[]) => {
    const fetched = cache.fetch(frame)
    answers.get(frame)?.(annotations)
    await fetched
  }
  const ids = (frame: number) => [...(cache.peek(frame)?.keys() ?? [])]
  return { cache, answers, know, ids }
}

function track(id: number, frame: number): Track {
  const {
    points,
    rotation,
    occluded,
    zOrder,
    elements,
    score: _score,
    ...rest
  } = rectangle(id, frame)
  const keyframe = { frame, points, rotation, occluded, zOrder, elements, outside: false }
  return { ...rest, kind: 'track', keyframes: [{ ...keyframe, attributes: [] }] }
}

test('a track reaches every cached frame from its first keyframe on', async () => {
  const { cache, know, ids } = openCache()
  for (const frame of [0, 1, 2, 9]) await know(frame, [])
  cache.project([{ kind: 'create', after: track(1, 1) }])
  expect([0, 1, 2, 9].map(ids)).toEqual([[], [1], [1], [1]])
  cache.project([{ kind: 'update', before: track(1, 1), after: track(1, 2) }])
  expect([0, 1, 2, 9].map(ids)).toEqual([[], [], [1], [1]])
  cache.project([{ kind: 'delete', before: track(1, 2) }])
  expect([0, 1, 2, 9].map(ids)).toEqual([[], [], [], []])
})

test('a shape moved to another frame is on that one only', async () => {
  const { cache, know, ids } = openCache()
  await know(0, [rectangle(1, 0)])
  await know(3, [])
  cache.project([{ kind: 'update', before: rectangle(1, 0), after: rectangle(1, 3) }])
  expect([ids(0), ids(3)]).toEqual([[], [1]])
})

test('what happens while an answer is under way is not lost, even when it was acknowledged meanwhile', async () => {
  const { cache, answers, ids } = openCache()
  const fetched = cache.fetch(4)
  cache.project([{ kind: 'create', after: rectangle(1, 4) }])
  answers.get(4)?.([])
  expect([...(await fetched).keys()]).toEqual([1])
  expect(ids(4)).toEqual([1])
})

test('what waited for the core when a frame was asked for is on it', async () => {
  const { know, ids } = openCache([{ kind: 'create', after: track(1, 2) }])
  await know(4, [])
  await know(1, [])
  expect([ids(1), ids(4)]).toEqual([[], [1]])
})

test('an answer under way when all is forgotten is not kept', async () => {
  const { cache, answers } = openCache()
  const fetched = cache.fetch(4)
  cache.forgetAll()
  answers.get(4)?.([rectangle(1, 4)])
  await fetched
  await settle()
  expect(cache.has(4)).toBe(false)
})
