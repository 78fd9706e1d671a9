import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHand, newDatabasePath, readyTask, removeDatabases } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import type { Annotation, Shape, Track } from '#shared/domain/annotation.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FoundShape, Store, TrackedShape } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { type TrackParams, trackObjects } from './track.ts'

const FRAMES = 12
const functionId = 'fake/tracker' as FunctionId
let store: Store
let taskId: TaskId
let hand: ReturnType<typeof createHand>
let world: ReturnType<typeof fakeTracker>

beforeEach(() => {
  store = openStore(newDatabasePath())
  taskId = readyTask(store, FRAMES).id
  hand = createHand(store, taskId)
  world = fakeTracker()
})
afterEach(() => store.close())
afterAll(removeDatabases)

/** What is at x on one frame is at x + 1 on the next it is shown; on frames of `hides` nothing is found. */
function fakeTracker() {
  const known = new Map<string, TrackedShape>()
  const asked: number[] = []
  const hides = new Set<number>()
  let last = 0
  let score: number | null = null
  return {
    asked,
    hides,
    forget: () => known.clear(),
    scoring: (value: number) => {
      score = value
    },
    onUpdate: (_frame: number): void => undefined,
    get: async () => ({ kind: 'tracker', shapeTypes: ['rectangle'] }),
    begin: async (_at: unknown, _id: string, shapes: readonly TrackedShape[]) =>
      shapes.map((shape) => {
        known.set(`t${++last}`, shape)
        return `t${last}`
      }),
    async update({ frame }: { frame: number }, _id: string, tokens: readonly string[]) {
      asked.push(frame)
      this.onUpdate(frame)
      return tokens.map((token): FoundShape | null | undefined => {
        const shape = known.get(token)
        if (!shape || hides.has(frame)) return shape && null
        const points = shape.points.map((value, at) => (at % 2 === 0 ? value + 1 : value))
        known.set(token, { ...shape, points })
        return { ...shape, points, score }
      })
    },
  }
}

const hooks: WorkHooks = {
  signal: new AbortController().signal,
  progress: () => undefined,
  event: () => undefined,
  standBack: () => undefined,
  preview: () => undefined,
}

const work = (more: Partial<TrackParams> = {}, given: Partial<WorkHooks> = {}, requestId = 1) =>
  trackObjects(
    { store, functions: world } as unknown as WorkDeps,
    {
      taskId,
      functionId,
      from: 2,
      to: 6,
      annotationIds: [],
      minScore: 0,
      keyframeEvery: 1,
      ...more,
    },
    { ...hooks, ...given },
    requestId,
  )

function draw(more: Partial<Shape> = {}): Shape {
  const shape: Shape = { ...hand.make(), frame: 2, points: [10, 10, 30, 30], ...more }
  hand.apply([{ kind: 'create', after: shape }])
  return shape
}

function markDeleted(frame: number): void {
  const before = { deleted: false, checked: false }
  hand.apply([{ kind: 'frame', frame, before, after: { ...before, deleted: true } }])
}

const all = (): Annotation[] => [
  ...[...store.annotations.byFrame(taskId)].flatMap(({ annotations }) => annotations),
  ...store.annotations.tracks(taskId),
]
const tracks = (): Track[] => store.annotations.tracks(taskId)
const told = () =>
  tracks().map(({ keyframes }) =>
    keyframes.map(({ frame, points, outside }) => `${frame}:${points[0]}${outside ? '!' : ''}`),
  )

