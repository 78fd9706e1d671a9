import { stepOf } from '#renderer/state/steps.ts'
import type { Annotation, Shape, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { type MutableDefaults, mergeToTrack } from '#shared/tracks/merge.ts'
import { type Bench, commonLabel } from '../bench/bench.ts'
import type { PickVerb } from '../operations/picking.ts'

const problems = {
  'too-few': 'mergeTooFew',
  'labels-differ': 'mergeLabels',
  'types-differ': 'mergeTypes',
  'same-frame': 'mergeSameFrame',
  overlap: 'mergeOverlap',
} as const

/** M: shapes and tracks of one object, picked on any frames, become one track. */
export const merging: PickVerb = {
  name: 'merge',
  accepts: null,
  otherwise: 'pickNeedsShape',
  acrossFrames: true,
  apply(bench, ids) {
    const parts = ids.flatMap((id) => partOf(bench, id) ?? [])
    const merged = mergeToTrack(parts, {
      lastFrame: bench.ui.getState().task.size - 1,
      mutable: mutableOf(bench, parts[0]),
    })
    if (typeof merged === 'string') return problems[merged]
    const [first, ...others] = parts
    if (!first) return problems['too-few']
    // A shape that becomes a track is another kind of thing under the same id.
    const operations: AnnotationOperation[] = [
      { kind: 'update', before: first, after: merged },
      ...others.map((before): AnnotationOperation => ({ kind: 'delete', before })),
    ]
    const { frame } = bench.document.state.getState()
    bench.document.apply({ ...stepOf('merge', operations, commonLabel(bench, [merged])), frame })
    bench.document.activate([merged.id])
    forget(bench)
    return null
  },
}

/** Attributes of a label that change from keyframe to keyframe. */
function mutableOf(bench: Bench, part: Shape | Track | undefined): MutableDefaults {
  const label = part && bench.ui.getState().labelsById.get(part.labelId)
  const specs = label?.attributes.filter(({ mutable }) => mutable) ?? []
  return new Map(specs.map(({ id, defaultValue }) => [id, defaultValue]))
}

const picked = new WeakMap<Bench, Map<AnnotationId, Annotation>>()

/**
 * Remembers what was picked while merging: the frame it was on may not be the one on screen when M is pressed again.
 * Returns how to stop.
 */
export function followMerging(bench: Bench): () => void {
  return bench.ui.subscribe(({ picking }, before) => {
    if (picking === before.picking) return
    if (picking?.verb !== merging) {
      forget(bench)
      return
    }
    const { annotations } = bench.document.state.getState()
    const known = picked.get(bench) ?? new Map<AnnotationId, Annotation>()
    for (const id of picking.ids) {
      const annotation = annotations.get(id)
      if (annotation) known.set(id, annotation)
    }
    picked.set(bench, known)
  })
}

/** As it is now where it is on screen, else as it was when it was picked. */
function partOf(bench: Bench, id: AnnotationId): Shape | Track | null {
  const annotation =
    bench.document.state.getState().annotations.get(id) ?? picked.get(bench)?.get(id)
  return annotation && annotation.kind !== 'tag' ? annotation : null
}

function forget(bench: Bench): void {
  picked.delete(bench)
}
