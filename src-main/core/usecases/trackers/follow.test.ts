import { beforeEach, describe, expect, it } from 'vitest'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FoundShape, TrackedShape } from '../../ports.ts'
import type { Deps } from '../../usecase.ts'
import { createFollow } from './follow.ts'

const taskId = 1 as TaskId
const rectangle = (...points: number[]): TrackedShape => ({
  type: 'rectangle',
  points,
  rotation: 0,
})
const box = rectangle(10, 10, 30, 30)

/** Every object moves 5 px right a call, and is surer the larger it is; a token it was told to forget is unknown. */
function world() {
  const known = new Map<string, TrackedShape>()
  const begun: { frame: number; points: readonly number[] }[] = []
  let last = 0
  let answer: (shape: TrackedShape) => FoundShape = (shape) => ({
    ...shape,
    points: shape.points.map((value, at) => (at % 2 === 0 ? value + 5 : value)),
    score: 0.8,
  })
  const deps = {
    store: { frames: { record: () => ({ width: 100, height: 100 }) } },
    functions: {
      get: async (id: string, kind: string) => {
        if (id !== 'fake/tracker') throw new AppError('NOT_FOUND', { what: 'function', id })
        return { id, kind }
      },
      begin: async ({ frame }: { frame: FrameIndex }, _id: string, shapes: TrackedShape[]) =>
        shapes.map((shape) => {
          begun.push({ frame, points: shape.points })
          known.set(`t${++last}`, shape)
          return `t${last}`
        }),
      update: async (_frame: unknown, _id: string, tokens: string[]) =>
        tokens.map((token) => {
          const at = known.get(token)
          if (!at) return undefined
          const next = answer(at)
          known.set(token, next)
          return next
        }),
    },
  } as unknown as Deps
  const answering = (how: typeof answer) => {
    answer = how
  }
  return { known, begun, follow: createFollow(deps), answering }
}

describe('following objects', () => {
  let here = world()
  beforeEach(() => {
    here = world()
  })
  const step = (
    from: number,
    objects: { shape: TrackedShape; state: string | null }[],
    minScore = 0,
  ) =>
    here.follow({
      ...{ taskId, tracker: 'fake/tracker', from, to: from + 1, minScore },
      objects: objects.map(({ shape, state }) => ({
        shape: { ...shape, points: [...shape.points] },
        state,
      })),
    })

  it('learns an object once and goes on from there', async () => {
    const first = await step(3, [{ shape: box, state: null }])
    const found = { ...rectangle(15, 10, 35, 30), score: 0.8 }
    expect(first).toEqual({
      initialized: 1,
      objects: [{ shape: found, state: expect.any(String) }],
    })
    const state = first.objects[0]?.state ?? null
    const second = await step(4, [{ shape: rectangle(15, 10, 35, 30), state }])
    expect(second).toMatchObject({
      initialized: 0,
      objects: [{ shape: rectangle(20, 10, 40, 30), state }],
    })
    expect(here.begun).toEqual([{ frame: 3, points: box.points }])
  })

  it('learns anew what a person moved, what comes from another frame, and what was forgotten', async () => {
    const first = await step(3, [{ shape: box, state: null }])
    const moved = rectangle(50, 50, 60, 60)
    const second = await step(4, [{ shape: moved, state: first.objects[0]?.state ?? null }])
    const state = second.objects[0]?.state ?? null
    await step(9, [{ shape: rectangle(55, 50, 65, 60), state }])
    expect(here.begun.slice(1)).toEqual([
      { frame: 4, points: moved.points },
      { frame: 9, points: [55, 50, 65, 60] },
    ])
    here.known.clear()
    const after = await step(10, [{ shape: rectangle(60, 50, 70, 60), state }])
    expect(after).toMatchObject({
      initialized: 1,
      objects: [{ shape: rectangle(65, 50, 75, 60) }],
    })
  })

  it('does not take the state of one tracker for that of another', async () => {
    const first = await step(3, [{ shape: box, state: null }])
    const state = (first.objects[0]?.state ?? '').replace('fake', 'other')
    await step(4, [{ shape: rectangle(15, 10, 35, 30), state }])
    expect(here.begun).toHaveLength(2)
  })

  it('cuts a box at the edge and gives up one that has left the picture', async () => {
    const { objects } = await step(0, [
      { shape: rectangle(80, 0, 98, 20), state: null },
      { shape: rectangle(99, 0, 120, 20), state: null },
    ])
    expect(objects.map((one) => one.shape?.points ?? null)).toEqual([[85, 0, 100, 20], null])
  })

  it('follows what is no rectangle, turned or not, as a whole', async () => {
    const { objects } = await step(0, [
      { shape: { type: 'polygon', points: [90, 0, 98, 0, 98, 20], rotation: 0 }, state: null },
      { shape: { ...rectangle(80, 0, 98, 20), rotation: 30 }, state: null },
    ])
    expect(objects.map((one) => one.shape?.points)).toEqual([
      [95, 0, 103, 0, 103, 20],
      [85, 0, 103, 20],
    ])
  })

  it('does not look for what lies beside the picture', async () => {
    const { objects } = await step(0, [
      { shape: rectangle(500, 500, 520, 520), state: null },
      { shape: box, state: null },
    ])
    expect(objects[0]).toEqual({ shape: null, state: '' })
    expect(objects[1]?.shape?.points).toEqual([15, 10, 35, 30])
    expect(here.begun).toEqual([{ frame: 0, points: box.points }])
  })

  it('loses what the tracker is less sure of than asked', async () => {
    const enough = await step(0, [{ shape: box, state: null }], 0.8)
    const tooLittle = await step(0, [{ shape: box, state: null }], 0.81)
    expect([enough, tooLittle].map(({ objects }) => objects[0]?.shape !== null)).toEqual([
      true,
      false,
    ])
  })

  it.each([
    ['a place that is no number', { ...rectangle(Number.NaN, 0, 1, 1), score: 1 }],
    [
      'a shape of another type',
      { type: 'polygon', points: [0, 0, 9, 0, 9, 9], rotation: 0, score: 1 },
    ],
  ] as const)('refuses %s', async (_what, found) => {
    here.answering(() => found)
    await expect(step(0, [{ shape: box, state: null }])).rejects.toMatchObject({
      code: 'FUNCTION_ANSWER_INVALID',
    })
  })

  it('refuses a tracker that nobody has', async () => {
    const asked = { taskId, tracker: 'none', from: 0, to: 1, objects: [], minScore: 0 }
    await expect(here.follow(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
