import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { afterPaint } from './after-paint.ts'

function painted() {
  const store = createStore<{ frame: number }>(() => ({ frame: 0 }))
  const waiting: (() => void)[] = []
  const told: number[] = []
  const late = afterPaint(store, (run) => void waiting.push(run))
  const paint = () => {
    for (const run of waiting.splice(0)) run()
  }
  return { store, late, told, waiting, paint }
}

test('tells of a change after the paint, and until then what it told last', () => {
  const { store, late, told, paint } = painted()
  late.subscribe(({ frame }) => told.push(frame))
  store.setState({ frame: 1 })
  expect(late.getState()).toEqual({ frame: 0 })
  expect(told).toEqual([])
  paint()
  expect(late.getState()).toEqual({ frame: 1 })
  expect(told).toEqual([1])
})

test('many changes before a paint are told once, the last of them', () => {
  const { store, late, told, waiting, paint } = painted()
  late.subscribe(({ frame }) => told.push(frame))
  for (const frame of [1, 2, 3]) store.setState({ frame })
  expect(waiting).toHaveLength(1)
  paint()
  expect(told).toEqual([3])
})

test('who has not subscribed yet reads what is true now', () => {
  const { store, late } = painted()
  store.setState({ frame: 5 })
  expect(late.getState()).toEqual({ frame: 5 })
})

test('who left is not told', () => {
  const { store, late, told, paint } = painted()
  const leave = late.subscribe(({ frame }) => told.push(frame))
  store.setState({ frame: 1 })
  leave()
  paint()
  expect(told).toEqual([])
})
