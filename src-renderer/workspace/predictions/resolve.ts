import type { Difference } from '#shared/domain/prediction.ts'
import { annotationsOf, type Bench } from '../bench/bench.ts'
import { deleteAnnotations } from '../bench/editing.ts'
import { accept, reject } from './decide.ts'
import { keyOf } from './differences.ts'
import { currentDifference, predictionInHand } from './walk.ts'

/** What can be done about a difference: the first takes what the function says or leaves all as it is, the second takes away. */
export type Resolution = 'accept' | 'reject' | 'keep' | 'delete' | 'replace'

/** The two that fit, in the order of their keys. */
export function resolutionsOf({ kind }: Difference): readonly [Resolution, Resolution] {
  switch (kind) {
    case 'missed':
      return ['accept', 'reject']
    case 'extra':
      return ['keep', 'delete']
    case 'low-overlap':
    case 'other-label':
      return ['replace', 'keep']
  }
}

/** Why one cannot be done now; null when it can. Both sides are known once their frame is on screen. */
export function canResolve(bench: Bench, difference: Difference, how: Resolution): boolean {
  const current = currentDifference(bench)
  if (!current || keyOf(current) !== keyOf(difference)) return false
  if (difference.frame !== bench.document.state.getState().frame) return false
  const [drawn] =
    difference.annotationId === null ? [] : annotationsOf(bench, [difference.annotationId])
  const isLocked = drawn !== undefined && bench.document.viewOf(drawn.id).locked
  switch (how) {
    case 'accept':
    case 'reject':
      return predictionInHand(bench) !== null
    case 'keep':
      return true
    case 'delete':
      return drawn !== undefined && !isLocked
    case 'replace': {
      const proposal = predictionInHand(bench)?.proposal
      if (!drawn || !proposal || isLocked) return false
      // On one of its frames a track keeps its label and its type.
      return (
        drawn.kind !== 'track' ||
        (proposal.kind === 'shape' &&
          proposal.type === drawn.type &&
          proposal.labelId === drawn.labelId)
      )
    }
  }
}

/** The difference in hand is dealt with; the hand goes on to the next one. */
export async function resolve(bench: Bench, how: Resolution): Promise<void> {
  const difference = currentDifference(bench)
  if (!difference || !canResolve(bench, difference, how)) return
  const { predictionId, annotationId } = difference
  const ids = predictionId === null ? [] : [predictionId]
  if (how === 'accept') await accept(bench, { ids })
  else if (how === 'reject') await reject(bench, { ids })
  else if (how === 'replace') await accept(bench, { ids }, annotationId ?? undefined)
  else if (how === 'delete')
    deleteAnnotations(bench, annotationId === null ? [] : annotationsOf(bench, [annotationId]))
  else if (predictionId !== null) await reject(bench, { ids })
  else bench.differences.keep(keyOf(difference))
}

/** The first or the second of what fits the difference in hand. */
export function resolveAt(bench: Bench, at: 0 | 1): Promise<void> {
  const difference = currentDifference(bench)
  return difference ? resolve(bench, resolutionsOf(difference)[at]) : Promise.resolve()
}
