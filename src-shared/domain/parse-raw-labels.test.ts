import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../errors/app-error.ts'
import type { AttributeId, LabelId } from './ids.ts'
import type { Label } from './label.ts'
import { parseRawLabels, toRawLabels } from './parse-raw-labels.ts'

const attribute = (fields: object) => [
  { name: 'car', attributes: [{ name: 'a', mutable: false, ...fields }] },
]

describe('refused, with the place', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['not a list', { name: 'car' }, 'labels', /list/],
    ['null', null, 'labels', /list/],
    ['a label that is a text', ['car'], 'labels[0]', /object/],
    ['no name', [{}], 'labels[0].name', /missing/],
    ['an empty name', [{ name: '  ' }], 'labels[0].name', /empty/],
    ['a name of two lines', [{ name: 'a\nb' }], 'labels[0].name', /line break/],
    ['a name with half a character', [{ name: 'a\ud800' }], 'labels[0].name', /control/],
    [
      'an attribute of a name no file can hold',
      attribute({ name: 'a\u0000', input_type: 'text' }),
      'labels[0].attributes[0].name',
      /control/,
    ],
    ['an unknown key', [{ name: 'a' }, { name: 'b', colour: '#fff' }], 'labels[1]', /"colour"/],
    [
      'an unknown key of an attribute',
      attribute({ input_type: 'text', default: 'x' }),
      'labels[0].attributes[0]',
      /"default"/,
    ],
    [
      'two labels of one name',
      [{ name: 'a' }, { name: 'b' }, { name: 'a' }],
      'labels[2].name',
      /labels\[0\].*"a"/,
    ],
    [
      'two labels of one id',
      [
        { name: 'a', id: 1 },
        { name: 'b', id: 1 },
      ],
      'labels[1].id',
      /id 1/,
    ],
    ['a bad colour', [{ name: 'a', color: 'red' }], 'labels[0].color', /#rrggbb/],
    ['a bad type', [{ name: 'a', type: 'box' }], 'labels[0].type', /one of any, rectangle/],
    [
      'two attributes of one name',
      [
        {
          name: 'a',
          attributes: [
            { name: 'x', input_type: 'text' },
            { name: 'x', input_type: 'text' },
          ],
        },
      ],
      'labels[0].attributes[1].name',
      /"x"/,
    ],
    [
      'a bad input type',
      attribute({ input_type: 'slider' }),
      'labels[0].attributes[0].input_type',
      /select/,
    ],
    [
      'a select without choices',
      attribute({ input_type: 'select', values: [] }),
      'labels[0].attributes[0].values',
      /choice/,
    ],
    [
      'a radio without choices',
      attribute({ input_type: 'radio' }),
      'labels[0].attributes[0].values',
      /choice/,
    ],
    [
      'a choice twice',
      attribute({ input_type: 'radio', values: ['a', 'a'] }),
      'labels[0].attributes[0].values',
      /twice/,
    ],
    [
      'a default that is no choice',
      attribute({ input_type: 'select', values: ['a'], default_value: 'b' }),
      'labels[0].attributes[0].default_value',
      /"b"/,
    ],
    [
      'a number without step',
      attribute({ input_type: 'number', values: [0, 10] }),
      'labels[0].attributes[0].values',
      /three/,
    ],
    [
      'a number that is a word',
      attribute({ input_type: 'number', values: ['0', 'ten', '1'] }),
      'labels[0].attributes[0].values',
      /numbers/,
    ],
    [
      'a step of 0',
      attribute({ input_type: 'number', values: [0, 10, 0] }),
      'labels[0].attributes[0].values',
      /step/,
    ],
    [
      'max below min',
      attribute({ input_type: 'number', values: [10, 0, 1] }),
      'labels[0].attributes[0].values',
      /maximum/,
    ],
    [
      'a default outside',
      attribute({ input_type: 'number', values: [0, 10, 1], default_value: 11 }),
      'labels[0].attributes[0].default_value',
      /0 to 10/,
    ],
    [
      'a checkbox that says yes',
      attribute({ input_type: 'checkbox', default_value: 'yes' }),
      'labels[0].attributes[0].default_value',
      /"yes"/,
    ],
    [
      'a skeleton without joints',
      [{ name: 'a', type: 'skeleton', svg: '' }],
      'labels[0].sublabels',
      /sublabel/,
    ],
    [
      'joints of a rectangle',
      [{ name: 'a', type: 'rectangle', sublabels: [{ name: '1' }] }],
      'labels[0].sublabels',
      /skeleton/,
    ],
    [
      'a drawing with a stranger in it',
      [{ name: 'a', type: 'skeleton', sublabels: [{ name: '1' }], svg: '<script/>' }],
      'labels[0].svg',
      /<script>/,
    ],
    [
      'a drawing of another skeleton',
      [
        {
          name: 'a',
          type: 'skeleton',
          sublabels: [{ name: '1' }],
          svg: '<circle cx="1" cy="2" data-label-name="hand"/>',
        },
      ],
      'labels[0].svg',
      /"hand"/,
    ],
    [
      'two joints of one name',
      [{ name: 'a', type: 'skeleton', sublabels: [{ name: '1' }, { name: '1' }] }],
      'labels[0].sublabels[1].name',
      /"1"/,
    ],
    [
      'a bad attribute of a joint',
      [
        {
          name: 'a',
          type: 'skeleton',
          sublabels: [{ name: '1', attributes: [{ name: 'x', input_type: 'radio' }] }],
        },
      ],
      'labels[0].sublabels[0].attributes[0].values',
      /choice/,
    ],
  ])('%s', (_name, input, where, problem) => {
    const error = caught(() => parseRawLabels(input))
    expect(error.code).toBe('LABELS_INVALID')
    expect(error.params).toMatchObject({ where, problem: expect.stringMatching(problem) })
  })
})

