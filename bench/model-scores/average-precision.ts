/**
 * COCO's average precision: candidates of a label are taken best first over all pictures, each to the unmatched truth of its picture that
 * it overlaps most, and precision is read at 101 recalls.
 * @see https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py
 */

/** What was found on a picture, of one label. */
export interface Scored<T> {
  readonly picture: number
  readonly score: number
  readonly shape: T
}
export interface Truth<T> {
  readonly picture: number
  readonly shape: T
}

const RECALLS = Array.from({ length: 101 }, (_, i) => i / 100)

/**
 * Of one label at one threshold.
 * @param overlap  0 … 1 of a candidate and a truth
 * @returns null where there is no truth
 */
export function averagePrecision<T, U>(
  found: readonly Scored<T>[],
  truths: readonly Truth<U>[],
  overlap: (found: T, truth: U) => number,
  threshold: number,
): number | null {
  if (truths.length === 0) return null
  const taken = new Set<Truth<U>>()
  const ordered = found.toSorted((a, b) => b.score - a.score)
  const precisions: number[] = []
  const recalls: number[] = []
  for (const [i, candidate] of ordered.entries()) {
    const match = bestMatch(candidate, truths, taken, overlap, threshold)
    if (match) taken.add(match)
    precisions.push(taken.size / (i + 1))
    recalls.push(taken.size / truths.length)
  }
  for (let i = precisions.length - 2; i >= 0; i--)
    precisions[i] = Math.max(precisions[i] ?? 0, precisions[i + 1] ?? 0)
  const at = (recall: number) => precisions[recalls.findIndex((reached) => reached >= recall)] ?? 0
  return RECALLS.reduce((sum, recall) => sum + at(recall), 0) / RECALLS.length
}

function bestMatch<T, U>(
  { picture, shape }: Scored<T>,
  truths: readonly Truth<U>[],
  taken: ReadonlySet<Truth<U>>,
  overlap: (found: T, truth: U) => number,
  threshold: number,
): Truth<U> | null {
  let best: Truth<U> | null = null
  let most = Math.min(threshold, 1 - 1e-10)
  for (const truth of truths) {
    if (truth.picture !== picture || taken.has(truth)) continue
    const common = overlap(shape, truth.shape)
    if (common < most) continue
    most = common
    best = truth
  }
  return best
}
