/** Boxes that say the same thing twice: only the best of them stays. */

/** Candidates by index, in no order. Boxes are `x1, y1, x2, y2`, four numbers each, in any one unit. */
export interface Candidates {
  readonly boxes: Float64Array
  readonly scores: Float64Array
  readonly classes: Int32Array
}

export interface Suppression {
  /** Boxes whose intersection over union exceeds it say the same. */
  readonly iou: number
  /** At most so many stay. */
  readonly most: number
  /** Also boxes of other classes suppress. */
  readonly agnostic: boolean
}

/** More candidates are not looked at: Ultralytics' `max_nms`. */
export const MOST_CANDIDATES = 30_000

/**
 * Greedy non-maximum suppression, as torchvision's `batched_nms` and OpenCV's `NMSBoxes`: best first, of equal scores the
 * earlier one; a box goes when its IoU with a box that stayed is above the limit.
 * @returns indices of those that stay, best first
 */
export function suppress(candidates: Candidates, rule: Suppression): number[] {
  const { boxes, classes } = candidates
  const kept: number[] = []
  for (const index of bestFirst(candidates.scores)) {
    if (kept.length >= rule.most) break
    const isNew = kept.every(
      (other) =>
        (!rule.agnostic && classes[other] !== classes[index]) ||
        overlap(boxes, other, index) <= rule.iou,
    )
    if (isNew) kept.push(index)
  }
  return kept
}

/** Indices by descending score, at most `MOST_CANDIDATES`; equal scores keep their order. */
export function bestFirst(scores: Float64Array): Uint32Array {
  const order = Uint32Array.from(scores.keys())
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
  return order.subarray(0, MOST_CANDIDATES)
}

/** Intersection over union of two boxes of a list; 0 where neither has an area. */
export function overlap(boxes: Float64Array, a: number, b: number): number {
  const i = 4 * a
  const j = 4 * b
  const [ax1, ay1, ax2, ay2] = [
    boxes[i] ?? 0,
    boxes[i + 1] ?? 0,
    boxes[i + 2] ?? 0,
    boxes[i + 3] ?? 0,
  ]
  const [bx1, by1, bx2, by2] = [
    boxes[j] ?? 0,
    boxes[j + 1] ?? 0,
    boxes[j + 2] ?? 0,
    boxes[j + 3] ?? 0,
  ]
  const width = Math.min(ax2, bx2) - Math.max(ax1, bx1)
  const height = Math.min(ay2, by2) - Math.max(ay1, by1)
  if (width <= 0 || height <= 0) return 0
  const common = width * height
  const whole = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - common
  return whole > 0 ? common / whole : 0
}
