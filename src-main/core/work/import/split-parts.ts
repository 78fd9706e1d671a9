import type { NewAnnotation } from '../../ports.ts'
import type { Stretch } from './project-target.ts'

/**
 * An annotation of the long task as the annotations of its tasks that it is. A track that goes through several of them is
 * one in each it is seen in: no object goes on into other pictures.
 * @param parts  ascending, without gaps
 * @returns by the place of the part in the list
 */
export function splitByPart(
  parts: readonly Stretch[],
  annotation: NewAnnotation,
): { readonly at: number; readonly annotation: NewAnnotation }[] {
  if (annotation.kind !== 'track') {
    const at = partOf(parts, annotation.frame)
    return [{ at, annotation: { ...annotation, frame: annotation.frame - startOf(parts, at) } }]
  }
  const stretches = Map.groupBy(annotation.keyframes, ({ frame }) => partOf(parts, frame))
  return [...stretches].flatMap(([at, stated]) => {
    const from = startOf(parts, at)
    const keyframes = stated.map((one) => ({ ...one, frame: one.frame - from }))
    const [first] = keyframes
    if (!first || keyframes.every(({ outside }) => outside)) return []
    return [{ at, annotation: { ...annotation, frame: first.frame, keyframes } }]
  })
}

function partOf(parts: readonly Stretch[], frame: number): number {
  let [low, high] = [0, parts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (startOf(parts, middle) <= frame) low = middle
    else high = middle - 1
  }
  return low
}

const startOf = (parts: readonly Stretch[], at: number): number => parts[at]?.first ?? 0
