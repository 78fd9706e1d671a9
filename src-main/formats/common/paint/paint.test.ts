import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { decodeMask, encodeMask } from '#shared/geometry/mask.ts'
import { type NewShape, newShape } from '../new-shape.ts'
import { paintingOf } from './areas.ts'
import { objectsOf } from './objects.ts'
import { paintMask, paintNumbers } from './paint.ts'

const frame = (width: number, height: number): DatasetFrame => ({
  ...{
    index: 0 as DatasetFrame['index'],
    absolute: 0,
    name: 'a',
    fileName: 'a',
    subset: 'default',
  },
  ...{ width, height },
})
type Some = Partial<NewShape> & Pick<NewShape, 'type' | 'points'>
const shapes = (list: readonly Some[]): Shape[] =>
  list.map(
    (shape, i) =>
      ({ ...newShape({ frame: 0, labelId: i + 1, ...shape } as never), id: i + 1 }) as Shape,
  )

function numbers(list: readonly Some[], width = 6, height = 4): string[] {
  const { data } = paintNumbers(paintingOf(shapes(list), frame(width, height)))
  return Array.from({ length: height }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)].join(''),
  )
}

describe('painting', () => {
  test.each<[string, Some[], string[]]>([
    [
      'a box',
      [{ type: 'rectangle', points: [1, 1, 3, 3] }],
      ['000000', '011000', '011000', '000000'],
    ],
    [
      'a box turned by 90 degrees',
      [{ type: 'rectangle', points: [1, 1, 5, 3], rotation: 90 }],
      ['001100', '001100', '001100', '001100'],
    ],
    [
      'a polygon and a mask that reaches beyond the picture',
      [
        { type: 'polygon', points: [0, 0, 2, 0, 2, 4, 0, 4] },
        { type: 'mask', points: [0, 9, 4, -1, 6, 1] },
      ],
      ['110022', '110022', '110000', '110000'],
    ],
    [
      'an ellipse',
      [{ type: 'ellipse', points: [3, 2, 4, 1] }],
      ['000000', '000100', '001110', '000100'],
    ],
    [
      'nearer layers over farther ones, in one layer as they come',
      [
        { type: 'rectangle', points: [0, 0, 4, 4], zOrder: 1 },
        { type: 'rectangle', points: [2, 0, 6, 2] },
        { type: 'rectangle', points: [3, 1, 6, 4] },
      ],
      ['333311', '333322', '333322', '333322'],
    ],
    [
      'lines, points and what lies outside',
      [
        { type: 'polyline', points: [0, 0, 6, 4] },
        { type: 'points', points: [1, 1] },
        { type: 'rectangle', points: [7, 7, 9, 9] },
      ],
      ['000000', '000000', '000000', '000000'],
    ],
  ])('%s', (_name, list, expected) => {
    expect(numbers(list)).toEqual(expected)
  })

  test('a group is one object, led by its largest, after what is in none', () => {
    const list = shapes([
      { type: 'rectangle', points: [0, 0, 1, 1], group: 2 },
      { type: 'rectangle', points: [0, 0, 1, 1], group: 1 },
      { type: 'rectangle', points: [2, 0, 4, 4], group: 2, zOrder: 0 },
      { type: 'rectangle', points: [0, 2, 2, 4] },
    ])
    const { areas } = paintingOf(list, frame(6, 4))
    expect(areas.map(({ leader, pixels }) => [leader.id, pixels])).toEqual([
      [4, 4],
      [2, 1],
      [3, 9],
    ])
  })

  test('a picture of unknown size is as large as what is drawn, and never boundless', () => {
    const near = paintingOf(shapes([{ type: 'rectangle', points: [1, 1, 3, 5] }]), frame(0, 0))
    expect([near.width, near.height]).toEqual([3, 5])
    const far = paintingOf(shapes([{ type: 'rectangle', points: [0, 0, 9e6, 2] }]), frame(0, 0))
    expect([far.width, far.height]).toEqual([16384, 2])
  })

  test('more than 255 objects have numbers of their own', () => {
    const list = Array.from({ length: 300 }, (_, i) => ({
      ...{ type: 'rectangle' as const, points: [i, 0, i + 1, 1] },
    }))
    const { data } = paintNumbers(paintingOf(shapes(list), frame(300, 1)))
    expect([...data]).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
  })
})

describe('objects of pixels', () => {
  const pictureOf = (rows: number[][]) => ({
    ...{ width: rows[0]?.length ?? 0, height: rows.length },
    readRow: (y: number, row: Uint32Array) => row.set(rows[y] ?? []),
  })

  test('the runs of each in its own box, in order of value', () => {
    const rows = [
      [0, 1000, 1000, 0, 0, 42],
      [0, 1000, 1000, 2007, 2007, 0],
      [0, 0, 0, 2007, 2007, 1000],
      [1000, 0, 0, 0, 0, 10999],
    ]
    expect(objectsOf(pictureOf(rows), (value) => value >= 1000)).toEqual([
      // Two in a row twice, the last pixel of one row and the first of the next.
      { value: 1000, points: [1, 2, 4, 2, 8, 2, 5, 0, 0, 5, 3] },
      { value: 2007, points: [0, 4, 3, 1, 4, 2] },
      { value: 10999, points: [0, 1, 5, 3, 5, 3] },
    ])
  })

  test('what is painted comes back, as encoding the pixels would tell it', () => {
    const bits = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(bits, (values) => {
        const rows = [0, 5, 10, 15].map((at) => values.slice(at, at + 5))
        const again = new Uint8Array(20)
        for (const { value, points } of objectsOf(pictureOf(rows), (one) => one > 0)) {
          const data = Uint8Array.from(values, (one) => Number(one === value))
          expect(points).toEqual(encodeMask({ left: 0, top: 0, width: 5, height: 4, data }))
          expect(decodeMask(points).data).toContain(1)
          paintMask(again, 5, points, value)
        }
        expect([...again]).toEqual(values)
      }),
    )
  })
})
