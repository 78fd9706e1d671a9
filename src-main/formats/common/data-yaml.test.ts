import { describe, expect, test } from 'vitest'
import { inputOf } from '../testkit/sample.ts'
import { namesOf, readDataYaml } from './data-yaml.ts'

const read = (text: string) => readDataYaml(inputOf({ 'data.yaml': text }), 'data.yaml')
const names = async (text: string) => [...(namesOf(await read(text)) ?? [])]

describe('names', () => {
  test.each([
    ['a list', 'names:\n- cat\n- dog\n'],
    ['an indented list, CRLF, a byte order mark', '\ufeffnames:\r\n  - cat\r\n  - dog\r\n'],
    ['a list in brackets', "train: x\nnc: 2\nnames: ['cat', 'dog']\n"],
    ['brackets over lines that are not indented', "names: [ # all\n'cat',\n'dog'\n]\nnc: 2\n"],
    ['a map', 'names:\n  0: cat\n  1: dog\n'],
    ['a map in braces over lines', 'names: {0: cat,\n1: dog}\n'],
    ['a map in any order', 'names:\n  1: dog\n  0: cat\n'],
    ['an alias', 'all: &all [cat, dog]\nnames: *all\n'],
    ['a key twice', 'names: [x]\nnames: [cat, dog]\n'],
    ['a control character', 'names: [cat\u0000, dog]\n'],
  ])('%s', async (_name, text) => {
    expect(await names(text.replace('\ufeff', ''))).toEqual([
      [0, 'cat'],
      [1, 'dog'],
    ])
  })

  test('stay the text they are', async () => {
    expect(await names('names: [yes, 007, 1e3, null, ~, "12:30", it\'s, "#x"]')).toEqual(
      ['yes', '007', '1e3', 'null', '~', '12:30', "it's", '#x'].map((name, i) => [i, name]),
    )
  })

  test('may have gaps in their numbers', async () => {
    expect(await names('names: {7: b, 2: a}')).toEqual([
      [2, 'a'],
      [7, 'b'],
    ])
  })

  test('are made up where only their number is said', async () => {
    expect(await names('nc: 2')).toEqual([
      [0, 'class_0'],
      [1, 'class_1'],
    ])
    expect(namesOf(await read('train: x'))).toBeNull()
  })
})

describe('refuses, by the line', () => {
  test.each([
    ['what is no YAML', 'a: 1\nnames: [a\nb: "', /data\.yaml, line 3: it is not YAML/],
    ['a list', '- a\n- b', /it must be a list of "key: value"/],
    ['nothing', '', /it must be a list of "key: value"/],
    [
      'another number of labels',
      'names: [a]\n\nnc: 2',
      /line 3: "nc" says 2 labels, "names" has 1/,
    ],
    ['names that are a path', 'x: 1\nnames: a.names', /line 2: "names" must be a list or a map/],
    ['a name that is a list', 'names: [a, [b]]', /line 1: label 1 has no name/],
    ['a label number that is none', 'names: {a: b}', /line 1: "a" is not a label number/],
    ['an alias of nothing', 'names: *x', /aliases/],
    ['too many labels', 'nc: 999999999', /too many/],
    ['brackets without end', `names: ${'['.repeat(30_000)}`, /not YAML/],
  ])('%s', async (_name, text, message) => {
    await expect(names(text)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('aliases that multiply', async () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ]
    await expect(read(bomb.join('\n'))).rejects.toMatchObject({ code: 'DATASET_INVALID' })
  })
})

test.each([
  ['megabytes', `names: ["${'a'.repeat(2 ** 23)}"]`],
  ['a million values', `names: [${'a,'.repeat(1_000_000)}]`],
])('one of %s is refused before it is parsed', async (_name, text) => {
  const input = inputOf({ 'data.yaml': text }, 'x.zip', 2 ** 16)
  await expect(readDataYaml(input, 'data.yaml')).rejects.toMatchObject({
    code: 'DATASET_INVALID',
    message: expect.stringContaining('data.yaml: it is too large'),
  })
})

test('one of a hundred thousand paths is read', async () => {
  const paths = Array.from({ length: 100_000 }, (_, i) => `- /data/set/images/train/${i}.jpg`)
  const text = `train:\n${paths.join('\n')}\nnames: [cat]\n`
  const yaml = await readDataYaml(inputOf({ 'data.yaml': text }, 'x.zip', 2 ** 16), 'data.yaml')
  expect(yaml.values.get('train')).toHaveLength(100_000)
})
