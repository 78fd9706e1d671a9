import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHand, newDatabasePath, readyTask, removeDatabases } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import type { Keyframe, Shape, Track } from '#shared/domain/annotation.ts'
import type { LabelId, TaskId } from '#shared/domain/ids.ts'
import type { Store } from '../../ports.ts'
import type { Deps } from '../../usecase.ts'
import { slices } from './frame-span.ts'
import { queryAnnotations } from './query-annotations.ts'
import { searchEmpty, searchMatching } from './search-frames.ts'

let store: Store
let taskId: TaskId
let hand: ReturnType<typeof createHand>
let person: LabelId
const box = (width: number, height = 10) => ({ points: [0, 0, width, height] })

beforeEach(() => {
  store = openStore(newDatabasePath())
  taskId = readyTask(store, 100).id
  hand = createHand(store, taskId)
  person = store.labels.ofTask(taskId)[1]?.id as LabelId
})
afterEach(() => store.close())
afterAll(removeDatabases)

const deps = () => ({ store }) as Deps
const next = (filter: string, from: number, more: { start?: number; stop?: number } = {}) =>
  searchMatching(deps(), { taskId, filter, from, direction: 'forward', deleted: 'skip', ...more })
const previous = (filter: string, from: number) =>
  searchMatching(deps(), { taskId, filter, from, direction: 'backward', deleted: 'skip' })

function drawTrack(labelId: LabelId, frames: readonly [frame: number, width: number][]): Track {
  const keyframes = frames.map(
    ([frame, width]): Keyframe => ({
      frame,
      points: [0, 0, width || 1, 10],
      rotation: 0,
      occluded: false,
      outside: width === 0,
      zOrder: 0,
      attributes: [],
      elements: [],
    }),
  )
  const { id, group, source } = hand.make()
  const common = { id, labelId, group, source, attributes: [], type: 'rectangle' as const }
  const track: Track = { kind: 'track', ...common, frame: frames[0]?.[0] ?? 0, keyframes }
  hand.apply([{ kind: 'create', after: track }])
  return track
}

describe('the next frame by filter', () => {
  beforeEach(() => {
    hand.draw({ frame: 10, ...box(20) })
    hand.draw({ frame: 30, ...box(60) })
    hand.draw({ frame: 30, labelId: person, ...box(90) })
    hand.draw({ frame: 70, labelId: person, ...box(20) })
  })

  test.each([
    ['label == "car"', 0, 10],
    ['label == "car"', 10, 30],
    ['label == "person"', 0, 30],
    ['label == "car" and width > 40', 0, 30],
    ['label == "person" and width < 40', 0, 70],
    ['width > height', 30, 70],
    ['label::person', 30, 70],
    ['type == "tag" or frame == 70', 0, 70],
  ])('%s after %i is %i', async (filter, from, frame) =>
    expect(await next(filter, from)).toEqual({ frame, by: 'filter' }),
  )

  test('and backward', async () => {
    expect(await previous('label == "person"', 99)).toEqual({ frame: 70, by: 'filter' })
    expect(await previous('width > 40', 70)).toEqual({ frame: 30, by: 'filter' })
  })

  test('where there is no further match, none is told', async () => {
    expect(await next('label == "car"', 30)).toEqual({ frame: null, by: 'filter' })
    expect(await previous('label == "person"', 30)).toEqual({ frame: null, by: 'filter' })
  })

  test('where nothing matches at all, the next with any annotation', async () => {
    expect(await next('width > 1000', 10)).toEqual({ frame: 30, by: 'annotations' })
    expect(await previous('label == "arm"', 10)).toEqual({ frame: null, by: 'annotations' })
  })

  test("within a job's frames only", async () => {
    expect(await next('label == "person"', 31, { start: 20, stop: 69 })).toMatchObject({
      frame: null,
    })
    expect(await next('label == "car"', 0, { start: 11, stop: 69 })).toMatchObject({ frame: 30 })
  })

  test('deleted frames are passed over', async () => {
    const before = { deleted: false, checked: false }
    hand.apply([{ kind: 'frame', frame: 30, before, after: { ...before, deleted: true } }])
    expect(await next('label == "person"', 0)).toMatchObject({ frame: 70 })
    expect(await next('width > 5', 10)).toMatchObject({ frame: 70 })
  })

  test('a filter that is none is refused by its column', async () => {
    await expect(next('label = ', 0)).rejects.toMatchObject({
      code: 'FILTER_INVALID',
      message: expect.stringContaining('column 9'),
    })
  })
})

