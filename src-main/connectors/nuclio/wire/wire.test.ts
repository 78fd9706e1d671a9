import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FunctionLabel } from '#shared/domain/function.ts'
import { decodeMask, encodeMask } from '#shared/geometry/mask.ts'
import { AnswerProblem } from '../transport/json-answer.ts'
import { detectorBody, readDetections } from './detector.ts'
import { groupsOf } from './groups.ts'
import { interactorBody, readInteraction } from './interactor.ts'
import { flatMask } from './mask.ts'
import { readMatches, reidBody } from './reid.ts'
import { beginBody, readBegun, readTracked, updateBody } from './tracker.ts'

const SIZE = { width: 200, height: 100 }
const json = (body: readonly Uint8Array[]): unknown => JSON.parse(Buffer.concat(body).toString())
const image = new Uint8Array([1, 2, 3])
const base64 = 'AQID'
const label = (name: string, type: FunctionLabel['type']): FunctionLabel => ({
  name,
  type,
  attributes: [],
  sublabels: [],
  svg: null,
})
const detect = (answer: unknown, labels: readonly FunctionLabel[] = []) =>
  readDetections(answer, labels, SIZE)
function problemOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof AnswerProblem) return `${error.where}: ${error.problem}`
    throw error
  }
  return ''
}

describe('what a detector is asked', () => {
  test.each([
    [0.4, { image: base64, threshold: 0.4 }],
    [0, { image: base64 }],
    [null, { image: base64 }],
  ])('with the threshold %s', (threshold, body) => {
    expect(json(detectorBody(image, threshold))).toEqual(body)
  })
})

