import { expect, test } from 'vitest'
import type { Appearance } from '../canvas-api.ts'
import { testShape } from '../tools/fake-hand.ts'
import { paintPass } from './batches.ts'
import { PaintOrder, paintOrder } from './paint-order.ts'
import { packShapes, toPaintShape, unpackShapes } from './paint-shape.ts'
import { withOpacity } from './style.ts'
import type { Context2d } from './trace.ts'

const shapes = [
  testShape(7, [0.1, 0.2, 30, 40], { rotation: 12.5, color: '#123456', text: 'car 7' }),
  testShape(8, [0, 0, 0, 9, 9, 9], { occluded: true, zOrder: -3 }),
  testShape(6, [0, 0, 0, 9, 9, 9], { locked: true }),
  testShape(5, [0, 0, 0, 9, 9, 9], { occluded: true, locked: true }),
  testShape(9, [1, 2, 1, 10, 10, 11, 11], { type: 'mask', color: '#123456' }),
]

test('packed and unpacked, shapes are what they were', () => {
  const back = unpackShapes(packShapes(shapes)).map((shape) => {
    return { ...shape, points: [...(shape.points as Float64Array)] }
  })
  expect(back).toEqual(shapes.map(toPaintShape))
})

test('layers as far apart as numbers go keep their order', () => {
  const far = [2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER]
  const packed = packShapes(far.map((zOrder, at) => testShape(at, [0, 0, 9, 9], { zOrder })))
  expect(unpackShapes(packed).map(({ zOrder }) => zOrder)).toEqual(far)
})

test('hidden shapes are not packed', () => {
  expect(packShapes([testShape(1, [0, 0, 1, 1], { hidden: true })]).texts).toEqual([])
})

test('polygons drawn the other way round are marked, or overlaps in one batch would cancel out', () => {
  expect(toPaintShape(testShape(1, [0, 0, 9, 0, 9, 9]))?.backwards).toBe(false)
  expect(toPaintShape(testShape(1, [9, 9, 9, 0, 0, 0]))?.backwards).toBe(true)
})

test('what lies behind is painted first; one look stays together', () => {
  const order = paintOrder(
    [
      testShape(1, [0, 0, 1, 1], { zOrder: 1 }),
      testShape(2, [0, 0, 1, 1], { color: '#00ff00' }),
      testShape(3, [0, 0, 1, 1], { color: '#0000ff' }),
      testShape(4, [0, 0, 1, 1], { color: '#00ff00' }),
    ].flatMap((shape) => toPaintShape(shape) ?? []),
  )
  expect(order.map(({ id }) => id)).toEqual([2, 4, 3, 1])
})

test('shapes that come, go and change their look take their places', () => {
  const order = new PaintOrder()
  const put = (id: number, look: Parameters<typeof testShape>[2] = {}) => {
    const shape = toPaintShape(testShape(id, [0, 0, 1, 1], look))
    if (shape) order.put(shape)
  }
  const ids = () => order.list().map(({ id }) => id)
  for (const id of [1, 2, 3]) put(id)
  put(4, { type: 'mask', points: [1, 0, 0, 0, 0] })
  expect(ids()).toEqual([4, 1, 2, 3])
  put(1, { zOrder: 2 })
  put(2, { zOrder: -1 })
  expect(ids()).toEqual([2, 4, 3, 1])
  order.delete(4)
  order.delete(9)
  expect(ids()).toEqual([2, 3, 1])
  expect(order.get(1)?.zOrder).toBe(2)
  expect(order.get(4)).toBeUndefined()
})

test.each([
  ['#ff8800', 0.5, '#ff880080'],
  ['#ff8800', 7, '#ff8800ff'],
])('%s at %d', (color, opacity, expected) => expect(withOpacity(color, opacity)).toBe(expected))

test.each([
  ['a shape', {}, 1],
  ['a locked one, so that what is drawn over it is seen', { locked: true }, 0],
] as const)('%s: its inside', (_name, look, fills) => {
  let filled = 0
  const nothing = () => undefined
  const ctx = new Proxy({} as Context2d, {
    get: (_target, name) => (name === 'fill' ? () => (filled += 1) : nothing),
    set: () => true,
  })
  const target = {
    ...{ ctx, matrix: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }, ratio: 1, draft: false },
    clip: { x: 0, y: 0, w: 100, h: 100 },
  }
  const shape = toPaintShape(testShape(1, [0, 0, 50, 0, 50, 50], look))
  for (const _ of paintPass(target, shape ? [shape] : [], appearance));
  expect(filled).toBe(fills)
})

const appearance: Appearance = {
  ...{ opacity: 0.3, selectedOpacity: 0.5, outlined: false, outlineColor: '#000000' },
  ...{ showText: 'never', smoothImage: true, projections: false, highContrast: false },
  ...{ textSize: 12, textPosition: 'auto', controlPointsSize: 9 },
}
