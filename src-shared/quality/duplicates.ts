import type { Shape, Tag } from '../domain/annotation.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'
import { doTouch, isArea, shapeOverlap } from './overlap.ts'

/**
 * Shapes of a frame that stand on another of the same label and type, and tags that are there twice, each with the one it
 * repeats (the earlier in the list).
 * @param least  overlap from which two are the same object, 0 … 1
 */
export function duplicates(
  annotations: readonly (Tag | Shape)[],
  least: number,
): { repeats: Tag | Shape; original: Tag | Shape }[] {
  const alike = Map.groupBy(annotations, (one) =>
    one.kind === 'tag' ? `tag ${one.labelId}` : `${one.type} ${one.labelId}`,
  )
  return [...alike.values()].flatMap((group) => repeatsIn(group, least))
}

function repeatsIn(
  group: readonly (Tag | Shape)[],
  least: number,
): { repeats: Tag | Shape; original: Tag | Shape }[] {
  const boxes = group.map((one) => (one.kind === 'tag' ? null : shapeBounds(one)))
  return group.flatMap((one, at) => {
    const original = group.slice(0, at).find((other, before) => {
      if (one.kind === 'tag' || other.kind === 'tag') return true
      if (isArea(one) && !doTouch(boxes[at] ?? null, boxes[before] ?? null)) return false
      return shapeOverlap(one, other) >= least
    })
    return original === undefined ? [] : [{ repeats: one, original }]
  })
}
