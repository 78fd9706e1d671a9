import { expect, test } from 'vitest'
import { newShape } from '#main/formats/common/new-shape.ts'
import type { NewAnnotation } from '../../ports.ts'
import { isSameAnnotation } from './same-annotation.ts'

const labelId = 1 as never
const shape = (fields: Partial<Parameters<typeof newShape>[0]> = {}): NewAnnotation =>
  newShape({ frame: 0, labelId, type: 'rectangle', points: [1, 2, 3, 4], ...fields })
const joints = (...places: number[]) =>
  places.map((x, at) => ({
    ...{
      labelId: (10 + at) as never,
      points: [x, 1],
      occluded: false,
      outside: x < 0,
      attributes: [],
    },
  }))
const tag: NewAnnotation = {
  kind: 'tag',
  frame: 0,
  labelId,
  group: 0,
  source: 'manual',
  attributes: [],
}
const track = (x: number, outside = false): NewAnnotation => ({
  ...{
    kind: 'track',
    frame: 0,
    labelId,
    group: 0,
    source: 'manual',
    attributes: [],
    type: 'rectangle',
  },
  keyframes: [
    {
      ...{ frame: 0, points: [x, 2, 3, 4], rotation: 0, occluded: false, outside, zOrder: 0 },
      ...{ attributes: [], elements: [] },
    },
  ],
})

test.each<[string, NewAnnotation, NewAnnotation, boolean]>([
  ['a box a hundredth away', shape(), shape({ points: [1.01, 2, 2.99, 4] }), true],
  ['a box two hundredths away', shape(), shape({ points: [1.02, 2, 3, 4] }), false],
  ['a box on another frame', shape(), shape({ frame: 1 }), false],
  ['a box of another label', shape(), shape({ labelId: 2 as never }), false],
  ['another type', shape(), shape({ type: 'polyline' }), false],
  ['a box turned once round', shape(), shape({ rotation: 360 }), true],
  ['a box turned', shape(), shape({ rotation: 5 }), false],
  ['a box that says more', shape(), shape({ group: 4, occluded: true, source: 'auto' }), true],
  [
    'the same pixels in a larger box',
    shape({ type: 'mask', points: [0, 4, 0, 0, 1, 1] }),
    shape({ type: 'mask', points: [0, 2, 1, 2, 1, 0, 0, 2, 1] }),
    true,
  ],
  [
    'other pixels',
    shape({ type: 'mask', points: [0, 4, 0, 0, 1, 1] }),
    shape({ type: 'mask', points: [0, 3, 1, 0, 0, 1, 1] }),
    false,
  ],
  [
    'joints in another order',
    shape({ type: 'skeleton', points: [], elements: joints(1, 2) }),
    shape({ type: 'skeleton', points: [], elements: joints(1, 2).reverse() }),
    true,
  ],
  [
    'a joint elsewhere',
    shape({ type: 'skeleton', points: [], elements: joints(1, 2) }),
    shape({ type: 'skeleton', points: [], elements: joints(1, 3) }),
    false,
  ],
  [
    'a joint that is outside anywhere',
    shape({ type: 'skeleton', points: [], elements: joints(1, -2) }),
    shape({ type: 'skeleton', points: [], elements: joints(1, -9) }),
    true,
  ],
  ['a tag', tag, { ...tag, group: 3 }, true],
  ['a tag and a box', tag, shape(), false],
  ['a track', track(1), track(1.01), true],
  ['a track elsewhere', track(1), track(2), false],
  ['a track that is hidden', track(1), track(1, true), false],
])('%s: %#', (_name, a, b, same) => {
  expect(isSameAnnotation(a, b)).toBe(same)
  expect(isSameAnnotation(b, a)).toBe(same)
})
