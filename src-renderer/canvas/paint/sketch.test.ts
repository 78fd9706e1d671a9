import { expect, test } from 'vitest'
import type { Mark } from '../tools/tool-state.ts'
import { paintSketch } from './sketch.ts'
import type { Context2d } from './trace.ts'

const PLAIN = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }

/** The colours that areas were filled with. */
function fillsOf(mark: Mark, selectedOpacity: number): string[] {
  const fills: string[] = []
  const target = {
    fillStyle: '',
    fill(this: { fillStyle: string }) {
      fills.push(this.fillStyle)
    },
  }
  const ctx = new Proxy(target, {
    get: (of, key) => (key in of ? of[key as keyof typeof of] : () => undefined),
    set: (of, key, value) => Reflect.set(of, key, value),
  })
  paintSketch(ctx as unknown as Context2d, [mark], PLAIN, selectedOpacity)
  return fills
}

const points = [0, 0, 10, 0, 10, 10]

test('what a function found has the opacity of what is selected, a guess half of it', () => {
  const found = (faint: boolean): Mark => {
    return { kind: 'found', type: 'polygon', points, color: '#102030', faint }
  }
  expect(fillsOf(found(false), 1)).toEqual(['#102030ff'])
  expect(fillsOf(found(false), 0.2)).toEqual(['#10203033'])
  expect(fillsOf(found(true), 1)).toEqual(['#10203080'])
})

test('a box that was found is filled between its corners', () => {
  const box: Mark = {
    ...{ kind: 'found', type: 'rectangle', points: [0, 0, 4, 2] },
    ...{ color: '#102030', faint: false },
  }
  expect(fillsOf(box, 1)).toEqual(['#102030ff'])
})
