import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHand, newDatabasePath, readyTask, removeDatabases } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import type { Annotation, Keyframe, Track } from '#shared/domain/annotation.ts'
import { type BulkAction, type BulkScope, bulkSchema } from '#shared/domain/bulk.ts'
import type { AnnotationId, TaskId } from '#shared/domain/ids.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { Store } from '../../../ports.ts'
import { previewBulk } from './preview.ts'
import { runBulk } from './run.ts'

const FRAMES = 20
let store: Store
let taskId: TaskId
let hand: ReturnType<typeof createHand>

beforeEach(() => {
  store = openStore(newDatabasePath())
  taskId = readyTask(store, FRAMES, { segmentSize: 10, overlap: 4 }).id
  hand = createHand(store, taskId)
})
afterEach(() => store.close())
afterAll(removeDatabases)

const frames = (first: number, last: number): BulkScope => ({
  ...{ kind: 'frames', first, last, filter: '' },
})
const bulkOf = (action: BulkAction, scope: BulkScope, frame = 0) =>
  bulkSchema.parse({ action, scope, frame })
const preview = (action: BulkAction, scope: BulkScope, frame = 0) =>
  previewBulk(store, taskId, bulkOf(action, scope, frame))
let runs = 0
const run = (action: BulkAction, scope: BulkScope, frame = 0) =>
  runBulk(store, {
    ...{ taskId, bulk: bulkOf(action, scope, frame), clientStepId: `run-${runs++}` },
    ...{ requestId: null, progress: () => undefined },
  })

const keyframe = (frame: number, x: number, more: Partial<Keyframe> = {}): Keyframe => ({
  ...{ frame, points: [x, 0, x + 10, 10], rotation: 0, occluded: false, outside: false, zOrder: 0 },
  ...{ attributes: [], elements: [], ...more },
})

function drawTrack(keyframes: Keyframe[], more: Partial<Track> = {}): Track {
  const { id, labelId, group, source } = hand.make()
  const track: Track = {
    ...{ kind: 'track', id, labelId, group, source, type: 'rectangle', attributes: [] },
    ...{ frame: keyframes[0]?.frame ?? 0, keyframes, ...more },
  }
  hand.apply([{ kind: 'create', after: track }])
  return track
}

const shapes = (): Annotation[] =>
  [...store.annotations.byFrame(taskId)].flatMap(({ annotations }) => annotations)
const tracks = () => store.annotations.tracks(taskId)
/** The left edge of everything seen on each frame. */
const picture = () =>
  Array.from({ length: FRAMES }, (_, frame) =>
    store.annotations
      .ofFrame(taskId, frame)
      .flatMap((one) => shapeOn(one, frame)?.points[0] ?? [])
      .sort((a, b) => a - b),
  )

function markDeleted(frame: number): void {
  const before = { deleted: false, checked: false }
  hand.apply([{ kind: 'frame', frame, before, after: { ...before, deleted: true } }])
}

describe('tracks to shapes', () => {
  const moving = () =>
    drawTrack([keyframe(2, 20), keyframe(12, 120), keyframe(15, 120, { outside: true })])

  test('everything is seen where it was, and one undo brings the track back', async () => {
    const track = moving()
    const before = picture()
    const whole = { kind: 'tracks-to-shapes', first: 0, last: 19, every: 'frame' } as const
    const scope: BulkScope = { kind: 'ids', ids: [track.id] }
    expect(await preview(whole, scope)).toMatchObject({ changed: 1, created: 13, frames: 13 })
    await run(whole, scope)
    expect([tracks().length, shapes().length]).toEqual([0, 13])
    expect(picture()).toEqual(before)
    store.annotations.undo(taskId)
    expect([tracks(), shapes()]).toEqual([[track], []])
  })

  test('of a range, only there: before and after it is still a track', async () => {
    const track = moving()
    const before = picture()
    await run(
      { kind: 'tracks-to-shapes', first: 5, last: 8, every: 'frame' },
      { kind: 'ids', ids: [track.id] },
    )
    expect(shapes().map(({ frame }) => frame)).toEqual([5, 6, 7, 8])
    expect(tracks().map(({ id }) => id)).toEqual([track.id])
    expect(picture().map((xs) => xs.map(Math.round))).toEqual(
      before.map((xs) => xs.map(Math.round)),
    )
  })

  test('only keyframes; deleted frames get none; a track that is not seen there stays', async () => {
    const track = moving()
    markDeleted(12)
    const only = { kind: 'tracks-to-shapes', first: 0, last: 19, every: 'keyframe' } as const
    expect(await preview(only, frames(0, 19))).toMatchObject({ created: 1, framesLeftOut: 1 })
    const late = { ...only, first: 16 }
    expect(await preview(late, { kind: 'ids', ids: [track.id] })).toMatchObject({
      changed: 0,
      skipped: [{ reason: 'not-seen', count: 1 }],
    })
    await run(late, { kind: 'ids', ids: [track.id] })
    expect(tracks()).toEqual([track])
  })
})

