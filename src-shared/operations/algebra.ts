import type { Annotation } from '../domain/annotation.ts'
import type { AnnotationId } from '../domain/ids.ts'
import type { AnnotationOperation, FrameOperation, Operation } from './operation.ts'

/** The operation that takes `op` back. Inverting twice is identity. */
export function invert(op: Operation): Operation {
  switch (op.kind) {
    case 'create':
      return { kind: 'delete', before: op.after }
    case 'update':
      return { kind: 'update', before: op.after, after: op.before }
    case 'delete':
      return { kind: 'create', after: op.before }
    case 'frame':
      return { ...op, before: op.after, after: op.before }
  }
}

/** Undoing a list inverts each operation, last first. */
export function invertAll(ops: readonly Operation[]): Operation[] {
  return ops.map(invert).reverse()
}

/** What an operation touches: two with the same key change the same annotation, or the same frame's facts. */
export function operationKey(op: Operation): string {
  if (op.kind === 'frame') return `frame ${op.frame}`
  return `annotation ${op.kind === 'delete' ? op.before.id : op.after.id}`
}

/** Annotations by id after `ops`; the input map is left alone. What says nothing of annotations changes nothing. */
export function applyAll(
  annotations: ReadonlyMap<AnnotationId, Annotation>,
  ops: readonly Operation[],
): Map<AnnotationId, Annotation> {
  const next = new Map(annotations)
  for (const op of ops) {
    if (op.kind === 'frame') continue
    if (op.kind === 'delete') next.delete(op.before.id)
    else next.set(op.after.id, op.after)
  }
  return next
}

/**
 * The shortest list with the same effect: at most one operation an annotation or frame, in order of first touch.
 * Created then deleted is nothing; updated back and forth to an equal value stays an update (equality is the caller's).
 */
export function squash(ops: readonly Operation[]): Operation[] {
  const byKey = new Map<string, Operation | null>()
  for (const op of ops) {
    const key = operationKey(op)
    const earlier = byKey.get(key)
    byKey.set(key, earlier ? merge(earlier, op) : op)
  }
  return [...byKey.values()].filter((op) => op !== null)
}

/** Two operations of one key, so both are of frames or both of annotations. */
function merge(first: Operation, second: Operation): Operation | null {
  return first.kind === 'frame'
    ? { ...first, after: (second as FrameOperation).after }
    : mergeAnnotation(first, second as AnnotationOperation)
}

function mergeAnnotation(
  first: AnnotationOperation,
  second: AnnotationOperation,
): AnnotationOperation | null {
  const before = first.kind === 'create' ? null : first.before
  const after = second.kind === 'delete' ? null : second.after
  if (before === null) return after === null ? null : { kind: 'create', after }
  return after === null ? { kind: 'delete', before } : { kind: 'update', before, after }
}
