import type { Annotation } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import type { AnnotationOperation, Operation } from './operation.ts'

/**
 * Whether a frame's list holds the annotation: a tag or shape is on its own frame, a track on every frame from its first
 * keyframe on (where it is outside, it is listed all the same). The core's `annotations.frame` answers by this rule.
 */
export function isOnFrame(annotation: Annotation, frame: FrameIndex): boolean {
  return annotation.kind === 'track' ? annotation.frame <= frame : annotation.frame === frame
}

/**
 * What operations mean for the list of one frame, in order: what comes to the frame is created there, what leaves it is
 * deleted there, and what touches it not at all is left out. Applying them to that list gives the list after.
 */
export function onFrame(
  operations: readonly Operation[],
  frame: FrameIndex,
): AnnotationOperation[] {
  const here: AnnotationOperation[] = []
  for (const operation of operations) {
    if (operation.kind === 'frame') continue
    const seen = asSeenOn(operation, frame)
    if (seen) here.push(seen)
  }
  return here
}

function asSeenOn(operation: AnnotationOperation, frame: FrameIndex): AnnotationOperation | null {
  const before = operation.kind !== 'create' && isOnFrame(operation.before, frame)
  const after = operation.kind !== 'delete' && isOnFrame(operation.after, frame)
  if (before && after) return operation
  if (before) return { kind: 'delete', before: operation.before }
  return after ? { kind: 'create', after: operation.after } : null
}
