import { beforeAll, expect, test, vi } from 'vitest'
import type { Prediction, PredictionId } from '#shared/domain/prediction.ts'
import type { PredictionLayer as Layer, LayerSummary } from './prediction-layer.ts'

let PredictionLayer: typeof Layer

beforeAll(async () => {
  // The typed client takes its address from the page; nothing is called here.
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
  ;({ PredictionLayer } = await import('./prediction-layer.ts'))
})

const row = (id: number, score = 0.5) => ({ id: id as PredictionId, score }) as Prediction
const summary = (open: number): LayerSummary => ({
  ...{ open, frames: open, byLabel: [], byScore: [], withoutScore: 0 },
})

/** A core whose answers come when they are let go. */
function slowCore(frames: Record<number, readonly Prediction[]>, open = 9) {
  const waiting: (() => void)[] = []
  const asked: string[] = []
  const later = <T>(what: string, answer: () => T) => {
    asked.push(what)
    return new Promise<T>((resolve) => waiting.push(() => resolve(answer())))
  }
  const core = {
    summary: () => later('summary', () => summary(open)),
    frame: (frame: number) => later(`frame ${frame}`, () => frames[frame] ?? []),
  }
  const answer = async () => {
    for (const one of waiting.splice(0)) one()
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  return { layer: new PredictionLayer(core), asked, answer, frames }
}
const idsOf = ({ state }: Layer) => state.getState().here.map(({ id }) => id)

test('the frame on screen, the best first; going back asks nothing', async () => {
  const { layer, asked, answer } = slowCore({ 1: [row(1, 0.2), row(2, 0.8)] })
  layer.goTo(1)
  await answer()
  expect(idsOf(layer)).toEqual([2, 1])
  layer.goTo(2)
  expect(idsOf(layer)).toEqual([])
  await answer()
  layer.goTo(1)
  expect(idsOf(layer)).toEqual([2, 1])
  expect(asked).toEqual(['frame 1', 'frame 2'])
})

test('an answer for a frame that was left is not shown on another one', async () => {
  const { layer, answer } = slowCore({ 1: [row(1)] })
  layer.goTo(1)
  layer.goTo(2)
  await answer()
  expect(idsOf(layer)).toEqual([])
  layer.goTo(1)
  expect(idsOf(layer)).toEqual([1])
})

test('an answer from before the layer changed is dropped; what is shown stays until the new one', async () => {
  const { layer, answer, frames } = slowCore({ 1: [row(1), row(2)] })
  layer.goTo(1)
  await answer()
  layer.changed()
  expect(idsOf(layer)).toEqual([1, 2])
  frames[1] = [row(3)]
  await answer()
  expect(idsOf(layer)).toEqual([3])
  expect(layer.state.getState().summary?.open).toBe(9)
})

test('changes that come while it is being summed up are asked about once', async () => {
  const { layer, asked, answer } = slowCore({})
  for (let times = 0; times < 5; times += 1) layer.changed()
  await answer()
  await answer()
  expect(asked.filter((one) => one === 'summary')).toHaveLength(2)
})

test('a task without a layer is not asked for its frames', async () => {
  const { layer, asked, answer } = slowCore({}, 0)
  layer.changed()
  await answer()
  asked.length = 0
  layer.goTo(3)
  layer.goTo(4)
  expect(asked).toEqual([])
})

test('what was decided on is gone at once, and the next one is chosen', async () => {
  const { layer, answer } = slowCore({ 1: [row(1, 0.9), row(2, 0.8), row(3, 0.7)] })
  layer.goTo(1)
  await answer()
  layer.state.setState({ chosen: 2 as PredictionId, hovered: 2 as PredictionId })
  layer.forget([2 as PredictionId])
  expect(idsOf(layer)).toEqual([1, 3])
  expect(layer.state.getState()).toMatchObject({ chosen: 3, hovered: null })
  layer.goTo(2)
  layer.goTo(1)
  expect(idsOf(layer)).toEqual([1, 3])
})

test('a core that is away is told, and asked again when the layer changes', async () => {
  let isAway = true
  const layer = new PredictionLayer({
    summary: async () => summary(1),
    frame: async () => {
      if (isAway) throw new TypeError('Failed to fetch')
      return [row(1)]
    },
  })
  layer.goTo(1)
  await vi.waitFor(() => expect(layer.state.getState().problem).not.toBeNull())
  isAway = false
  layer.changed()
  await vi.waitFor(() => expect(idsOf(layer)).toEqual([1]))
  expect(layer.state.getState().problem).toBeNull()
})
