import { expect, test } from 'vitest'
import { conversions, convertForm, convertTargets, type Form } from './convert.ts'
import { maskArea } from './mask.ts'
import { maskUnion } from './mask-algebra.ts'
import { fillPolygonMask } from './mask-raster.ts'
import { polygonArea } from './polygon.ts'

const size = { width: 100, height: 100 }
const form = (type: Form['type'], points: readonly number[], rotation = 0): Form => ({
  type,
  points,
  rotation,
})
const rectangle = form('rectangle', [10, 20, 30, 60])
const turned = form('rectangle', [10, 20, 30, 60], 30)
const ring =
  fillPolygonMask([0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 3, 3, 3, 7, 7, 7, 7, 3, 3, 3], 100, 100) ?? []

test.each<[string, Form, Parameters<typeof convertForm>[1], Form['type'], number]>([
  ['a rectangle as a polygon', rectangle, 'polygon', 'polygon', 800],
  ['a turned one keeps its corners', turned, 'polygon', 'polygon', 800],
  ['a rectangle as a mask: pixel for pixel', rectangle, 'mask', 'mask', 800],
  ['a mask with a hole as a polygon', form('mask', ring), 'polygon', 'polygon', 84],
  [
    'a polygon with a bridged hole as a mask',
    form('polygon', [0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 3, 3, 3, 7, 7, 7, 7, 3, 3, 3]),
    'mask',
    'mask',
    84,
  ],
  [
    'a closed line as a polygon',
    form('polyline', [0, 0, 10, 0, 10, 10, 0, 0]),
    'polygon',
    'polygon',
    50,
  ],
  [
    'a cuboid as its outline',
    form('cuboid', [10, 10, 10, 30, 30, 10, 30, 30, 40, 0, 40, 20, 20, 0, 20, 20]),
    'polygon',
    'polygon',
    800,
  ],
])('%s', (_name, from, to, type, area) => {
  const [only, ...more] = convertForm(from, to, { size })
  expect(more).toEqual([])
  expect(only?.type).toBe(type)
  expect(
    only?.type === 'mask' ? maskArea(only.points) : polygonArea(only?.points ?? []),
  ).toBeCloseTo(area, 6)
})

test('an ellipse becomes its rectangle and comes back the same', () => {
  const ellipse = form('ellipse', [50, 40, 70, 30], 25)
  const [box] = convertForm(ellipse, 'rectangle', { size })
  expect(box).toEqual(form('rectangle', [30, 30, 70, 50], 25))
  expect(box && convertForm(box, 'ellipse', { size })).toEqual([ellipse])
})

test('a polygon of an ellipse stays within a tenth of a pixel', () => {
  const [polygon] = convertForm(form('ellipse', [50, 50, 90, 20]), 'polygon', { size })
  const missing = Math.PI * 40 * 30 - polygonArea(polygon?.points ?? [])
  expect(missing).toBeGreaterThan(0)
  expect(missing).toBeLessThan(0.1 * 2 * Math.PI * 40)
})

test('a mask of two parts becomes two polygons', () => {
  const triangle = fillPolygonMask([50, 50, 60, 50, 60, 60], 100, 100) ?? []
  expect(convertForm(form('mask', maskUnion(ring, triangle)), 'polygon', { size })).toHaveLength(2)
})

test('masks are cut to the picture; without its size they are as large as the shape', () => {
  const wide = form('rectangle', [90, 90, 120, 110])
  const area = (points: readonly number[] = []) => maskArea(points)
  expect(area(convertForm(wide, 'mask', { size })[0]?.points)).toBe(100)
  expect(area(convertForm(wide, 'mask', { size: null })[0]?.points)).toBe(600)
})

test('the box around a skeleton is around its joints', () => {
  const skeleton = form('skeleton', [])
  expect(convertForm(skeleton, 'rectangle', { size }, [5, 6, 20, 30])).toEqual([
    form('rectangle', [5, 6, 20, 30]),
  ])
})

test.each([
  ['a point has no box', form('points', [5, 5]), 'rectangle'],
  ['a line of two points is no polygon', form('polyline', [0, 0, 9, 9]), 'polygon'],
  ['a shape beside the picture has no pixels', form('rectangle', [200, 0, 210, 10]), 'mask'],
] as const)('%s', (_name, from, to) => expect(convertForm(from, to, { size })).toEqual([]))

test('what the table has not is not done', () => {
  const samples: Record<Form['type'], Form> = {
    rectangle,
    polygon: form('polygon', [0, 0, 10, 0, 5, 9]),
    polyline: form('polyline', [0, 0, 10, 0, 5, 9]),
    points: form('points', [0, 0, 10, 10]),
    ellipse: form('ellipse', [50, 40, 70, 30]),
    cuboid: form('cuboid', [10, 10, 10, 30, 30, 10, 30, 30, 40, 0, 40, 20, 20, 0, 20, 20]),
    mask: form('mask', ring),
    skeleton: form('skeleton', []),
  }
  for (const [type, sample] of Object.entries(samples)) {
    for (const to of convertTargets) {
      const made = convertForm(sample, to, { size }, [0, 0, 9, 9])
      expect([type, to, made.length > 0]).toEqual([type, to, conversions[sample.type].includes(to)])
    }
  }
})