describe('objects led over frames', () => {
  test('forward: a shape becomes a track, as one step that is taken back whole', async () => {
    const shape = draw()
    expect(await work()).toEqual({
      ...{ tracked: 1, lost: 0, notFound: 0, changedMeanwhile: 0, passedOver: 0, frames: 4 },
    })
    expect(told()).toEqual([['2:10', '3:11', '4:12', '5:13', '6:14', '7:14!']])
    expect(tracks()[0]).toMatchObject({ id: shape.id, source: 'semi-auto' })
    store.annotations.undo(taskId)
    expect(all()).toEqual([shape])
  })

  test('backward, over deleted frames, stating every second place', async () => {
    draw({ frame: 8 })
    markDeleted(6)
    await work({ from: 8, to: 3, keyframeEvery: 2 })
    expect(world.asked).toEqual([7, 5, 4, 3])
    expect(told()).toEqual([['3:14', '5:12', '8:10', '9:10!']])
  })

  test('what is lost ends there, and the others go on', async () => {
    draw()
    world.hides.add(5)
    const report = await work()
    expect(report).toMatchObject({ tracked: 1, lost: 1, frames: 2 })
    expect(told()).toEqual([['2:10', '3:11', '4:12', '5:12!']])
    expect(world.asked).toEqual([3, 4, 5])
  })

  test('what the tracker is not sure enough of is lost', async () => {
    const shape = draw()
    world.scoring(0.4)
    expect(await work({ minScore: 0.5 })).toMatchObject({ tracked: 0, lost: 1, notFound: 1 })
    expect(all()).toEqual([shape])
  })

  test('what the tracker has forgotten it learns anew where it was last', async () => {
    draw()
    world.onUpdate = (frame) => {
      if (frame !== 5 || world.asked.filter((one) => one === 5).length > 1) return
      world.forget()
    }
    await work()
    expect(told()).toEqual([['2:10', '3:11', '4:12', '5:13', '6:14', '7:14!']])
    expect(world.asked).toEqual([3, 4, 5, 5, 6])
  })

  test('only those chosen; what it cannot follow is counted', async () => {
    const shape = draw()
    const other = draw()
    const polygon = draw({ type: 'polygon', points: [0, 0, 9, 0, 9, 9] })
    const report = await work({ annotationIds: [shape.id, polygon.id] })
    expect(report).toMatchObject({ tracked: 1, passedOver: 1 })
    expect(tracks().map(({ id }) => id)).toEqual([shape.id])
    expect(all()).toContainEqual(other)
  })
})

describe('nothing is half done', () => {
  test('a tracker that forgets all it is shown fails, and has lost nothing', async () => {
    const shape = draw()
    world.onUpdate = () => world.forget()
    await expect(work()).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
    expect(all()).toEqual([shape])
  })

  test('cancelled on the way, annotations are as they were', async () => {
    const shape = draw()
    const progress = (done: number) => {
      if (done === 3) throw new AppError('CANCELLED', { what: 'track' })
    }
    await expect(work({}, { progress })).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(world.asked).toHaveLength(3)
    expect(all()).toEqual([shape])
  })

  test('a tracker that fails half way leaves them as they were', async () => {
    const shape = draw()
    world.onUpdate = (frame) => {
      if (frame === 5) throw new AppError('FUNCTION_FAILED', { id: functionId, detail: 'it fell' })
    }
    await expect(work()).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
    expect(all()).toEqual([shape])
  })

  test('carried out again after a crash it does nothing twice', async () => {
    draw()
    await work()
    const before = { all: all(), history: store.annotations.history(taskId, undefined, 10) }
    await work()
    expect(all()).toEqual(before.all)
    expect(store.annotations.history(taskId, undefined, 10)).toEqual(before.history)
  })

  test('what a person moved or deleted meanwhile stays as they left it', async () => {
    const [kept, moved, deleted] = [draw(), draw(), draw()]
    const after = { ...moved, points: [0, 0, 5, 5] }
    world.onUpdate = (frame) => {
      if (frame !== 4) return
      hand.apply([
        { kind: 'update', before: moved, after },
        { kind: 'delete', before: deleted },
      ])
    }
    expect(await work()).toMatchObject({ tracked: 1, changedMeanwhile: 2 })
    expect(tracks().map(({ id }) => id)).toEqual([kept.id])
    expect(all()).toContainEqual(after)
    expect(all().map(({ id }) => id)).not.toContain(deleted.id)
  })
})
