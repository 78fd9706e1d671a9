import { describe, expect, test } from 'vitest'
import { goSeconds, inMegabytes } from './go-units.ts'
import { type NuclioFunction, readNuclioFunction } from './nuclio-function.ts'

const described = (annotations: object, spec: object = { description: 'd' }, name = 'f') => ({
  metadata: { name, annotations },
  spec,
})
function read(annotations: object, spec?: object, name?: string): NuclioFunction {
  const reading = readNuclioFunction(described(annotations, spec, name))
  if (!('function' in reading)) throw new Error(reading.problem)
  return reading.function
}
function problemOf(annotations: object, name?: string): string {
  const reading = readNuclioFunction(described(annotations, undefined, name))
  return 'problem' in reading ? reading.problem : ''
}
const labels = (spec: unknown) =>
  read({ type: 'detector', spec: typeof spec === 'string' ? spec : JSON.stringify(spec) }).labels

describe('labels of spec', () => {
  test('ids may have gaps, types may be missing, names may be numbers', () => {
    const found = labels([
      { id: 90, name: 'person', type: 'rectangle' },
      { name: 7 },
      { id: 'x', name: 'old', type: 'unknown' },
    ])
    expect(found.map(({ name, type }) => [name, type])).toEqual([
      ['person', 'rectangle'],
      ['7', 'any'],
      ['old', 'any'],
    ])
  })

  test('attributes keep their values as text', () => {
    const attributes = [
      { name: 'age', input_type: 'number', values: [0, 150, 1] },
      { name: 'hidden', input_type: 'checkbox', values: [true, false] },
      { name: 'note', input_type: 'text' },
    ]
    expect(labels([{ name: 'face', attributes }])[0]?.attributes).toEqual([
      { name: 'age', inputType: 'number', values: ['0', '150', '1'] },
      { name: 'hidden', inputType: 'checkbox', values: ['true', 'false'] },
      { name: 'note', inputType: 'text', values: [] },
    ])
  })

  test('a skeleton has its joints in order, and its drawing', () => {
    const svg =
      '<circle cx="1" cy="2" data-type="element node" data-element-id="1" data-node-id="1" data-label-name="nose" />'
    const spec = [
      { name: 'body', type: 'skeleton', svg, sublabels: [{ name: 'nose', type: 'points' }] },
    ]
    expect(labels(spec)[0]).toMatchObject({ svg, sublabels: [{ name: 'nose', type: 'points' }] })
  })

  test('a skeleton without a readable drawing is one all the same, and that is told', () => {
    const spec = [{ name: 'body', type: 'skeleton', svg: '<script/>', sublabels: [{ name: 'a' }] }]
    const found = read({ type: 'detector', spec: JSON.stringify(spec) })
    expect(found.labels[0]?.svg).toBeNull()
    expect(found.hints).toEqual(['The svg of the skeleton body cannot be read.'])
  })

  test.each([
    ['', []],
    ['  ', []],
    ['null', []],
    ['[]', []],
  ])('%j means none', (spec, none) => {
    expect(labels(spec)).toEqual(none)
  })

  test.each([
    ['[{"name":"a"},{"name":"a"}]', 'two labels are called a'],
    ['[{"name":"a","attributes":[{"name":"b"},{"name":"b"}]}]', 'two attributes of a are called b'],
    ['[{"name":"a","type":"blob"}]', 'a has the type blob, which nobody knows'],
    ['[{"name":"a","type":"skeleton"}]', 'the skeleton a has no sublabels'],
    ['[{"id":1}]', 'a label has no name'],
    ['[{"name":"a","attributes":[{"name":"b","input_type":"slider"}]}]', /input_type slider/],
    ['{"a":1}', 'the labels of spec are no list'],
    ['[1]', 'number 1 of the labels of spec is no object'],
    ['[{', 'spec is no JSON'],
  ])('%s is refused', (spec, why) => {
    expect(problemOf({ type: 'detector', spec })).toMatch(why)
  })
})

