import { expect, test } from 'vitest'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Operation } from '#shared/operations/operation.ts'
import { trackOf } from '#shared/tracks/edit.ts'
import { rectangle } from './testing.ts'
import { type TrackPage, TrackShelf, withTracks } from './track-shelf.ts'

const track = (id: number, frame: number): Track => trackOf(rectangle(id, frame))

function shelfOf(pages: readonly (readonly Track[])[], pending: Operation[] = [], most = 100) {
  let asked = 0
  const waiting: ((page: TrackPage) => void)[] = []
  const shelf = new TrackShelf(
    {
      fetch: () => {
        asked += 1
        return new Promise((resolve) => waiting.push(resolve))
      },
      pending: () => pending,
    },
    most,
  )
  let at = 0
  const answer = async () => {
    const tracks = pages[at] ?? []
    at += 1
    const next = at < pages.length ? (tracks.at(-1)?.id ?? null) : null
    waiting.shift()?.({ tracks, next })
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { shelf, answer, asked: () => asked }
}

const ids = (list: readonly Annotation[]) => list.map(({ id }) => id)

test('every page is fetched once, and a frame has the tracks that have begun by then', async () => {
  const { shelf, answer, asked } = shelfOf([[track(1, 5)], [track(2, 0)]])
  const [first, second] = [shelf.ready(), shelf.ready()]
  await answer()
  await answer()
  await Promise.all([first, second])
  expect(asked()).toBe(2)
  expect([ids(shelf.on(0)), ids(shelf.on(5))]).toEqual([[2], [1, 2]])
})

test('what is done while the tracks are on their way, and what the core had not, is in them', async () => {
  const pending: Operation[] = [{ kind: 'create', after: track(3, 0) }]
  const { shelf, answer } = shelfOf([[track(1, 0)]], pending)
  const ready = shelf.ready()
  shelf.project([{ kind: 'update', before: track(1, 0), after: track(1, 4) }])
  await answer()
  await ready
  expect(shelf.on(9).map(({ id, frame }) => [id, frame])).toEqual([
    [1, 4],
    [3, 0],
  ])
})

test('a shape that becomes a track is taken up, a track that becomes a shape is let go', async () => {
  const { shelf, answer } = shelfOf([[track(2, 0)]])
  const ready = shelf.ready()
  await answer()
  await ready
  shelf.project([{ kind: 'update', before: rectangle(1, 0), after: track(1, 0) }])
  expect(ids(shelf.on(0))).toEqual([1, 2])
  shelf.project([{ kind: 'update', before: track(2, 0), after: rectangle(2, 0) }])
  expect(ids(shelf.on(0))).toEqual([1])
  shelf.project([{ kind: 'delete', before: track(1, 0) }])
  expect(shelf.on(0)).toEqual([])
})

test('more keyframes than may be kept are not kept', async () => {
  const { shelf, answer } = shelfOf([[track(1, 0)], [track(2, 0)]], [], 1)
  const ready = shelf.ready()
  await answer()
  await answer()
  await ready
  expect([shelf.isTooLarge, shelf.on(0)]).toEqual([true, []])
})

test('forgotten while under way, the old answer is no answer', async () => {
  const { shelf, answer, asked } = shelfOf([[track(1, 0)]])
  const old = shelf.ready()
  shelf.forget()
  await answer()
  await old
  expect(shelf.on(0)).toEqual([])
  void shelf.ready()
  expect(asked()).toBe(2)
})

test('shapes and tracks come in one order: layer, then id', () => {
  const front = { ...rectangle(1, 0), zOrder: 3 }
  const list = withTracks([rectangle(4, 0), front], [track(2, 0), track(9, 0)])
  expect(ids(list)).toEqual([2, 4, 9, 1] as AnnotationId[])
})
