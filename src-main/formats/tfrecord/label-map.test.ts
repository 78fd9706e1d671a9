import { describe, expect, test } from 'vitest'
import { labels } from '../testkit/sample.ts'
import { labelMapText, parseLabelMap } from './label-map.ts'

const parse = (text: string) =>
  parseLabelMap(text, (line, problem) => {
    throw new Error(`line ${line}: ${problem}`)
  })

test.each([
  [
    'as CVAT writes it',
    "item {\n\tid: 1\n\tname: 'dog'\n}\n\nitem {\n\tid: 2\n\tname: 'größe'\n}\n\n",
  ],
  ['name first, other quotes, on one line', 'item{name:"dog" id:1}item{name:"größe" id:2}'],
  [
    'CRLF, comments, commas',
    "# all\r\nitem {\r\n  id: 1, # one\r\n  name: 'dog'\r\n};item: { id: 2 name: 'größe' }",
  ],
  [
    'bytes as octal numbers',
    "item { id: 1 name: 'dog' } item { id: 2 name: 'gr\\303\\266\\303\\237e' }",
  ],
  [
    'fields nobody knows',
    "item { id: 1 name: 'dog' keypoints { id: 7 name: 'x' } } item < id: 2 name: 'größe' >",
  ],
])('reads it %s', (_name, text) => {
  expect([...parse(text).byId]).toEqual([
    [1, 'dog'],
    [2, 'größe'],
  ])
})

test('knows a label by the name that is shown, too', () => {
  const { byId, byText } = parse("item { name: '/m/01g317' id: 1 display_name: 'person' }")
  expect(byId.get(1)).toBe('person')
  expect([byText.get('person'), byText.get('/m/01g317')]).toEqual(['person', 'person'])
})

test('what is written comes back, quotes and backslashes too', () => {
  const odd = labels.map((label, i) => ({ ...label, name: ["it's", 'a\\b\n', '"q"'][i] ?? '' }))
  expect([...parse(labelMapText(odd)).byId]).toEqual([
    [1, "it's"],
    [2, 'a\\b\n'],
    [3, '"q"'],
  ])
})

test('a name of megabytes, or one that never ends', () => {
  const long = 'x'.repeat(2 ** 23)
  expect(parse(`item { id: 1 name: "${long}" }`).byId.get(1)).toBe(long)
  expect(() => parse(`item { id: 1 name: "${long}`)).toThrow('line 1: it is not')
})

describe('refuses, by the line', () => {
  test.each([
    ['an item without an end', "item {\n id: 1\n name: 'x'", 'line 3: an item has no end'],
    ['an item without a name', '\nitem { id: 1 }', 'line 2: item 1 has no name'],
    [
      'an item without an id',
      "item { name: 'x' }",
      'line 1: an item has no whole number as its id',
    ],
    ['something else', 'label { id: 1 }', 'line 1: "item {" should stand here'],
    ['an open string', "item {\n name: 'x\n}", 'line 2: it is not the text of a label map'],
  ])('%s', (_name, text, message) => {
    expect(() => parse(text)).toThrow(message)
  })
})
