import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Shape, shapeSchema, tagSchema } from '../domain/annotation.ts'
import { compareFrame, type Labelled } from './compare.ts'
import { shapeOverlap } from './overlap.ts'

const plain = { frame: 0, labelId: 1, group: 0, source: 'manual', attributes: [] }

function shape(type: Shape['type'], points: number[], changes: object = {}): Shape {
  return shapeSchema.parse({
    ...{ kind: 'shape', id: 1, ...plain, type, points, rotation: 0, occluded: false },
    ...{ zOrder: 0, score: null, elements: [], ...changes },
  })
}

const named = (annotation: Labelled['annotation'], label = 'car'): Labelled => ({
  annotation,
  label,
})
const box = (x: number, y = 0, size = 10) => shape('rectangle', [x, y, x + size, y + size])
const tag = tagSchema.parse({ kind: 'tag', id: 9, ...plain })

describe('how much two shapes have in common', () => {
  test.each([
    ['the same box', box(0), box(0), 1],
    ['a box of no width', shape('rectangle', [5, 0, 5, 9]), shape('rectangle', [5, 0, 5, 9]), 1],
    ['half of it each', box(0), box(5), 1 / 3],
    ['nothing', box(0), box(20), 0],
    ['boxes that touch', box(0), box(10), 0],
    ['a box and its polygon', box(0), shape('polygon', [0, 0, 10, 0, 10, 10, 0, 10]), 1],
    ['a box turned by a quarter', box(0), { ...box(0), rotation: 90 }, 1],
    ['a box and its pixels', box(0), shape('mask', [0, 100, 0, 0, 9, 9]), 1],
    ['a box and a triangle of half its area', box(0), shape('polygon', [0, 0, 10, 0, 0, 10]), 0.5],
    [
      'the same line backwards',
      shape('polyline', [0, 0, 9, 9]),
      shape('polyline', [9, 9, 0, 0]),
      1,
    ],
    ['a line and its points', shape('polyline', [0, 0, 9, 9]), shape('points', [0, 0, 9, 9]), 0],
    ['the same points', shape('points', [0, 0, 9, 9]), shape('points', [0, 0, 9, 9]), 1],
    ['one point of two', shape('points', [0, 0, 90, 90]), shape('points', [0, 0]), 0.5],
  ])('%s', (_name, a, b, overlap) => {
    expect(shapeOverlap(a, b)).toBeCloseTo(overlap, 6)
    expect(shapeOverlap(b, a)).toBeCloseTo(overlap, 6)
  })

  test('skeletons by their joints, whatever their labels are called', () => {
    const joint = (x: number, outside = false) => ({
      ...{ labelId: Math.floor(x) + 1, points: [x, x], occluded: false, outside, attributes: [] },
    })
    const all = shape('skeleton', [], { elements: [joint(0), joint(50), joint(99)] })
    const two = shape('skeleton', [], { elements: [joint(0), joint(50), joint(99, true)] })
    expect(shapeOverlap(all, all)).toBe(1)
    expect(shapeOverlap(all, two)).toBeCloseTo(2 / 3)
  })
})

test('objects are paired by place, and the pairing is the best of all, not the first', () => {
  // A greedy pairing would give b[0] to a[0] (0.67) and leave a[1] with nothing above a half.
  const a = [named(box(0)), named(box(3))]
  const b = [named(box(2)), named(box(-3))]
  const { matches, onlyA, onlyB } = compareFrame(a, b, 0.3)
  expect(matches.map((match) => [a.indexOf(match.a), b.indexOf(match.b)])).toEqual([
    [0, 1],
    [1, 0],
  ])
  expect([...onlyA, ...onlyB]).toEqual([])
})

test('another label is a pair all the same, but of two that lie alike the one of its label is it', () => {
  const a = [named(box(0), 'car')]
  const b = [named(box(0), 'bus'), named(box(0), 'car')]
  expect(compareFrame(a, b, 0.5).matches[0]?.b.label).toBe('car')
  expect(compareFrame(a, b.slice(0, 1), 0.5).matches).toHaveLength(1)
})

test('tags pair by label, each once', () => {
  const a = [named(tag, 'night'), named(tag, 'night'), named(tag, 'rain')]
  const { matches, onlyA, onlyB } = compareFrame(a, [named(tag, 'night'), named(tag, 'snow')], 0.5)
  expect(matches).toHaveLength(1)
  expect(onlyA.map(({ label }) => label)).toEqual(['night', 'rain'])
  expect(onlyB.map(({ label }) => label)).toEqual(['snow'])
})

const someBoxes = fc.array(
  fc.record({ x: fc.nat(40), y: fc.nat(40), size: fc.integer({ min: 1, max: 20 }) }),
  { maxLength: 8 },
)

test('nothing is lost or told twice, and swapping the sides swaps the answer', () => {
  fc.assert(
    fc.property(someBoxes, someBoxes, (left, right) => {
      const [a, b] = [left, right].map((list) =>
        list.map(({ x, y, size }) => named(box(x, y, size))),
      )
      const there = compareFrame(a ?? [], b ?? [], 0.4)
      const back = compareFrame(b ?? [], a ?? [], 0.4)
      expect(there.matches.length + there.onlyA.length).toBe(left.length)
      expect(there.matches.length + there.onlyB.length).toBe(right.length)
      const sum = (matches: typeof there.matches) =>
        matches.reduce((all, one) => all + one.overlap, 0)
      expect(sum(there.matches)).toBeCloseTo(sum(back.matches), 9)
      for (const { overlap } of there.matches) expect(overlap).toBeGreaterThanOrEqual(0.4)
    }),
  )
})
