import { beforeEach, describe, expect, it } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import type { TrackedBox } from '../../ports.ts'
import type { Deps } from '../../usecase.ts'
import { createFollow } from './follow.ts'

const taskId = 1 as TaskId
const box: TrackedBox = [10, 10, 30, 30]

/** Every object moves 5 px right a call; a token it was told to forget is unknown. */
function world() {
  const known = new Map<string, TrackedBox>()
  const begun: { frame: number; box: TrackedBox }[] = []
  let last = 0
  const deps = {
    store: { frames: { record: (_task: TaskId, index: number) => ({ index }) } },
    reader: {
      pixels: async ({ index }: { index: number }) => ({ width: 100, height: 100, rgb: [index] }),
    },
    trackers: {
      list: () => [{ id: 'fake', name: 'Fake', description: '' }],
      begin: async (_id: string, { rgb }: { rgb: number[] }, boxes: TrackedBox[]) =>
        boxes.map((one) => {
          begun.push({ frame: rgb[0] ?? -1, box: one })
          known.set(`t${++last}`, one)
          return `t${last}`
        }),
      update: async (_picture: unknown, tokens: string[]) =>
        tokens.map((token) => {
          const at = known.get(token)
          if (!at) return undefined
          const next: TrackedBox = [at[0] + 5, at[1], at[2] + 5, at[3]]
          known.set(token, next)
          return next
        }),
    },
  } as unknown as Deps
  return { deps, known, begun, follow: createFollow(deps) }
}

describe('following objects', () => {
  let here = world()
  beforeEach(() => {
    here = world()
  })
  const step = (from: number, objects: { box: TrackedBox; state: string | null }[]) =>
    here.follow({ taskId, tracker: 'fake', from, to: from + 1, objects })

  it('learns an object once and goes on from there', async () => {
    const first = await step(3, [{ box, state: null }])
    expect(first).toEqual({ initialized: 1, objects: [{ box: [15, 10, 35, 30], state: 't1' }] })
    const second = await step(4, [{ box: [15, 10, 35, 30], state: 't1' }])
    expect(second).toEqual({ initialized: 0, objects: [{ box: [20, 10, 40, 30], state: 't1' }] })
    expect(here.begun).toEqual([{ frame: 3, box }])
  })

  it('learns anew what a person moved, what comes from another frame, and what was forgotten', async () => {
    await step(3, [{ box, state: null }])
    const moved: TrackedBox = [50, 50, 60, 60]
    await step(4, [{ box: moved, state: 't1' }])
    await step(9, [{ box: [55, 50, 65, 60], state: 't2' }])
    expect(here.begun.slice(1)).toEqual([
      { frame: 4, box: moved },
      { frame: 9, box: [55, 50, 65, 60] },
    ])
    here.known.clear()
    const after = await step(10, [{ box: [60, 50, 70, 60], state: 't3' }])
    expect(after).toEqual({ initialized: 1, objects: [{ box: [65, 50, 75, 60], state: 't4' }] })
  })

  it('cuts a box at the edge and gives up one that has left the picture', async () => {
    const { objects } = await step(0, [
      { box: [80, 0, 98, 20], state: null },
      { box: [99, 0, 120, 20], state: null },
    ])
    expect(objects.map((one) => one.box)).toEqual([[85, 0, 100, 20], null])
  })

  it('does not look for what lies beside the picture', async () => {
    const { objects } = await step(0, [
      { box: [500, 500, 520, 520], state: null },
      { box, state: null },
    ])
    expect(objects).toEqual([
      { box: null, state: '' },
      { box: [15, 10, 35, 30], state: 't1' },
    ])
    expect(here.begun).toEqual([{ frame: 0, box }])
  })

  it('refuses a tracker that nobody has', async () => {
    await expect(
      here.follow({ taskId, tracker: 'none', from: 0, to: 1, objects: [] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
