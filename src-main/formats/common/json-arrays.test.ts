import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createJsonArrays } from './json-arrays.ts'

function read(text: string, pieceLength = 1, skip: readonly string[] = []) {
  const elements = new Map<string, unknown[]>()
  const scanner = createJsonArrays({
    file: 'x.json',
    entry: 'x.json',
    arrays: new Set(['a']),
    skip: new Set(skip),
    onElement(key, _index, value) {
      elements.set(key, [...(elements.get(key) ?? []), value])
    },
  })
  for (let i = 0; i < text.length; i += pieceLength) scanner.write(text.slice(i, i + pieceLength))
  scanner.end()
  return Object.fromEntries(elements)
}

test('finds the elements JSON.parse finds, however the text is cut into pieces', () => {
  const document = fc.dictionary(
    fc.string({ minLength: 1 }).filter((key) => key !== 'a' && key !== '__proto__'),
    fc.array(fc.jsonValue()),
  )
  fc.assert(
    fc.property(
      document,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 1),
      (value, length, indent) => {
        const filled = Object.entries(value).filter(([, list]) => list.length > 0)
        const text = JSON.stringify(value, null, indent)
        expect(read(text, length)).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(filled))))
      },
    ),
  )
})

test('gives the members of a map one at a time, however the text is cut into pieces', () => {
  const map = fc.dictionary(fc.string(), fc.jsonValue())
  const length = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(
      map,
      fc.jsonValue(),
      length,
      fc.constantFrom(0, 1),
      (map, other, length, indent) => {
        const document = { map, ...(Array.isArray(other) ? {} : { other }), a: [1] }
        const text = JSON.stringify(document, null, indent)
        const seen: [string, unknown][] = []
        const members: unknown[] = []
        const scanner = createJsonArrays({
          ...{ file: 'x', entry: 'x', arrays: new Set(['a']), maps: new Set(['map']) },
          onElement: (key, _index, value) => void members.push(key, value),
          onEntry: (_key, name, value) => void seen.push([name, value]),
          onMember: (key, value) => void members.push(key, value),
        })
        for (let i = 0; i < text.length; i += length) scanner.write(text.slice(i, i + length))
        scanner.end()
        // JSON has no -0: what is written is compared, not what was there before.
        const parsed = JSON.parse(text)
        const { map: entries, a: _array, ...rest } = parsed
        expect(seen).toEqual(Object.entries(entries))
        expect(members).toEqual([...Object.entries(rest), ['a', 1]].flat())
        expect([...scanner.finished]).toEqual(Object.keys(parsed))
      },
    ),
  )
})

test.each([
  ['{"map":{"k":NaN}}', 'map["k"], line 1, character 13', 'NaN is not a number'],
  ['{"map":[]}', 'line 1, character 8', '"map" must be an object'],
  ['{"map":{"k":1]', 'map["k"], line 1, character 14', '"," or "}" should stand here'],
  ['{"map":{"k":1}', 'line 1, character 15', 'the file ends where "," or "}"'],
])('a map: %j is refused at %s', (text, where, problem) => {
  const options = { file: 'x', entry: 'x', arrays: new Set<string>(), maps: new Set(['map']) }
  const read = () => {
    const scanner = createJsonArrays({ ...options, onElement: () => undefined })
    for (const character of text) scanner.write(character)
    scanner.end()
  }
  expect(read).toThrow(expect.objectContaining({ params: expect.objectContaining({ where }) }))
  expect(read).toThrow(problem)
})

test('skips without a look', () => {
  expect(read('{"a":[{"x":nonsense}, 3],"b":[1]}', 3, ['a'])).toEqual({ b: [1] })
})

test.each([
  ['', 'line 1, character 1', 'the file ends where an object'],
  ['[]', 'line 1, character 1', 'an object "{" should stand here'],
  ['{"a":[1,\n2,x]}', 'a[2], line 2, character 12', 'it is not valid JSON'],
  ['{"a":[1\n"s":NaN]}', 'a[1], line 2, character 9', '"," or "]" should stand here'],
  ['{"a":1}', 'line 1, character 6', '"a" must be an array'],
  ['{"a":[],"a":[]}', 'line 1, character 13', '"a" appears twice'],
  ['{"a":["NaN", NaN]}', 'a[1], line 1, character 14', 'NaN is not a number in JSON'],
  ['{"a":[}', 'a[0], line 1, character 7', 'it is not valid JSON'],
  ['{"a" []}', 'line 1, character 6', '":" should stand here'],
  [`{"a":[${'['.repeat(600)}`, 'a[0], line 1, character 507', 'it is nested more than 500 deep'],
])('%j is refused at %s', (text, where, problem) => {
  for (const length of [1, 5, 10_000]) {
    let caught: unknown
    try {
      read(text, length)
    } catch (error) {
      caught = error
    }
    expect(caught).toMatchObject({ code: 'DATASET_INVALID', params: { where } })
    expect(String(caught)).toContain(problem)
  }
})
