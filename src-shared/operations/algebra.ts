import type { Annotation } from '../domain/annotation.ts'
import type { AnnotationId } from '../domain/ids.ts'
import type { Operation } from './operation.ts'

/** The operation that takes `op` back. Inverting twice is identity. */
export function invert(op: Operation): Operation {
  switch (op.kind) {
    case 'create':
      return { kind: 'delete', before: op.after }
    case 'update':
      return { kind: 'update', before: op.after, after: op.before }
    case 'delete':
      return { kind: 'create', after: op.before }
  }
}

/** Undoing a list inverts each operation, last first. */
export function invertAll(ops: readonly Operation[]): Operation[] {
  return ops.map(invert).reverse()
}

/** The id an operation touches. */
export function operationId(op: Operation): AnnotationId {
  return op.kind === 'delete' ? op.before.id : op.after.id
}

/** Annotations by id after `ops`; the input map is left alone. */
export function applyAll(
  annotations: ReadonlyMap<AnnotationId, Annotation>,
  ops: readonly Operation[],
): Map<AnnotationId, Annotation> {
  const next = new Map(annotations)
  for (const op of ops) {
    if (op.kind === 'delete') next.delete(op.before.id)
    else next.set(op.after.id, op.after)
  }
  return next
}

/**
 * The shortest list with the same effect: at most one operation an annotation, in order of first touch.
 * Created then deleted is nothing; updated back and forth to an equal value stays an update (equality is the caller's).
 */
export function squash(ops: readonly Operation[]): Operation[] {
  const byId = new Map<AnnotationId, Operation | null>()
  for (const op of ops) {
    const id = operationId(op)
    const earlier = byId.get(id)
    byId.set(id, earlier ? merge(earlier, op) : op)
  }
  return [...byId.values()].filter((op) => op !== null)
}

function merge(first: Operation, second: Operation): Operation | null {
  const before = first.kind === 'create' ? null : first.before
  const after = second.kind === 'delete' ? null : second.after
  if (before === null) return after === null ? null : { kind: 'create', after }
  return after === null ? { kind: 'delete', before } : { kind: 'update', before, after }
}
