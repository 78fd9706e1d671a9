import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelMappingSchema } from '../domain/label-mapping.ts'
import { defaultMapping } from './default-mapping.ts'
import { fittingPart, resolveMapping } from './mapping.ts'
import { commonName, findNamed, foldName } from './names.ts'
import { functionLabel, label, spec } from './testing.ts'

describe('names', () => {
  test.each([
    ['Traffic_Light', 'traffic light'],
    ['traffic-light', 'traffic light'],
    ['  TRAFFIC  light ', 'traffic light'],
    ['tvmonitor', 'tvmonitor'],
  ])('%s is spelt %s', (name, folded) => expect(foldName(name)).toBe(folded))

  test.each([
    ['sofa', 'couch'],
    ['Aeroplane', 'airplane'],
    ['pottedplant', 'potted_plant'],
    ['diningtable', 'Dining Table'],
    ['tvmonitor', 'TV'],
    ['motorbike', 'motorcycle'],
  ])('%s is %s', (a, b) => expect(commonName(a)).toBe(commonName(b)))

  test('what is no synonym, but the name of something every object has, is itself', () => {
    expect(commonName('constructor')).toBe('constructor')
    expect(commonName('__proto__')).toBe('proto')
  })

  test('to the letter comes before spelling, spelling before another word', () => {
    const named = ['COUCH', 'couch', 'sofa'].map((name) => ({ name }))
    expect(findNamed(named, 'couch')?.name).toBe('couch')
    expect(findNamed(named, 'Couch')?.name).toBe('COUCH')
    expect(findNamed(named, 'Sofa')?.name).toBe('sofa')
    expect(findNamed(named.slice(0, 2), 'sofa')?.name).toBe('COUCH')
  })

  test('folding twice is folding once', () =>
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name))
      }),
    ))
})

const skeleton = label(7, 'body', 'skeleton', {
  sublabels: [label(8, 'head', 'points'), label(9, 'left hand', 'points')],
})
const labels = [
  label(1, 'car', 'rectangle', { attributes: [spec(1, 'color', 'select', ['red', 'blue'])] }),
  label(2, 'Traffic Light'),
  label(3, 'couch', 'polygon'),
  label(4, 'tree', 'mask'),
  label(5, 'night', 'tag'),
  skeleton,
]

describe('the default mapping', () => {
  test.each([
    ['equal names and types', functionLabel('car'), 'car'],
    ['another spelling, any type', functionLabel('traffic_light'), 'Traffic Light'],
    ['a synonym, masks for polygons', functionLabel('sofa', 'mask'), 'couch'],
    ['polygons for masks', functionLabel('tree', 'polygon'), 'tree'],
    ['a label of any type', functionLabel('car', 'any'), 'car'],
    ['a type that does not go with it', functionLabel('car', 'polygon'), undefined],
    ['a skeleton for any', functionLabel('traffic light', 'skeleton'), undefined],
    ['any for a skeleton', functionLabel('body', 'any'), undefined],
    ['boxes for a tag', functionLabel('night'), undefined],
    ['nothing of that name', functionLabel('zebra'), undefined],
  ])('%s', (_name, from, to) => {
    expect(defaultMapping([from], labels)[from.name]?.name).toBe(to)
  })

  test('takes attributes and joints by name, and skeletons with at least one joint', () => {
    const attributes = [
      { name: 'Color', inputType: 'select' as const, values: [] },
      { name: 'age', inputType: 'number' as const, values: [] },
    ]
    const joint = (name: string) => ({ name, type: 'points' as const, attributes: [] })
    const body = functionLabel('body', 'skeleton', {
      sublabels: ['Head', 'left_hand', 'tail'].map(joint),
    })
    const mapping = defaultMapping(
      [functionLabel('car', 'rectangle', { attributes }), body],
      labels,
    )
    expect(mapping).toEqual({
      car: { name: 'car', attributes: { Color: 'color' }, sublabels: {} },
      body: {
        name: 'body',
        attributes: {},
        sublabels: {
          Head: { name: 'head', attributes: {} },
          left_hand: { name: 'left hand', attributes: {} },
        },
      },
    })
    const strangers = { ...body, sublabels: [joint('tail')] }
    expect(defaultMapping([strangers], labels)).toEqual({})
  })

  test('of a function that says nothing of its labels: all the task has, by its own names', () => {
    const mapping = defaultMapping([], labels)
    expect(Object.keys(mapping)).toEqual(labels.map(({ name }) => name))
    expect(resolveMapping(undefined, [], labels).of('traffic light')?.label.id).toBe(2)
    const asked = resolveMapping({ zebra: { name: 'car' } }, [], labels)
    expect([asked.of('zebra')?.label.name, asked.of('car')]).toEqual(['car', null])
  })

  test('is always one that resolves', () => {
    const names = fc.constantFrom('car', 'CAR', 'sofa', 'tree', 'body', 'x')
    const types = fc.constantFrom('any', 'rectangle', 'polygon', 'mask', 'skeleton', 'tag' as const)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(names, types), { selector: ([name]) => name }),
        (pairs) => {
          const found = pairs.map(([name, type]) => functionLabel(name, type))
          expect(() => resolveMapping(defaultMapping(found, labels), found, labels)).not.toThrow()
        },
      ),
    )
  })
})