describe('a default that was left out', () => {
  test.each<[string, object, string]>([
    ['select: the first choice', { input_type: 'select', values: ['x', 'y'] }, 'x'],
    [
      'radio, given empty: the first choice',
      { input_type: 'radio', values: ['x', 'y'], default_value: '' },
      'x',
    ],
    [
      'select: the empty choice where there is one',
      { input_type: 'select', values: ['x', ''], default_value: '' },
      '',
    ],
    ['checkbox: false', { input_type: 'checkbox' }, 'false'],
    ['checkbox, given empty: false', { input_type: 'checkbox', default_value: '' }, 'false'],
    ['checkbox given as a boolean', { input_type: 'checkbox', default_value: true }, 'true'],
    ['number: the minimum', { input_type: 'number', values: [-3, 4, 0.5] }, '-3'],
    ['text: nothing', { input_type: 'text' }, ''],
    ['text of an old file: its value', { input_type: 'text', values: ['hello'] }, 'hello'],
  ])('%s', (_name, fields, expected) => {
    const [label] = parseRawLabels(attribute(fields))
    expect(label?.attributes[0]?.default_value).toBe(expected)
  })
})

test('the smallest label is a name', () => {
  expect(parseRawLabels([{ name: ' car ' }])).toEqual([
    { name: 'car', type: 'any', attributes: [] },
  ])
})

test('what the raw editor shows reads back as it was', () => {
  const joint = {
    id: 3 as LabelId,
    name: '1',
    color: '#010203',
    type: 'points' as const,
    attributes: [],
    svg: null,
  }
  const labels: Label[] = [
    {
      id: 1 as LabelId,
      name: 'car',
      color: '#33ddff',
      type: 'any',
      svg: null,
      sublabels: [],
      attributes: [
        {
          id: 9 as AttributeId,
          name: 'n',
          inputType: 'number',
          mutable: true,
          defaultValue: '2',
          values: ['0', '5', '1'],
        },
      ],
    },
    {
      id: 2 as LabelId,
      name: 'sk',
      color: '#ff0000',
      type: 'skeleton',
      svg: '<circle cx="50" cy="20" data-type="element node" data-label-id="3"></circle>',
      attributes: [],
      sublabels: [joint],
    },
  ]
  const raw = toRawLabels(labels)
  expect(parseRawLabels(JSON.parse(JSON.stringify(raw)))).toEqual(raw)
})

test('any value is read or refused with LABELS_INVALID, nothing else', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.array(fc.object({ key: fc.constantFrom('name', 'type', 'attributes', 'color', 'x') })),
      ),
      (input) => {
        try {
          parseRawLabels(input)
        } catch (error) {
          expect(error).toMatchObject({ code: 'LABELS_INVALID' })
        }
      },
    ),
  )
})

function caught(run: () => unknown): AppError {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
