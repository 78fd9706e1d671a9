import type { FunctionInfo } from '#shared/domain/function.ts'
import type { Label } from '#shared/domain/label.ts'
import { defaultMapping } from '#shared/functions/default-mapping.ts'

/**
 * The detector remembered; where there is none, the one that knows the most labels of the task by name. One that can be
 * called comes before one that cannot, and one on this machine before one that pictures would have to be sent to.
 */
export function fittingDetector(
  functions: readonly FunctionInfo[],
  remembered: string | null,
  labels: readonly Label[],
): FunctionInfo | null {
  const known = functions.find(({ id }) => id === remembered)
  if (known) return known
  const ranked = functions.map((info) => ({ info, rank: rankOf(info, labels) }))
  const [best] = ranked.toSorted((a, b) => compare(b.rank, a.rank))
  return best?.info ?? null
}

function rankOf(info: FunctionInfo, labels: readonly Label[]): readonly number[] {
  const matched = Object.keys(defaultMapping(info.labels, labels)).length
  return [info.state === 'failed' ? 0 : 1, info.remote ? 0 : 1, matched]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
