/** Whatever a function or a dashboard answers is read, or refused with its place: nothing else is ever thrown. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { readListing } from '../dashboard.ts'
import { type Questions, readAnswer } from '../reading/read-answer.ts'
import { AnswerProblem } from '../transport/json-answer.ts'

const size = { width: 50, height: 40 }
const questions: Questions = {
  detect: { labels: [], size },
  interact: { size },
  begin: { count: 1 },
  update: { types: ['rectangle'] },
  match: { count: 1, most: 2 },
}
const kinds = Object.keys(questions) as (keyof Questions)[]

const GOOD: Readonly<Record<keyof Questions, unknown>> = {
  detect: [
    { type: 'rectangle', label: 'a', points: [1, 2, 30, 40], confidence: '0.5', group_id: 1 },
    { type: 'mask', label: 'b', mask: [1, 1, 1, 1, 3, 3, 4, 4], points: [3, 3, 5, 3, 5, 5] },
    { type: 'mask', label: 'b', points: [0, 40, 3, 3, 10, 7] },
    { type: 'skeleton', label: 'c', elements: [{ label: 'd', points: [1, 1], outside: 0 }] },
    {
      type: 'ellipse',
      label: 'e',
      points: [9, 9, 15, 3],
      rotation: 20,
      attributes: [{ name: 'f', value: 1 }],
    },
  ],
  interact: {
    mask: [
      [0, 1],
      [1, 1],
    ],
    bounds: [3, 3, 4, 4],
    points: [
      [3, 3],
      [5, 3],
      [5, 5],
    ],
  },
  begin: { shapes: [null], states: [{ deep: [1, 'x'] }] },
  update: { shapes: [{ type: 'polygon', points: [1, 1, 9, 1, 9, 9] }], states: ['s'] },
  match: [1],
}

function readOrRefused(kind: keyof Questions, bytes: Uint8Array): unknown {
  try {
    return readAnswer(kind, questions[kind] as never, bytes)
  } catch (error) {
    if (error instanceof AnswerProblem) {
      expect(error.problem).not.toBe('')
      return null
    }
    throw error
  }
}

test.each(kinds)('any JSON as an answer to %s', (kind) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      readOrRefused(kind, Buffer.from(JSON.stringify(value)))
    }),
  )
})

/** A valid answer with one value of it, anywhere, replaced. */
function altered(value: unknown, place: number, by: unknown): unknown {
  let at = place
  const walk = (one: unknown): unknown => {
    if (at-- === 0) return by
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(value)
}

test.each(kinds)('a good answer to %s with one value replaced', (kind) => {
  const strange = fc.oneof(
    fc.constantFrom(null, -1, 1e308, -0, 1.5, 2 ** 53, '', 'x', true, [], {}, [[]], [null]),
    fc.jsonValue({ maxDepth: 1 }),
  )
  fc.assert(
    fc.property(fc.nat({ max: 60 }), strange, (place, by) => {
      const found = readOrRefused(kind, Buffer.from(JSON.stringify(altered(GOOD[kind], place, by))))
      if (kind !== 'detect' || found === null) return
      for (const one of found as { type: string; points: number[] }[])
        if (one.type !== 'tag') expect(formProblem(one.type as 'mask', one.points)).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test.each(kinds)('an answer to %s that was cut, or has a byte changed', (kind) => {
  const whole = Buffer.from(JSON.stringify(GOOD[kind]))
  fc.assert(
    fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
      readOrRefused(kind, whole.subarray(0, at))
      const changed = Buffer.from(whole)
      changed[at] = byte
      readOrRefused(kind, changed)
    }),
  )
})

test('any list of a dashboard', () => {
  const entry = fc.record(
    {
      metadata: fc.oneof(
        fc.jsonValue(),
        fc.record({ name: fc.string(), annotations: fc.jsonValue() }),
      ),
      spec: fc.jsonValue(),
      status: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), entry), (values) => {
      const { functions, leftOut } = readListing(values)
      expect(functions.length + leftOut.length).toBe(Object.keys(values).length)
    }),
  )
})

test('what is nested deeper than anybody can write is refused, too', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const answer = Buffer.from(`{"shapes": [null], "states": [${deep}]}`)
  for (const kind of ['begin', 'update'] as const)
    expect(() => readAnswer(kind, questions[kind], answer)).toThrow(AnswerProblem)
})
