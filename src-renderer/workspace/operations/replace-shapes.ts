import { type StepVerb, stepOf } from '#renderer/state/steps.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { Bench } from '../bench/bench.ts'

/** The form of a shape: all that an operation on geometry changes. */
export type ShapeForm = Pick<Shape, 'type' | 'points' | 'rotation'>

/**
 * One step that puts forms in the place of shapes: the first form becomes `kept` itself, with its id, label, attributes
 * and group; every further one a new shape like it; `gone` are deleted.
 * @returns ids of what there is now, the kept one first; null (and a notice) when there are no ids for new shapes
 */
export function replaceShapes(
  bench: Bench,
  verb: StepVerb,
  { kept, forms, gone }: { kept: Shape; forms: readonly ShapeForm[]; gone: readonly Shape[] },
): AnnotationId[] | null {
  const [first, ...more] = forms
  if (!first) return []
  const ids = more.length === 0 ? [] : bench.document.takeIds(more.length)
  if (!ids) return null
  const operations: AnnotationOperation[] = [
    { kind: 'update', before: kept, after: { ...kept, ...first } },
    ...more.map((form, at): AnnotationOperation => {
      const id = ids[at] ?? kept.id
      return { kind: 'create', after: { ...kept, ...form, id } }
    }),
    ...gone.map((before): AnnotationOperation => ({ kind: 'delete', before })),
  ]
  const label = bench.ui.getState().labelsById.get(kept.labelId)?.name
  bench.ui.setState({ hovered: null })
  bench.document.apply(stepOf(verb, operations, label))
  return [kept.id, ...ids]
}
