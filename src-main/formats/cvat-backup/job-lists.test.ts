import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactJson } from './exact-json.ts'
import { JobLists, type ListElement } from './job-lists.ts'
import { refuseBackup } from './refuse.ts'

function read(text: string, size: number): { elements: ListElement[]; jobs: number } {
  const lists = new JobLists(refuseBackup('b.zip', 'annotations.json'))
  const elements: ListElement[] = []
  for (let at = 0; at < text.length; at += size) {
    lists.write(text.slice(at, at + size))
    elements.push(...lists.take())
  }
  return { elements, jobs: lists.end() }
}

/** Values in which brackets, quotes and commas stand where they mean nothing. */
const value = fc.jsonValue({ noUnicodeString: false, depthSize: 'small' })
const element = fc.oneof(
  value,
  fc.constantFrom('a,b', ']', '"tags":[', '\\"', { tags: [1] }, [[], {}]),
)
const job = fc.record(
  {
    version: value,
    tags: fc.array(element),
    shapes: fc.array(element),
    tracks: fc.array(element),
    more: value,
  },
  { requiredKeys: [] },
)

test('every element comes out as JSON.parse has it, however the text is cut', () => {
  const space = fc.constantFrom(0, 1, 3)
  fc.assert(
    fc.property(
      fc.array(job, { maxLength: 4 }),
      space,
      fc.integer({ min: 1, max: 40 }),
      (jobs, indent, size) => {
        const text = JSON.stringify(jobs, null, indent)
        const plain = JSON.parse(text) as Record<string, unknown[]>[]
        const wanted = plain.flatMap((one, at) =>
          Object.keys(one)
            .filter((key) => key === 'tags' || key === 'shapes' || key === 'tracks')
            .flatMap((list) =>
              (one[list] ?? []).map((value, index) => ({ job: at, list, index, value })),
            ),
        )
        expect(read(text, size)).toEqual({ elements: wanted, jobs: jobs.length })
      },
    ),
  )
})

test.each([
  ['[{"tags":[1,]}]', 'annotations.json, the text'],
  ['[{"tags":[1 2]}]', 'annotations.json, [0].tags[0], line 1'],
  ['[{"tags":[\n\n{"a":}]}]', 'annotations.json, [0].tags[0], line 3'],
  ['[{"tags":[1]', 'annotations.json, line 1'],
  ['[{"tags":["a', 'annotations.json, line 1'],
  ['[{"tags":[1]}]]', 'annotations.json, the text'],
  ['[{"tags":[1]}] x', 'annotations.json, the text'],
  ['{"tags":[1]}', 'annotations.json'],
  ['', 'annotations.json, the text'],
])('%s is refused by its place', (text, where) => {
  for (const size of [1, 3, 100])
    expect(() => read(text, size)).toThrow(
      expect.objectContaining({
        code: 'BACKUP_INVALID',
        params: expect.objectContaining({ where }),
      }),
    )
})

test('numbers come back to the last bit', () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }))
  fc.assert(
    fc.property(numbers, fc.string(), (list, text) => {
      const value = { list, text, nested: [{ first: list[0] ?? -0 }] }
      expect(JSON.parse(exactJson(value))).toEqual(value)
    }),
  )
})
