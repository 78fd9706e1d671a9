import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { parseFilter } from '#shared/filter/parser.ts'
import { labels, shape, track } from '#shared/filter/testing.ts'
import type { Bench } from '../bench/bench.ts'
import { isShown } from './shown.ts'

function read(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok || !parsed.filter) throw new Error(text)
  return parsed.filter
}

/** The parts of a bench that a filter looks at. */
function benchWith(filter: Filter | null) {
  const ui = createStore(() => ({ filter, labels }))
  const state = createStore(() => ({ frame: 3 }))
  return { bench: { ui, document: { state } } as unknown as Bench, ui, state }
}

/** A shape that counts how often somebody looks at how wide it is. */
function counted(id: number): { readonly shape: Shape; readonly looks: () => number } {
  let looks = 0
  const one = shape({ id: id as AnnotationId })
  Object.defineProperty(one, 'points', {
    get() {
      looks += 1
      return [0, 0, 40, 20]
    },
  })
  return { shape: one, looks: () => looks }
}

test('without a filter everything is shown and nothing is looked at', () => {
  const { bench } = benchWith(null)
  const one = counted(1)
  expect(isShown(bench, one.shape)).toBe(true)
  expect(one.looks()).toBe(0)
})

test('an annotation is judged once, and again when it is replaced or the filter is', () => {
  const { bench, ui } = benchWith(read('width > 30'))
  const [one, two] = [counted(1), counted(2)]
  for (let i = 0; i < 100; i += 1) {
    expect(isShown(bench, one.shape)).toBe(true)
    expect(isShown(bench, two.shape)).toBe(true)
  }
  const first = one.looks()
  expect(first).toBeGreaterThan(0)
  expect(isShown(bench, shape({ points: [0, 0, 9, 9] }))).toBe(false)
  expect(one.looks()).toBe(first)
  ui.setState({ filter: read('width > 50') })
  expect(isShown(bench, one.shape)).toBe(false)
  expect(one.looks()).toBeGreaterThan(first)
})

test('a track is judged anew on another frame', () => {
  const { bench, state } = benchWith(read('occluded == true'))
  expect(isShown(bench, track)).toBe(false)
  state.setState({ frame: 7 })
  expect(isShown(bench, track)).toBe(true)
  state.setState({ frame: 3 })
  expect(isShown(bench, track)).toBe(false)
})
