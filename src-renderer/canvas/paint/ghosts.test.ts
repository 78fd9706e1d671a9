import { expect, test } from 'vitest'
import type { Ghost } from '../canvas-api.ts'
import { ghost } from '../tools/ghost.ts'
import { ghostOrder, paintGhosts } from './ghosts.ts'
import type { Context2d } from './trace.ts'

const PLAIN = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }
const box = (id: number, faint = false): Ghost => ({
  id,
  faint,
  shape: { ...ghost({ type: 'rectangle', points: [0, 0, 9, 9], rotation: 0, color: '#102030' }) },
})

/** How each outline was stroked in its own colour: its dashes, and how opaque. */
function strokesOf(ghosts: readonly Ghost[], active: number | null) {
  const strokes: { dashes: number; alpha: number }[] = []
  let dash: number[] = []
  const target = {
    globalAlpha: 1,
    strokeStyle: '',
    setLineDash: (segments: number[]) => {
      dash = segments
    },
    getLineDash: () => dash,
    stroke() {
      if (ctx.strokeStyle === '#102030')
        strokes.push({ dashes: dash.length, alpha: ctx.globalAlpha })
    },
  }
  const ctx: typeof target = new Proxy(target, {
    get: (of, key) => (key in of ? of[key as keyof typeof of] : () => undefined),
    set: (of, key, value) => Reflect.set(of, key, value),
  })
  const painted = paintGhosts(ctx as unknown as Context2d, ghosts, PLAIN, active)
  return { strokes, count: painted.length }
}

test('what is proposed is dashed, the active one plain, and what steps back faint and without a text', () => {
  const { strokes, count } = strokesOf([box(1, true), box(2), box(3)], 3)
  expect(strokes.map(({ dashes }) => dashes > 0)).toEqual([true, true, false])
  expect(strokes[0]?.alpha).toBeLessThan(0.5)
  expect(strokes.slice(1).map(({ alpha }) => alpha)).toEqual([1, 1])
  expect(count).toBe(2)
})

test('the active one is seen plainly even where it steps back', () => {
  expect(strokesOf([box(1, true)], 1)).toEqual({ strokes: [{ dashes: 0, alpha: 1 }], count: 1 })
})

test('the active one lies over all others, those that step back under them', () => {
  const order = ghostOrder([box(1), box(2), box(3, true)], 1)
  expect(order.map(({ id }) => id)).toEqual([3, 2, 1])
})
