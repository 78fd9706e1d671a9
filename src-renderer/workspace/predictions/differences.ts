import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Difference } from '#shared/domain/prediction.ts'

export const differenceKinds = ['missed', 'extra', 'low-overlap', 'other-label'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** The same one after the frame was asked about anew. */
export const keyOf = ({ kind, frame, predictionId, annotationId }: Difference): string =>
  `${frame} ${kind} ${predictionId ?? ''} ${annotationId ?? ''}`

interface Shown {
  readonly entries: readonly Difference[]
  readonly kinds: ReadonlySet<DifferenceKind>
  readonly kept: ReadonlySet<string>
}

/** Those of the kinds that are wanted and not said to be right. */
export function shownOf({ entries, kinds, kept }: Shown): Difference[] {
  return entries.filter((one) => kinds.has(one.kind) && !kept.has(keyOf(one)))
}

/** How many there are of each kind, wanted or not. */
export function countsOf({ entries, kept }: Shown): ReadonlyMap<DifferenceKind, number> {
  const counts = new Map<DifferenceKind, number>(differenceKinds.map((kind) => [kind, 0]))
  for (const one of entries)
    if (!kept.has(keyOf(one))) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1)
  return counts
}

/** The entries with other ones of one frame, in the order of their frames. */
export function withFrame(
  entries: readonly Difference[],
  frame: FrameIndex,
  fresh: readonly Difference[],
): Difference[] {
  const before = entries.filter((one) => one.frame < frame)
  return [...before, ...fresh, ...entries.filter((one) => one.frame > frame)]
}

/** One on, or back, stopping at the ends; from nowhere the first or the last one. */
export function steppedDifference(
  rows: readonly Difference[],
  from: string | null,
  by: 1 | -1,
): Difference | null {
  const at = rows.findIndex((one) => keyOf(one) === from)
  if (at < 0) return (by === 1 ? rows[0] : rows.at(-1)) ?? null
  return rows[Math.max(0, Math.min(rows.length - 1, at + by))] ?? null
}
