import { beforeAll, expect, test, vi } from 'vitest'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Prediction, PredictionId } from '#shared/domain/prediction.ts'
import type { ghostsOf as make } from './ghosts.ts'

let ghostsOf: typeof make

beforeAll(async () => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
  ;({ ghostsOf } = await import('./ghosts.ts'))
})

const car = { id: 1 as LabelId, name: 'car', color: '#102030', type: 'any', sublabels: [] }
const labels = new Map([[car.id, car as unknown as Label]])
const proposal = {
  ...{ frame: 0, labelId: car.id, group: 0, source: 'auto' as const, attributes: [] },
}
const box = (id: number, score: number | null): Prediction => ({
  ...{ id: id as PredictionId, taskId: 1 as never, functionId: 'a/b' as never, score },
  proposal: {
    ...{ ...proposal, kind: 'shape', type: 'rectangle', points: [0, 0, 9, 9], rotation: 0 },
    ...{ occluded: false, zOrder: 0, score, elements: [] },
  },
})
const tag: Prediction = { ...box(9, null), proposal: { ...proposal, kind: 'tag' } }
const shown = { here: [box(1, 0.874), box(2, 0.2), box(3, null), tag], isShown: true, bar: 0.5 }

test('each with its label and score; what is behind the bar steps back, the best is on top, tags are nowhere', () => {
  const ghosts = ghostsOf({ ...shown, view: 'list' }, null, labels)
  expect(ghosts.map(({ id, faint, shape }) => [id, faint, shape.text, shape.color])).toEqual([
    [3, false, 'car', '#102030'],
    [2, true, 'car 0.20', '#102030'],
    [1, false, 'car 0.87', '#102030'],
  ])
})

test('a layer that is hidden shows nothing', () => {
  expect(ghostsOf({ ...shown, isShown: false, view: 'list' }, null, labels)).toEqual([])
})

test('of differences only the one in hand, plainly, even while the layer is hidden', () => {
  const show = (isPair: boolean) =>
    ghostsOf(
      { ...shown, isShown: false, view: 'differences' },
      { id: 2 as PredictionId, isPair },
      labels,
    )
  expect(show(false).map(({ id, faint, shape }) => [id, faint, shape.text])).toEqual([
    [2, false, 'car 0.20'],
  ])
  expect(show(true).map(({ shape }) => shape.text)).toEqual([''])
  expect(ghostsOf({ ...shown, view: 'differences' }, null, labels)).toEqual([])
})
