import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Detection, detection } from '../domain/detection.ts'
import { formProblem } from '../geometry/shape-rules.ts'
import { attributeValue } from './attribute-values.ts'
import { resolveMapping } from './mapping.ts'
import { DropNotes } from './notes.ts'
import { type ProposalOptions, toProposals } from './proposals.ts'
import { functionLabel, label, spec } from './testing.ts'

const body = label(7, 'body', 'skeleton', {
  sublabels: [label(8, 'a', 'points'), label(9, 'b', 'points'), label(10, 'c', 'points')],
})
const labels = [
  label(1, 'thing', 'any', {
    attributes: [
      spec(1, 'color', 'select', ['red', 'dark red']),
      spec(2, 'age', 'number', ['0', '100', '5']),
      spec(3, 'old', 'checkbox', ['false', 'true']),
    ],
  }),
  label(2, 'area', 'polygon'),
  label(3, 'stain', 'mask'),
  label(4, 'box', 'rectangle'),
  body,
]
const attribute = (name: string) => ({ name, inputType: 'text' as const, values: [] })
const functionLabels = [
  functionLabel('thing', 'any', { attributes: ['color', 'age', 'old'].map(attribute) }),
  functionLabel('area', 'mask'),
  functionLabel('stain', 'polygon'),
  functionLabel('box', 'any'),
  functionLabel('body', 'skeleton', {
    sublabels: ['a', 'b', 'c'].map((name) => ({ name, type: 'points', attributes: [] })),
  }),
]
const mapping = resolveMapping(undefined, functionLabels, labels)
const size = { width: 100, height: 80 }

function propose(found: readonly Detection[], more: Partial<ProposalOptions> = {}) {
  const notes = new DropNotes()
  const options = { mapping, frame: 4, size, masksToPolygons: false, ...more }
  return { proposals: toProposals(found, options, notes), notes: notes.list() }
}
const one = (found: Detection, more?: Partial<ProposalOptions>) => {
  const { proposals } = propose([found], more)
  expect(proposals).toHaveLength(1)
  return proposals[0]
}
const thing = (more: Partial<Detection>) =>
  detection({ label: 'thing', type: 'rectangle', ...more })

describe('values of attributes', () => {
  const [color, age, old] = labels[0]?.attributes ?? []
  test.each([
    [color, 'red', 'red'],
    [color, 'Red', null],
    [color, 'dark', null],
    [age, '25', '25'],
    [age, '25.0', '25'],
    [age, '27', null],
    [age, '105', null],
    [age, '-5', null],
    [age, 'NaN', null],
    [age, '', null],
    [old, 'True', 'true'],
    [old, 'yes', null],
    [spec(9, 'text', 'text'), 'anything: at all\n', 'anything: at all\n'],
    [spec(9, 'text', 'text'), 'x'.repeat(20_000), null],
  ])('%o takes %s as %s', (attribute, given, kept) => {
    expect(attribute && attributeValue(attribute, given)).toBe(kept)
  })

  test('what cannot be a value is left out and told; the default is then in force', () => {
    const { proposals, notes } = propose([
      thing({
        points: [10, 10, 20, 20],
        attributes: [
          { name: 'color', value: 'green' },
          { name: 'age', value: '30' },
          { name: 'unheard', value: '1' },
        ],
      }),
    ])
    expect(proposals[0]?.attributes).toEqual([{ specId: 2, value: '30' }])
    expect(notes).toEqual(['1 values that the attribute "color" cannot have'])
  })
})