describe('tracks', () => {
  test('are found on every frame they are seen on, as they look there', async () => {
    drawTrack(person, [
      [20, 30],
      [40, 80],
      [50, 0],
    ])
    expect(await next('label == "person"', 0)).toMatchObject({ frame: 20 })
    expect(await next('label == "person"', 33)).toMatchObject({ frame: 34 })
    expect(await next('width >= 80', 0)).toMatchObject({ frame: 40 })
    expect(await next('label == "person"', 49)).toMatchObject({ frame: null, by: 'filter' })
    expect(await previous('type == "track"', 99)).toMatchObject({ frame: 49 })
  })

  test('a shape that is nearer goes before', async () => {
    drawTrack(person, [[20, 30]])
    hand.draw({ frame: 12, ...box(30) })
    expect(await next('width == 30', 0)).toMatchObject({ frame: 12 })
    expect(await next('width == 30', 12)).toMatchObject({ frame: 20 })
  })
})

describe('the next empty frame', () => {
  const empty = async (from: number, direction: 'forward' | 'backward') =>
    (await searchEmpty(deps(), { taskId, from, direction, deleted: 'skip' })).frame

  test('holds nothing, no track passes through it, and it is not deleted', async () => {
    for (const frame of [1, 2, 3]) hand.draw({ frame })
    drawTrack(person, [
      [4, 30],
      [6, 0],
    ])
    const before = { deleted: false, checked: false }
    hand.apply([{ kind: 'frame', frame: 6, before, after: { ...before, deleted: true } }])
    expect(await empty(0, 'forward')).toBe(7)
    expect(await empty(7, 'backward')).toBe(0)
    expect(await empty(99, 'forward')).toBeNull()
  })
})

describe('a query', () => {
  const query = (filter: string, more: { from?: number; limit?: number } = {}) =>
    queryAnnotations(deps(), { taskId, filter, from: 0, limit: 1000, ...more })

  test('lists what matches, by frames with their names, a track once', async () => {
    const wide: Shape = hand.draw({ frame: 5, ...box(60) })
    hand.draw({ frame: 5, ...box(10) })
    const track = drawTrack(person, [
      [5, 10],
      [8, 70],
    ])
    const { frames, next } = await query('width > 50')
    expect(next).toBeNull()
    expect(
      frames.map(({ frame, name, annotations }) => [frame, name, annotations.map((one) => one.id)]),
    ).toEqual([
      [5, '5.jpg', [wide.id]],
      [8, '8.jpg', [track.id]],
    ])
  })

  test('page after page says the same as all at once', async () => {
    for (let frame = 0; frame < 60; frame += 1)
      for (let i = 0; i < frame % 4; i += 1) hand.draw({ frame, ...box(i * 20 + 1) })
    const ids = async (limit: number) => {
      const found: number[] = []
      for (let from: number | null = 0; from !== null; ) {
        const page: Awaited<ReturnType<typeof query>> = await query('width > 10', { from, limit })
        found.push(...page.frames.flatMap(({ annotations }) => annotations.map(({ id }) => id)))
        from = page.next
      }
      return found
    }
    expect(await ids(7)).toEqual(await ids(10_000))
    expect(await ids(7)).toHaveLength(45)
  })
})

test.each(['forward', 'backward'] as const)(
  'slices going %s cover every frame once',
  async (direction) => {
    const seen: number[] = []
    for await (const { first, last } of slices({ first: 3, last: 1000 }, direction))
      for (let frame = first; frame <= last; frame += 1) seen.push(frame)
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 998 }, (_, i) => i + 3))
  },
)