describe('what a detector answers', () => {
  test('a rectangle with everything', () => {
    const answer = {
      type: 'rectangle',
      label: 'car',
      confidence: '0.91',
      points: [10, 20, 110, 90],
      rotation: -30,
      group_id: 1,
      attributes: [
        { name: 'color', value: 'red' },
        { name: 'doors', value: 4 },
        { name: 'new', value: true },
      ],
    }
    expect(detect([answer, { ...answer, confidence: null, rotation: 0 }])).toMatchObject([
      {
        label: 'car',
        type: 'rectangle',
        points: [10, 20, 110, 90],
        rotation: 330,
        score: 0.91,
        group: 1,
        attributes: [
          { name: 'color', value: 'red' },
          { name: 'doors', value: '4' },
          { name: 'new', value: 'true' },
        ],
      },
      { score: null, rotation: 0, group: 1 },
    ])
  })

  test.each([
    ['polygon', [0, 0, 50, 0, 50, 50]],
    ['polyline', [0, 0, 50, 0]],
    ['points', [5, 5]],
    ['ellipse', [50, 50, 80, 30]],
    ['cuboid', [1, 1, 1, 9, 5, 1, 5, 9, 7, 1, 7, 9, 3, 1, 3, 9]],
  ])('a %s', (type, points) => {
    expect(detect([{ type, label: 'a', points }])).toMatchObject([{ type, points, score: null }])
  })

  test('a tag', () => {
    expect(detect([{ type: 'tag', label: 'night', confidence: 0.99 }])).toMatchObject([
      { type: 'tag', label: 'night', points: [], score: 0.99 },
    ])
  })

  test('a skeleton, whose joints may be outside', () => {
    const joint = (name: string, outside: unknown) => ({
      type: 'points',
      label: name,
      points: [50.5, 160.25],
      outside,
      confidence: '0.77',
      attributes: [],
    })
    const elements = [joint('nose', 0), joint('ear', 1), joint('eye', true)]
    expect(detect([{ type: 'skeleton', label: 'body', points: [], elements }])).toMatchObject([
      {
        type: 'skeleton',
        points: [],
        elements: [
          { label: 'nose', points: [50.5, 100], outside: false, score: 0.77 },
          { label: 'ear', outside: true },
          { label: 'eye', outside: true },
        ],
      },
    ])
  })

  test('a skeleton all outside was not found', () => {
    const elements = [{ label: 'nose', points: [1, 1], outside: 1 }]
    expect(detect([{ type: 'skeleton', label: 'body', elements }])).toEqual([])
  })

  test.each([
    ['pixels of 0 and 255', { mask: mask255() }],
    ['runs in points', { points: [1, 12, 3, 2, 12, 30, 17, 32] }],
    ['runs in mask', { mask: [1, 12, 3, 2, 12, 30, 17, 32] }],
  ])('a mask as %s', (_name, fields) => {
    const [found] = detect([{ type: 'mask', label: 'dog', ...fields }])
    expect(found?.points).toEqual([1, 12, 3, 2, 12, 30, 17, 32])
  })
  function mask255(): number[] {
    const pixels = Array.from({ length: 18 }, (_, at) =>
      at >= 1 && (at < 13 || at >= 16) ? 255 : 0,
    )
    return [...pixels, 12, 30, 17, 32]
  }

  test('a mask with an outline beside it', () => {
    const mask = [...Array.from({ length: 16 }, () => 1), 0, 0, 3, 3]
    const points = [0, 0, 4, 0, 4, 4]
    expect(detect([{ type: 'mask', label: 'a', mask, points }])[0]?.outline).toEqual(points)
    expect(detect([{ type: 'mask', label: 'a', mask, points: [] }])[0]?.outline).toBeNull()
  })

  test('is clipped to the picture, and dropped when nothing worth keeping is left', () => {
    const box = (points: number[]) => ({ type: 'rectangle', label: 'a', points })
    const found = detect([
      box([-10, -10, 50, 50]),
      box([190, 90, 260, 130]),
      box([300, 300, 400, 400]),
      box([10, 10, 12, 12]),
      { type: 'polyline', label: 'a', points: [0, 0, 2, 0] },
      { type: 'mask', label: 'a', mask: [0, 0, 0, 0, 5, 5, 6, 6] },
    ])
    expect(found.map(({ points }) => points)).toEqual([
      [0, 0, 50, 50],
      [190, 90, 200, 100],
    ])
  })

  test('an object without a type has its label’s', () => {
    const labels = [label('sky', 'polygon'), label('thing', 'any')]
    const found = detect(
      [
        { label: 'sky', points: [0, 0, 50, 0, 50, 50] },
        { label: 'thing', points: [0, 0, 50, 50] },
      ],
      labels,
    )
    expect(found.map(({ type }) => type)).toEqual(['polygon', 'rectangle'])
  })

  const box = { type: 'rectangle', label: 'a', points: [1, 2, 30, 40] }
  test.each<[string, unknown, RegExp]>([
    ['no list', { a: 1 }, /^: a list was expected/],
    ['null', null, /^: a list was expected, it is null/],
    ['no objects', [1], /^object 1: an object was expected, it is the number 1/],
    ['no label', [box, { ...box, label: undefined }], /^object 2, label: .* missing/],
    ['an unknown type', [{ ...box, type: 'blob' }], /^object 1, type: blob is no type/],
    ['three numbers', [{ ...box, points: [1, 2, 3] }], /needs 4 numbers; it has 3/],
    ['text for a number', [{ ...box, points: [1, 2, 3, '4'] }], /a text stands where a coordinate/],
    ['null for a number', [{ ...box, points: [1, 2, 3, null] }], /null stands where/],
    ['absurd places', [{ ...box, points: [1, 2, 3, 1e300] }], /the number 1e\+300 stands where/],
    ['a rotation that is none', [{ ...box, rotation: 'x' }], /rotation: it is no number/],
    [
      'a mask of another size',
      [{ ...box, type: 'mask', mask: [1, 1, 0, 0, 4, 4] }],
      /5 x 5 pixels/,
    ],
    ['a mask inside out', [{ ...box, type: 'mask', mask: [1, 5, 5, 1, 1] }], /inside out/],
    ['a mask without a box', [{ ...box, type: 'mask', mask: [1] }], /four whole numbers/],
    ['a mask of text', [{ ...box, type: 'mask', mask: ['1', 0, 0, 0, 0] }], /mask is no number/],
    ['no elements', [{ ...box, type: 'skeleton' }], /elements: a list was expected/],
    ['too many objects', Array.from({ length: 100_001 }), /has 100001 items/],
  ])('with %s is refused with the place', (_name, answer, why) => {
    expect(problemOf(() => detect(answer))).toMatch(why)
  })
})

test.each([
  [
    [0, 0, 0],
    [0, 0, 0],
  ],
  [
    [0, 0, 1, 1, 2],
    [1, 1, 2, 2, 0],
  ],
  [
    [null, 7, undefined, 7],
    [0, 1, 0, 1],
  ],
  [
    ['a', 'a', 'b'],
    [1, 1, 0],
  ],
])('group ids %j are groups %j', (ids, groups) => {
  expect(groupsOf(ids)).toEqual(groups)
})