describe('shapes', () => {
  test('come with source auto, score, frame and the numbers of the answer as groups', () => {
    const found = { points: [10, 12, 30, 32], score: 0.75, group: 3 }
    expect(one(thing(found))).toEqual({
      ...{ kind: 'shape', frame: 4, labelId: 1, type: 'rectangle', points: [10, 12, 30, 32] },
      ...{ score: 0.75, group: 3, source: 'auto', attributes: [], elements: [] },
      ...{ rotation: 0, occluded: false, zOrder: 0 },
    })
  })

  test.each([
    ['a box with its corners the wrong way round', [30, 32, 10, 12], [10, 12, 30, 32]],
    ['a box over the edge', [-5, 70, 20, 120], [0, 70, 20, 80]],
  ])('%s', (_name, points, kept) => expect(one(thing({ points }))).toMatchObject({ points: kept }))

  test.each<[string, Partial<Detection>]>([
    ['smaller than 9 square pixels', { points: [10, 10, 12, 14] }],
    ['outside the picture', { points: [110, 10, 150, 50] }],
    ['not a number', { points: [10, Number.NaN, 20, 20] }],
    ['endless', { points: [10, 10, Number.POSITIVE_INFINITY, 20] }],
    ['too few numbers', { points: [10, 10] }],
    ['a turn that is no number', { points: [10, 10, 20, 20], rotation: Number.NaN }],
    ['a line of two pixels', { type: 'polyline', points: [10, 10, 12, 10] }],
    ['an empty polygon', { type: 'polygon', points: [1, 1, 5, 5, 9, 9] }],
    ['a mask whose runs do not fill its box', { type: 'mask', points: [0, 4, 0, 0, 5, 5] }],
    ['a mask of no pixel', { type: 'mask', points: [36, 0, 0, 5, 5] }],
    ['a turned box far away', { points: [200, 10, 220, 20], rotation: 30 }],
    ['a label nobody has', { label: 'zebra', points: [10, 10, 20, 20] }],
    ['a skeleton without joints', { label: 'body', type: 'skeleton' }],
    ['a type its label cannot have', { label: 'box', type: 'polygon', points: [0, 0, 9, 0, 9, 9] }],
  ])('that are %s are left out, and counted', (_name, found) => {
    const { proposals, notes } = propose([thing(found)])
    expect(proposals).toEqual([])
    expect(notes).toEqual([expect.stringMatching(/^1 /)])
  })

  test('a score that is none is null, one beyond 1 is 1', () => {
    const points = [10, 10, 20, 20]
    expect(one(thing({ points, score: Number.NaN }))).toMatchObject({ score: null })
    expect(one(thing({ points, score: 1.5 }))).toMatchObject({ score: 1 })
  })

  test('a polygon over the edge is cut; in two parts it is a group of its own', () => {
    const comb = [50, 60, 60, 60, 60, 100, 70, 100, 70, 60, 80, 60, 80, 110, 50, 110]
    const { proposals } = propose([
      thing({ type: 'polygon', points: comb }),
      thing({ points: [1, 1, 9, 9], group: 2 }),
    ])
    expect(proposals.map((p) => [p.group, p.kind === 'shape' && p.type])).toEqual([
      [3, 'polygon'],
      [3, 'polygon'],
      [2, 'rectangle'],
    ])
  })

  test('100,000 detections: the best 20,000 are kept', () => {
    const many = Array.from({ length: 100_000 }, (_, i) =>
      thing({ points: [i % 90, 10, (i % 90) + 9, 20], score: i / 100_000 }),
    )
    const { proposals, notes } = propose(many)
    expect(proposals).toHaveLength(20_000)
    expect(proposals[0]).toMatchObject({ score: 0.8 })
    expect(notes).toEqual(['80,000 detections beyond the 20,000 best of a frame'])
  })
})

