import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Annotation } from '../domain/annotation.ts'
import type { AnnotationId, LabelId } from '../domain/ids.ts'
import { applyAll, invert, invertAll, operationKey, squash } from './algebra.ts'
import { FrameMarks } from './frame-marks.ts'
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

interface Document {
  readonly annotations: ReadonlyMap<AnnotationId, Annotation>
  readonly marks: FrameMarks
}
interface History {
  readonly start: Document
  readonly operations: readonly Operation[]
}

const applied = ({ annotations, marks }: Document, operations: readonly Operation[]): Document => ({
  annotations: applyAll(annotations, operations),
  marks: marks.apply(operations),
})

/** What a person sees of it: marks compare by their frames, not by how many bytes they were given. */
const seen = ({ annotations, marks }: Document) => ({
  annotations,
  facts: [0, 1, 2, 3].map((frame) => marks.factsOf(frame)),
  counts: [marks.deletedCount, marks.checkedCount],
})

type Gesture =
  | { readonly id: number; readonly removes: boolean; readonly group: number }
  | { readonly frame: number; readonly deleted: boolean; readonly checked: boolean }

const anyGesture: fc.Arbitrary<Gesture> = fc.oneof(
  fc.record({ id: fc.integer({ min: 1, max: 6 }), removes: fc.boolean(), group: fc.nat(3) }),
  fc.record({ frame: fc.nat(3), deleted: fc.boolean(), checked: fc.boolean() }),
)

/** A document and a list of operations that makes sense on it: only what is there is changed or deleted. */
const history: fc.Arbitrary<History> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 6 })),
    fc.uniqueArray(fc.nat(3)),
    fc.array(anyGesture, { maxLength: 20 }),
  )
  .map(([ids, deleted, gestures]) => {
    const start: Document = {
      annotations: new Map(ids.map((id) => [id as AnnotationId, annotation(id, 0)])),
      marks: FrameMarks.of({ deleted, checked: [] }),
    }
    const operations: Operation[] = []
    let now = start
    for (const one of gestures) {
      const operation = operationOf(now, one)
      operations.push(operation)
      now = applied(now, [operation])
    }
    return { start, operations }
  })

function operationOf({ annotations, marks }: Document, one: Gesture): Operation {
  if ('id' in one)
    return gesture(
      annotations.get(one.id as AnnotationId),
      annotation(one.id, one.group),
      one.removes,
    )
  const { frame, ...after } = one
  return { kind: 'frame', frame, before: marks.factsOf(frame), after }
}

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
    expect(seen(applied(applied(start, operations), invertAll(operations)))).toEqual(seen(start))
  })
  law('squash has the effect of the sequence', ({ start, operations }) => {
    expect(seen(applied(start, squash(operations)))).toEqual(seen(applied(start, operations)))
  })
  law('the inverse of what was squashed takes the sequence back', ({ start, operations }) => {
    const end = applied(start, operations)
    expect(seen(applied(end, invertAll(squash(operations))))).toEqual(seen(start))
  })
  law('squash leaves one operation an annotation or frame', ({ operations }) => {
    const keys = squash(operations).map(operationKey)
    expect(new Set(keys).size).toBe(keys.length)
  })
  law('squashing again changes nothing', ({ operations }) => {
    expect(squash(squash(operations))).toEqual(squash(operations))
  })
  law('applying leaves its input alone', ({ start, operations }) => {
    const before = seen({ ...start, annotations: new Map(start.annotations) })
    applied(start, operations)
    expect(seen(start)).toEqual(before)
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
