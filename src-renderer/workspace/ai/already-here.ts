import type { Annotation } from '#shared/domain/annotation.ts'
import type { Proposal } from '#shared/domain/prediction.ts'

/** Image pixels: the same model on the same picture differs by less from one run to the next. */
const SAME_PLACE = 0.5

/** Those of which nothing like it is on the frame yet: a detector that is run again doubles nothing. */
export function notYetHere(
  proposals: readonly Proposal[],
  here: Iterable<Annotation>,
): readonly Proposal[] {
  const known = [...here]
  return proposals.filter((one) => !known.some((annotation) => isSame(one, annotation)))
}

function isSame(a: Proposal, b: Annotation): boolean {
  if (a.labelId !== b.labelId || a.kind !== b.kind) return false
  if (a.kind === 'tag' || b.kind !== 'shape') return a.kind === 'tag'
  if (a.type !== b.type || Math.abs(a.rotation - b.rotation) > SAME_PLACE) return false
  return isSamePlace(a.points, b.points) && isSameSkeleton(a, b)
}

function isSameSkeleton(
  { elements: a }: { elements: readonly { points: readonly number[] }[] },
  { elements: b }: { elements: readonly { points: readonly number[] }[] },
): boolean {
  return (
    a.length === b.length && a.every(({ points }, at) => isSamePlace(points, b[at]?.points ?? []))
  )
}

function isSamePlace(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  return a.every((value, at) => Math.abs(value - (b[at] ?? Number.NaN)) <= SAME_PLACE)
}