describe('masks and polygons', () => {
  /** 10 x 4 pixels from (20, 30). */
  const mask = [0, 40, 20, 30, 29, 33]

  test('a mask for a polygon label is traced along its pixels', () => {
    const { points } = one(detection({ label: 'area', type: 'mask', points: mask })) as {
      points: number[]
    }
    expect(points).toEqual([20, 30, 30, 30, 30, 34, 20, 34])
  })

  test('the outline the function gives is preferred', () => {
    const outline = [20.5, 30.5, 29.5, 30.5, 25, 34]
    const found = detection({ label: 'area', type: 'mask', points: mask, outline })
    expect(one(found)).toMatchObject({ type: 'polygon', points: outline })
    const broken = { ...found, outline: [1, Number.NaN] }
    expect(one(broken)).toMatchObject({ points: [20, 30, 30, 30, 30, 34, 20, 34] })
  })

  test('a polygon for a mask label is filled', () => {
    const points = [20, 30, 30, 30, 30, 34, 20, 34]
    expect(one(detection({ label: 'stain', type: 'polygon', points }))).toMatchObject({
      type: 'mask',
      points: mask,
    })
  })

  test('a mask stays one where its label takes it, unless polygons are asked for', () => {
    const found = thing({ type: 'mask', points: mask })
    expect(one(found)).toMatchObject({ type: 'mask' })
    expect(one(found, { masksToPolygons: true })).toMatchObject({ type: 'polygon' })
  })

  test('a mask over the edge is cut to the picture', () => {
    expect(one(thing({ type: 'mask', points: [0, 40, 95, 30, 104, 33] }))).toMatchObject({
      points: [0, 20, 95, 30, 99, 33],
    })
  })
})

describe('skeletons', () => {
  const joint = (name: string, points: number[], outside = false) => ({
    ...{ label: name, points, outside, score: null, attributes: [] },
  })
  const found = (...elements: Detection['elements']) =>
    detection({ label: 'body', type: 'skeleton', elements })

  test('joints come in the order of the label, missing ones outside in the middle of the others', () => {
    expect(one(found(joint('c', [30, 40]), joint('a', [10, 20])))).toMatchObject({
      points: [],
      elements: [
        { labelId: 8, points: [10, 20], outside: false },
        { labelId: 9, points: [20, 30], outside: true },
        { labelId: 10, points: [30, 40], outside: false },
      ],
    })
  })

  test('joints that are none, or beyond the edge, make no broken skeleton', () => {
    expect(
      one(found(joint('a', [-10, 20]), joint('b', [Number.NaN, 1]), joint('x', [1, 1]))),
    ).toMatchObject({
      elements: [
        { points: [0, 20], outside: false },
        { points: [0, 20], outside: true },
        { points: [0, 20], outside: true },
      ],
    })
  })

  test('one whose joints are all outside is none', () => {
    expect(propose([found(joint('a', [1, 1], true))]).proposals).toEqual([])
  })
})

test('whatever a function answers, what is proposed is well formed and in the picture', () => {
  const number = fc.oneof(
    fc.double({ min: -50, max: 200 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e300),
  )
  const any = fc.record({
    label: fc.constantFrom('thing', 'area', 'stain', 'box', 'body', 'zebra', '__proto__'),
    type: fc.constantFrom(
      'rectangle',
      'polygon',
      'polyline',
      'points',
      'ellipse',
      'cuboid',
      'mask',
      'skeleton',
      'tag' as const,
    ),
    points: fc.array(number, { maxLength: 17 }),
    rotation: number,
    score: fc.option(number),
    group: fc.integer({ min: 0, max: 5 }),
    elements: fc.array(
      fc.record({
        label: fc.constantFrom('a', 'b', 'x'),
        points: fc.array(number, { maxLength: 3 }),
        outside: fc.boolean(),
        score: fc.constant(null),
        attributes: fc.constant<Detection['attributes']>([]),
      }),
      { maxLength: 4 },
    ),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 5 }), fc.boolean(), (all, masksToPolygons) => {
      const { proposals } = propose(
        all.map((fields) => detection(fields)),
        { masksToPolygons },
      )
      for (const proposal of proposals) {
        if (proposal.kind === 'tag') continue
        expect(formProblem(proposal.type, proposal.points)).toBeNull()
        if (proposal.type !== 'rectangle' || proposal.rotation !== 0) continue
        const [x1 = -1, y1 = -1, x2 = 999, y2 = 999] = proposal.points
        expect([x1 >= 0, y1 >= 0, x2 <= 100, y2 <= 80]).toEqual([true, true, true, true])
      }
    }),
    { numRuns: 500 },
  )
})