describe('a given mapping', () => {
  const from = [
    functionLabel('person', 'any', {
      attributes: [{ name: 'shade', inputType: 'text', values: [] }],
    }),
    functionLabel('pose', 'skeleton', {
      sublabels: [
        { name: 'a', type: 'points', attributes: [] },
        { name: 'b', type: 'points', attributes: [] },
      ],
    }),
  ]
  const resolve = (mapping: unknown) =>
    resolveMapping(labelMappingSchema.parse(mapping), from, labels)

  test('in the old flat form', () => {
    expect(resolve({ person: 'car' }).of('person')?.label.name).toBe('car')
  })

  test('with attributes and joints', () => {
    const mapped = resolve({
      person: { name: 'car', attributes: { shade: 'color' } },
      pose: { name: 'body', sublabels: { a: { name: 'head' } } },
    })
    expect(mapped.of('person')?.attributes.get('shade')?.name).toBe('color')
    expect([...(mapped.of('pose')?.joints.keys() ?? [])]).toEqual(['a'])
    expect(mapped.of('dog')).toBeNull()
  })

  test('answers in another spelling are known', () => {
    const folded = resolveMapping(
      undefined,
      [functionLabel('traffic_light')],
      [label(1, 'traffic_light')],
    )
    expect(folded.of('traffic light')?.label.id).toBe(1)
  })

  test('a label of the function that is not mapped is dropped, though another is spelt like it', () => {
    const own = ['Traffic-Light', 'traffic_light'].map((name) => functionLabel(name))
    const mapped = resolveMapping({ 'Traffic-Light': { name: 'a' } }, own, [label(1, 'a')])
    expect(mapped.of('Traffic-Light')?.label.id).toBe(1)
    expect(mapped.of('traffic_light')).toBeNull()
    expect(mapped.of('traffic light')?.label.id).toBe(1)
  })

  test.each<[string, unknown, string]>([
    ['a label the function has not', { zebra: 'car' }, 'has no label "zebra"'],
    ['a label the task has not', { person: 'zebra' }, 'the task has no label "zebra"'],
    [
      'an attribute the function has not',
      { person: { name: 'car', attributes: { hue: 'color' } } },
      'no attribute "hue"',
    ],
    [
      'an attribute the task has not',
      { person: { name: 'car', attributes: { shade: 'hue' } } },
      'no attribute "hue"',
    ],
    ['types that do not go together', { pose: 'car' }, '"car" is a rectangle'],
    ['a skeleton without joints', { pose: { name: 'body', sublabels: {} } }, 'at least one joint'],
    ['a skeleton whose joints nobody knows', { pose: 'body' }, 'at least one joint'],
    [
      'a joint the function has not',
      { pose: { name: 'body', sublabels: { c: { name: 'head' } } } },
      'no joint "c"',
    ],
    [
      'a joint the task has not',
      { pose: { name: 'body', sublabels: { a: { name: 'tail' } } } },
      'no joint "tail"',
    ],
    [
      'two joints for one',
      { pose: { name: 'body', sublabels: { a: { name: 'head' }, b: { name: 'head' } } } },
      'both become "head"',
    ],
  ])('is refused with %s', (_name, mapping, says) => {
    expect(() => resolve(mapping)).toThrow(says)
    expect(() => resolve(mapping)).toThrow(expect.objectContaining({ code: 'MAPPING_INVALID' }))
  })

  test('of one chosen earlier, what still fits is left', () => {
    const earlier = labelMappingSchema.parse({ person: 'car', pose: 'zebra', gone: 'car' })
    expect(Object.keys(fittingPart(earlier, from, labels))).toEqual(['person'])
  })
})