describe('shapes to tracks', () => {
  test('one object a track, and what finds no partner stays a shape', async () => {
    for (let frame = 0; frame < 6; frame += 1) {
      hand.draw({ frame, points: [frame * 2, 0, frame * 2 + 10, 10] })
      hand.draw({ frame, points: [100, frame, 130, frame + 30] })
    }
    const lonely = hand.draw({ frame: 3, points: [300, 300, 310, 310] })
    const before = picture()
    const link = { kind: 'link-shapes', overlap: 0.3, gap: 0 } as const
    expect(await preview(link, frames(0, 19))).toMatchObject({
      ...{ matched: 13, changed: 12, created: 2 },
      skipped: [{ reason: 'no-partner', count: 1 }],
    })
    await run(link, frames(0, 19))
    expect(tracks().map(({ keyframes }) => keyframes.length)).toEqual([7, 7])
    expect(shapes()).toEqual([lonely])
    expect(picture()).toEqual(before)
    store.annotations.undo(taskId)
    expect([tracks().length, shapes().length]).toEqual([0, 13])
  })

  test('and back: shapes of every frame, linked, are the track that was converted', async () => {
    const track = drawTrack([
      keyframe(2, 20),
      keyframe(12, 40),
      keyframe(15, 40, { outside: true }),
    ])
    const before = picture()
    const scope: BulkScope = { kind: 'ids', ids: [track.id] }
    await run({ kind: 'tracks-to-shapes', first: 0, last: 19, every: 'frame' }, scope)
    await run({ kind: 'link-shapes', overlap: 0.3, gap: 0 }, frames(0, 19))
    expect([tracks().length, shapes().length]).toEqual([1, 0])
    expect(picture()).toEqual(before)
  })
})

test('tracks that go on in the overlap of two jobs are joined', async () => {
  expect(store.jobs.ofTask(taskId)[1]?.startFrame).toBe(6)
  const first = drawTrack([keyframe(0, 0), keyframe(9, 90)])
  const second = drawTrack([keyframe(6, 60), keyframe(9, 91), keyframe(15, 150)])
  drawTrack([keyframe(6, 900)])
  expect(await preview({ kind: 'join-tracks' }, frames(0, 19))).toMatchObject({
    ...{ matched: 3, skipped: [{ reason: 'no-partner', count: 1 }] },
  })
  await run({ kind: 'join-tracks' }, frames(0, 19))
  const joined = tracks().find(({ id }) => id === first.id)
  expect(joined?.keyframes.map(({ frame, points }) => [frame, points[0]])).toEqual([
    [0, 0],
    [6, 60],
    [9, 90],
    [15, 150],
  ])
  expect(tracks().map(({ id }) => id)).not.toContain(second.id)
})

describe('other actions on tracks', () => {
  const still = () => drawTrack([keyframe(2, 20), keyframe(12, 120)])

  test('propagate copies the shape a track is on the frame shown', async () => {
    const track = still()
    await run(
      { kind: 'propagate', first: 8, last: 9 },
      { kind: 'ids', ids: [track.id as AnnotationId] },
      7,
    )
    expect(shapes().map((one) => one.kind === 'shape' && [one.frame, one.points[0]])).toEqual([
      [8, 70],
      [9, 70],
    ])
    expect(tracks()).toEqual([track])
  })

  test('removed on a range, a track is not seen there and stays elsewhere', async () => {
    const track = still()
    const before = picture()
    await run({ kind: 'remove', tracks: 'range' }, frames(5, 8))
    expect(tracks().map(({ id }) => id)).toEqual([track.id])
    expect(picture().map((xs) => xs.map(Math.round))).toEqual(
      before.map((xs, frame) => (frame >= 5 && frame <= 8 ? [] : xs.map(Math.round))),
    )
  })

  test('converted, each keyframe is another type; a mask holds, so a moving track is none', async () => {
    still()
    await run({ kind: 'convert', to: 'polygon', density: 1 }, frames(0, 19))
    expect(tracks()[0]?.type).toBe('polygon')
    expect(tracks()[0]?.keyframes.map(({ points }) => points.length)).toEqual([8, 8])
    expect(await preview({ kind: 'convert', to: 'mask', density: 1 }, frames(0, 19))).toMatchObject(
      {
        changed: 0,
        skipped: [{ reason: 'kind', count: 1 }],
      },
    )
  })
})
