import { stepOf } from '#renderer/state/steps.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { convertForm, type Form } from '#shared/geometry/convert.ts'
import type { AnnotationOperation, Step } from '#shared/operations/operation.ts'

/** A shape and what it becomes: nothing when none of it is left. */
export interface Converted {
  readonly shape: Shape
  readonly forms: readonly Form[]
}

/** Masks as polygons along their pixels' edges. @param density  share of the corners kept, 0 … 1 */
export function asPolygons(masks: readonly Shape[], density: number): Converted[] {
  return masks.map((shape) => ({
    shape,
    forms: convertForm(shape, 'polygon', { size: null, density }),
  }))
}

/**
 * One step for all of them: the first form takes the shape's own place, so that id, label and attributes stay; further
 * ones are new shapes like it, in one group with it.
 * @param newIds  ids for new shapes and groups, `idsNeeded` of them
 * @returns null when nothing is converted
 */
export function convertStep(
  converted: readonly Converted[],
  newIds: readonly AnnotationId[],
  label: string | undefined,
): Step | null {
  const ids = [...newIds]
  const operations = converted.flatMap(({ shape, forms }): AnnotationOperation[] => {
    const [first, ...more] = forms
    if (!first) return []
    const group = more.length > 0 && shape.group === 0 ? (ids.shift() ?? 0) : shape.group
    const become = (form: Form) => ({ ...shape, group, ...form, points: [...form.points] })
    return [
      { kind: 'update', before: shape, after: become(first) },
      ...more.map((form): AnnotationOperation => {
        return { kind: 'create', after: { ...become(form), id: ids.shift() ?? shape.id } }
      }),
    ]
  })
  return operations.length === 0 ? null : stepOf('convert', operations, label)
}

/** A number for each new shape, and one for each new group: ids are given out once, so no group has or will have it. */
export function idsNeeded(converted: readonly Converted[]): number {
  return converted.reduce((sum, { shape, forms }) => {
    if (forms.length < 2) return sum
    return sum + forms.length - 1 + (shape.group === 0 ? 1 : 0)
  }, 0)
}