test('a mask means the same dense and as runs', () => {
  const side = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(side, side, fc.infiniteStream(fc.boolean()), (width, height, coins) => {
      const data = Uint8Array.from({ length: width * height }, () => Number(coins.next().value))
      const box = [3, 4, 3 + width - 1, 4 + height - 1]
      const points = encodeMask({ left: 3, top: 4, width, height, data })
      const dense = flatMask([...[...data].map((one) => one * 255), ...box], '')
      expect(dense).toEqual(points)
      if (points === null) return
      const bitmap = decodeMask(points)
      // A run of 1 for every pixel is also every pixel set: there nobody can know.
      if (points.slice(0, -4).every((run) => run === 1)) return
      expect(flatMask(points, '')).toEqual(encodeMask(bitmap))
    }),
  )
})

describe('what an interactor is asked', () => {
  const clicks = { positive: [[1, 2]], negative: [[3, 4]] } as const
  test.each([
    ['no box', null, 'nested', null],
    [
      'a nested box',
      [1, 2, 3, 4],
      'nested',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['a flat box', [1, 2, 3, 4], 'flat', [1, 2, 3, 4]],
  ] as const)('with %s', (_name, box, form, obj_bbox) => {
    expect(json(interactorBody(image, { ...clicks, box }, form))).toEqual({
      image: base64,
      pos_points: [[1, 2]],
      neg_points: [[3, 4]],
      obj_bbox,
    })
  })
})

describe('what an interactor answers', () => {
  const ask = (answer: unknown) => readInteraction(answer, SIZE)
  const rows = (width: number, height: number) =>
    Array.from({ length: height }, () => Array.from({ length: width }, () => 255))

  const zeros = Array.from({ length: 14 }, () => 0)
  const blobOf = (numbers: readonly number[]) =>
    Buffer.from(Float32Array.from(numbers).buffer).toString('base64')

  test.each<[string, unknown, object]>([
    ['a matrix', { mask: rows(4, 4) }, { mask: [0, 16, 0, 0, 3, 3], outline: null }],
    [
      'a matrix with bounds and an outline',
      {
        mask: rows(4, 4),
        bounds: [10, 20, 13, 23],
        points: [
          [10, 20],
          [14, 20],
          [14, 24],
        ],
      },
      { mask: [0, 16, 10, 20, 13, 23], outline: [10, 20, 14, 20, 14, 24] },
    ],
    ['an empty matrix', { mask: [] }, { mask: null, outline: null }],
    [
      'a matrix of nothing',
      {
        mask: [
          [0, 0],
          [0, 0],
        ],
      },
      { mask: null, outline: null },
    ],
    [
      'a bare polygon',
      [
        [1, 1],
        [9, 1],
        [9, 9],
      ],
      { mask: null, outline: [1, 1, 9, 1, 9, 9] },
    ],
    [
      'a list of one polygon',
      [{ label: 'object', type: 'polygon', points: [1, 1, 9, 1, 9, 9], confidence: 0.5 }],
      { mask: null, outline: [1, 1, 9, 1, 9, 9], score: 0.5 },
    ],
    [
      'a list of one mask',
      [{ type: 'mask', mask: [0, 16, 1, 1, 4, 4] }],
      { mask: [0, 16, 1, 1, 4, 4], outline: null },
    ],
    ['nothing', [], { mask: null, outline: null }],
    ['an embedding', { blob: blobOf([1, -0.5, ...zeros]) }, { embedding: [1, -0.5, ...zeros] }],
    ['an embedding beside a mask', { blob: 'AAAA', mask: rows(4, 4) }, { score: null }],
  ])('%s', (_name, answer, expected) => {
    const found = ask(answer)
    expect('embedding' in found ? { embedding: [...found.embedding] } : found).toMatchObject(
      expected,
    )
  })

  test.each<[string, unknown, RegExp]>([
    ['half a number', { blob: 'AAAA' }, /its 3 bytes are no whole number of float32/],
    ['no base64', { blob: '<html>' }, /blob: it is no base64/],
    ['nothing at all', { blob: '' }, /it has 0 numbers, .* as few/],
    ['too little to be a picture', { blob: blobOf([1, 2]) }, /it has 2 numbers, .* as few/],
    ['what is not a number', { blob: blobOf([0, Number.NaN, ...zeros]) }, /number 2 is NaN/],
    ['what has no end', { blob: blobOf([-1 / 0, 0, ...zeros]) }, /number 1 is -Infinity/],
    ['rows of other lengths', { mask: [[1, 1], [1]] }, /row 2: it has 1 values/],
    ['bounds of another size', { mask: rows(4, 4), bounds: [0, 0, 9, 9] }, /10 x 10 .* 4 x 4/],
    ['text', 'mask', /an object was expected, it is a text/],
    [
      'two points',
      [
        [1, 1],
        [2, 2],
      ],
      /at least 3 points/,
    ],
    ['no mask at all', {}, /a list was expected, it is missing/],
  ])('%s is refused', (_name, answer, why) => {
    expect(problemOf(() => ask(answer))).toMatch(why)
  })
})

describe('trackers', () => {
  const box = { type: 'rectangle', points: [1, 2, 30, 40], rotation: 0 } as const
  test('learn: bare lists of older functions, shapes of newer ones', () => {
    expect(json(beginBody(image, [box, box], 'legacy'))).toEqual({
      image: base64,
      shapes: [box.points, box.points],
      states: [],
    })
    expect(json(beginBody(image, [box], 'typed'))).toEqual({
      image: base64,
      shapes: [{ type: 'rectangle', points: box.points }],
      states: [],
    })
  })

  test('of a turned box get the upright one around it', () => {
    const turned = { type: 'rectangle', points: [0, 10, 40, 20], rotation: 90 } as const
    const { shapes } = json(beginBody(image, [turned], 'legacy')) as { shapes: number[][] }
    expect(shapes[0]?.map(Math.round)).toEqual([15, -5, 25, 35])
  })

  test('go on: states as they came, and one shape each', () => {
    const objects = [{ shape: box, state: '{"py/object": "x"}' }]
    expect(json(updateBody(image, objects, 'legacy'))).toEqual({
      image: base64,
      shapes: [box.points],
      states: [{ 'py/object': 'x' }],
    })
    expect(json(updateBody(image, objects, 'typed'))).toMatchObject({ shapes: [null] })
  })

  test.each<[string, unknown, object | null]>([
    ['a bare list', [5, 6, 7, 8], { type: 'rectangle', points: [5, 6, 7, 8] }],
    ['a turned box', [5, 0, 10, 5, 5, 10, 0, 5], { points: [0, 0, 10, 10] }],
    ['a shape', { type: 'polygon', points: [0, 0, 5, 0, 5, 5] }, { type: 'polygon' }],
    ['a mask', { type: 'mask', points: [0, 4, 1, 1, 2, 2] }, { points: [0, 4, 1, 1, 2, 2] }],
    ['a score', { points: [1, 2, 3, 4], confidence: '0.25' }, { score: 0.25 }],
    ['lost', null, null],
  ])('answer %s', (_name, shape, found) => {
    const { shapes, states } = readTracked({ shapes: [shape], states: ['s'] }, ['rectangle'])
    if (found === null) expect(shapes[0]).toBeNull()
    else expect(shapes[0]).toMatchObject(found)
    expect(states).toEqual(['"s"'])
  })

  test('states may be anything', () => {
    const states = [null, 1, 'signed:text', { a: [1] }]
    expect(readBegun({ shapes: [], states }, 4).map((one) => JSON.parse(one))).toEqual(states)
  })

  test.each<[unknown, RegExp]>([
    [{ shapes: [[1, 2, 3, 4]] }, /states: a list was expected, it is missing/],
    [{ shapes: [], states: ['s'] }, /shapes: 1 were expected, it has 0/],
    [{ shapes: [[1, 2, 3]], states: ['s'] }, /shape 1: .*needs 4 numbers/],
    [{ shapes: [{ type: 'x', points: [] }], states: ['s'] }, /x is no type of shape/],
  ])('%j is refused', (answer, why) => {
    expect(problemOf(() => readTracked(answer, ['rectangle']))).toMatch(why)
  })
})

describe('re-identification', () => {
  const boxes0 = [{ labelId: 7, points: [1, 2, 3, 4] }]
  test('is asked with shapes, and without limits that are 0', () => {
    const question = { boxes0, boxes1: [], threshold: 0.5, maxDistance: 0 }
    expect(json(reidBody(image, image, question))).toMatchObject({
      image0: base64,
      image1: base64,
      boxes0: [{ label_id: 7, points: [1, 2, 3, 4], type: 'rectangle' }],
      boxes1: [],
      threshold: 0.5,
    })
    expect(json(reidBody(image, image, question))).not.toHaveProperty('max_distance')
  })
  test('answers indices', () => {
    expect(readMatches([1, -1, 0], 3, 2)).toEqual([1, -1, 0])
  })
  test.each<[unknown, RegExp]>([
    [[0], /2 numbers were expected/],
    [[0, 2], /number 2: it is no index from -1 to 1/],
    [[0, 0.5], /no index/],
    [[0, 0], /box 0 of the second picture is taken twice/],
    [{}, /a list was expected/],
  ])('%j is refused', (answer, why) => {
    expect(problemOf(() => readMatches(answer, 2, 2))).toMatch(why)
  })
})
