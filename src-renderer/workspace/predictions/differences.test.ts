import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import type { Difference, PredictionId } from '#shared/domain/prediction.ts'
import type { DifferenceQueue as Queue, QueueCore } from './difference-queue.ts'
import { countsOf, keyOf, shownOf, steppedDifference, withFrame } from './differences.ts'

let DifferenceQueue: typeof Queue

beforeAll(async () => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
  ;({ DifferenceQueue } = await import('./difference-queue.ts'))
})

const missed = (frame: number, id = 1): Difference => ({
  ...{ kind: 'missed', frame, labelId: 1 as LabelId, iou: null, score: 0.5 },
  ...{ predictionId: id as PredictionId, annotationId: null },
})
const extra = (frame: number, id = 1): Difference => ({
  ...{ kind: 'extra', frame, labelId: 1 as LabelId, iou: null, score: null },
  ...{ predictionId: null, annotationId: id as AnnotationId },
})

test('what is not wanted, or right as it is, is not shown, and only the latter not counted', () => {
  const all = [missed(1), extra(1), missed(2)]
  const state = {
    entries: all,
    kinds: new Set(['missed'] as const),
    kept: new Set([keyOf(all[2] as Difference)]),
  }
  expect(shownOf(state)).toEqual([missed(1)])
  expect(countsOf(state).get('missed')).toBe(1)
  expect(countsOf(state).get('extra')).toBe(1)
})

test('a frame asked about anew takes its place among the others', () => {
  expect(withFrame([missed(1), missed(3), extra(3), missed(5)], 3, [extra(3, 7)])).toEqual([
    missed(1),
    extra(3, 7),
    missed(5),
  ])
  expect(withFrame([missed(1), missed(5)], 3, [])).toEqual([missed(1), missed(5)])
})

test('walking stops at both ends', () => {
  const rows = [missed(1), missed(2), missed(3)]
  const at = (index: number) => keyOf(rows[index] as Difference)
  expect(steppedDifference(rows, null, 1)).toBe(rows[0])
  expect(steppedDifference(rows, null, -1)).toBe(rows[2])
  expect(steppedDifference(rows, at(0), 1)).toBe(rows[1])
  expect(steppedDifference(rows, at(2), 1)).toBe(rows[2])
  expect(steppedDifference([], at(0), 1)).toBeNull()
})

describe('the queue', () => {
  /** Two differences a frame, a page of whole frames. */
  function fake(stop: number) {
    const asked: { from: number; iou: number }[] = []
    const frames = new Map<number, Difference[]>()
    for (let frame = 0; frame < 10; frame += 1) frames.set(frame, [missed(frame), extra(frame)])
    const core: QueueCore = {
      differences: async ({ from, iou, limit }) => {
        asked.push({ from, iou })
        const differences: Difference[] = []
        for (let frame = from; frame < 10; frame += 1) {
          differences.push(...(frames.get(frame) ?? []))
          if (differences.length >= Math.min(limit, 6)) return { differences, next: frame + 1 }
        }
        return { differences, next: null }
      },
    }
    return { queue: new DifferenceQueue(core, { start: 0, stop }), asked, frames }
  }

  test('comes in pages, and ends with the job', async () => {
    const { queue } = fake(4)
    await queue.begin()
    expect(queue.state.getState()).toMatchObject({ next: 3, isLoading: false })
    await queue.more()
    const { entries, next } = queue.state.getState()
    expect([entries.length, next]).toEqual([10, null])
    await queue.more()
    expect(queue.state.getState().entries).toHaveLength(10)
  })

  test('a frame that changed is asked about alone, and the hand goes on to what came after', async () => {
    const { queue, asked, frames } = fake(9)
    await queue.begin()
    queue.choose(keyOf(missed(1)))
    frames.set(1, [extra(1)])
    asked.length = 0
    await queue.refresh(1)
    expect(asked.map(({ from }) => from)).toEqual([1])
    const { entries, current } = queue.state.getState()
    expect(entries.filter(({ frame }) => frame === 1)).toEqual([extra(1)])
    expect(current).toBe(keyOf(extra(1)))
  })

  test('asked for anew from the beginning, what is right as it is stays so', async () => {
    const { queue, frames } = fake(9)
    await queue.begin()
    queue.keep(keyOf(missed(0)))
    queue.choose(keyOf(missed(1)))
    frames.set(0, [missed(0), extra(0, 5)])
    await queue.reload()
    const state = queue.state.getState()
    expect(shownOf(state)[0]).toEqual(extra(0, 5))
    expect(state.current).toBe(keyOf(missed(1)))
  })

  test('a frame beyond what is loaded is none of its business yet', async () => {
    const { queue, asked } = fake(9)
    await queue.begin()
    asked.length = 0
    await queue.refresh(8)
    expect(asked).toEqual([])
  })

  test('what is right as it is goes, and the hand goes on; at the end it goes back', async () => {
    const { queue } = fake(0)
    await queue.begin()
    queue.choose(keyOf(missed(0)))
    queue.keep(keyOf(missed(0)))
    expect(queue.state.getState().current).toBe(keyOf(extra(0)))
    queue.setKinds(new Set(['missed']))
    expect(queue.state.getState().current).toBeNull()
  })

  test('another overlap is another queue; answers to the old one are dropped', async () => {
    const { queue, asked } = fake(9)
    const old = queue.begin()
    await Promise.all([old, queue.begin({ iou: 0.8 })])
    expect(asked.map(({ iou }) => iou)).toEqual([0.5, 0.8])
    expect(queue.state.getState().entries).toHaveLength(6)
  })
})
