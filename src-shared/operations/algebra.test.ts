import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Annotation } from '../domain/annotation.ts'
import type { AnnotationId, LabelId } from '../domain/ids.ts'
import { applyAll, invert, invertAll, operationId, squash } from './algebra.ts'
import type { Operation } from './operation.ts'

const annotation = (id: number, group: number): Annotation => ({
  kind: 'tag',
  id: id as AnnotationId,
  frame: 0,
  labelId: 1 as LabelId,
  group,
  source: 'manual',
  attributes: [],
})

type Document = ReadonlyMap<AnnotationId, Annotation>
interface History {
  readonly start: Document
  readonly operations: readonly Operation[]
}

/** A document and a list of operations that makes sense on it: only what is there is changed or deleted. */
const history: fc.Arbitrary<History> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 6 })),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.boolean(), fc.nat(3)), { maxLength: 20 }),
  )
  .map(([ids, gestures]) => {
    const start: Document = new Map(ids.map((id) => [id as AnnotationId, annotation(id, 0)]))
    const operations: Operation[] = []
    let now = start
    for (const [id, removes, group] of gestures) {
      const operation = gesture(now.get(id as AnnotationId), annotation(id, group), removes)
      operations.push(operation)
      now = applyAll(now, [operation])
    }
    return { start, operations }
  })

function gesture(before: Annotation | undefined, after: Annotation, removes: boolean): Operation {
  if (!before) return { kind: 'create', after }
  return removes ? { kind: 'delete', before } : { kind: 'update', before, after }
}

const law = (name: string, holds: (history: History) => void) =>
  test(name, () => fc.assert(fc.property(history, holds)))

describe('laws', () => {
  law('inverting twice is identity', ({ operations }) => {
    expect(operations.map(invert).map(invert)).toEqual(operations)
    expect(invertAll(invertAll(operations))).toEqual(operations)
  })
  law('apply, then the inverse, is identity', ({ start, operations }) => {
    expect(applyAll(applyAll(start, operations), invertAll(operations))).toEqual(start)
  })
  law('squash has the effect of the sequence', ({ start, operations }) => {
    expect(applyAll(start, squash(operations))).toEqual(applyAll(start, operations))
  })
  law('the inverse of what was squashed takes the sequence back', ({ start, operations }) => {
    const end = applyAll(start, operations)
    expect(applyAll(end, invertAll(squash(operations)))).toEqual(start)
  })
  law('squash leaves one operation an annotation', ({ operations }) => {
    const ids = squash(operations).map(operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })
  law('squashing again changes nothing', ({ operations }) => {
    expect(squash(squash(operations))).toEqual(squash(operations))
  })
  law('applying leaves its input alone', ({ start, operations }) => {
    const before = new Map(start)
    applyAll(start, operations)
    expect(start).toEqual(before)
  })
})

const [a, b, c] = [annotation(1, 0), annotation(1, 1), annotation(1, 2)]
test.each<[string, Operation[], Operation[]]>([
  [
    'created, then deleted: nothing',
    [
      { kind: 'create', after: a },
      { kind: 'delete', before: a },
    ],
    [],
  ],
  [
    'created, then changed: created so',
    [
      { kind: 'create', after: a },
      { kind: 'update', before: a, after: b },
    ],
    [{ kind: 'create', after: b }],
  ],
  [
    'changed twice: changed once',
    [
      { kind: 'update', before: a, after: b },
      { kind: 'update', before: b, after: c },
    ],
    [{ kind: 'update', before: a, after: c }],
  ],
  [
    'changed, then deleted: deleted as it was',
    [
      { kind: 'update', before: a, after: b },
      { kind: 'delete', before: b },
    ],
    [{ kind: 'delete', before: a }],
  ],
  [
    'deleted, then created again: changed',
    [
      { kind: 'delete', before: a },
      { kind: 'create', after: b },
    ],
    [{ kind: 'update', before: a, after: b }],
  ],
])('squash: %s', (_name, operations, expected) => expect(squash(operations)).toEqual(expected))