describe('interactors', () => {
  test('want one click and no other, unless they say more', () => {
    expect(read({ type: 'interactor', version: 2 })).toMatchObject({
      prompts: { minPositive: 1, minNegative: null, box: 'none', preparable: false },
      boxForm: null,
      hints: [],
    })
  })

  test.each([
    [{ min_pos_points: '4' }, { minPositive: 4, minNegative: null, box: 'none' }],
    [
      { min_pos_points: 0, min_neg_points: '0' },
      { minPositive: 0, minNegative: 0, box: 'none' },
    ],
    [{ startswith_box: 'true' }, { minPositive: 1, minNegative: null, box: 'required' }],
    [{ startswith_box_optional: true }, { minPositive: 1, minNegative: null, box: 'optional' }],
    [{ startswith_box: false }, { minPositive: 1, minNegative: null, box: 'none' }],
  ])('%j', (annotations, prompts) => {
    expect(read({ type: 'interactor', version: 2, ...annotations }).prompts).toMatchObject(prompts)
  })

  test('the text "false" is false here, and what a server makes of it is told', () => {
    const found = read({ type: 'interactor', version: '2', startswith_box: 'false' })
    expect(found.prompts?.box).toBe('none')
    expect(found.hints).toEqual([
      'startswith_box is "false": a CVAT server takes any text for true. Leave the line out.',
    ])
  })

  test('may say that they take a flat box', () => {
    expect(read({ type: 'interactor', box_format: 'flat' }).boxForm).toBe('flat')
  })

  test.each([
    [{ min_pos_points: 'many' }, 'min_pos_points is no whole number'],
    [{ min_pos_points: -1 }, 'min_pos_points is negative'],
  ])('%j is refused', (annotations, why) => {
    expect(problemOf({ type: 'interactor', ...annotations })).toBe(why)
  })
})

describe('trackers', () => {
  test('without a word follow rectangles as bare lists', () => {
    expect(read({ type: 'tracker', spec: null })).toMatchObject({
      shapeTypes: ['rectangle'],
      isLegacyTracker: true,
    })
  })
  test('say what they follow', () => {
    expect(read({ type: 'tracker', supported_shape_types: 'polygon, rectangle' })).toMatchObject({
      shapeTypes: ['rectangle', 'polygon'],
      isLegacyTracker: false,
    })
  })
  test.each([
    ['', 'supported_shape_types is there and empty'],
    ['rectangle,circle', 'supported_shape_types names circle, which nobody knows'],
  ])('%j is refused', (supported_shape_types, why) => {
    expect(problemOf({ type: 'tracker', supported_shape_types })).toBe(why)
  })
})

describe('limits', () => {
  const trigger = (fields: object) =>
    read({ type: 'reid' }, { description: '', triggers: { t: { kind: 'http', ...fields } } })
      .trigger

  test.each([
    [{ maxWorkers: 2 }, 2, null],
    [{ numWorkers: '3', maxWorkers: 2 }, 3, null],
    [{ attributes: { maxRequestBodySize: 33554432 } }, 1, 33554432],
    [{ attributes: { maxRequestBodySize: -1 }, numWorkers: 1e9 }, 64, null],
  ])('%j', (fields, workers, mostBodyBytes) => {
    expect(trigger(fields)).toEqual({ workers, mostBodyBytes, workerWaitMs: 10_000 })
  })

  test('the timeout of an event', () => {
    expect(read({ type: 'reid' }, { eventTimeout: '1m30s' }).eventTimeoutSeconds).toBe(90)
    expect(read({ type: 'reid' }, {}).eventTimeoutSeconds).toBeNull()
  })
})

test.each([
  [{}, /say no type/],
  [{ type: 'classifier' }, /the type classifier/],
])('%j is no function that annotates', (annotations, why) => {
  expect(problemOf(annotations)).toMatch(why)
})

test('a name that could not stand in an address is refused', () => {
  expect(problemOf({ type: 'reid' }, '../x')).toMatch(/other characters/)
})

test.each([null, 1, [], 'text', { metadata: 1 }])('%j is refused and not fallen over', (value) => {
  expect(readNuclioFunction(value, 'f')).toMatchObject({ name: 'f' })
})

test.each([
  ['30s', 30],
  ['1m30s', 90],
  ['500ms', 0.5],
  ['1.5h', 5400],
  ['30', null],
  ['s', null],
  ['-1s', null],
])('%s is %s seconds', (text, seconds) => {
  expect(goSeconds(text)).toBe(seconds)
})

test.each([
  [10, '1 kB'],
  [4_194_304, '4.2 MB'],
  [33_554_432, '34 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(inMegabytes(bytes)).toBe(text)
})
