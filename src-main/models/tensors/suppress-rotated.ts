import { bestFirst, type Suppression } from './suppress.ts'

/** Candidates by index. Boxes are `cx, cy, w, h, angle` (radians, clockwise on screen), five numbers each. */
export interface RotatedCandidates {
  readonly boxes: Float64Array
  readonly scores: Float64Array
  readonly classes: Int32Array
}

/**
 * Suppression of rotated boxes as Ultralytics does it: by the overlap of Gaussians (`probabilisticOverlap`), in one pass, so that
 * a box goes also for one that went itself; and at the limit itself, not only above.
 * @returns indices of those that stay, best first
 */
export function suppressRotated(candidates: RotatedCandidates, rule: Suppression): number[] {
  const { boxes, classes } = candidates
  const order = bestFirst(candidates.scores)
  const spreads = Float64Array.from(order, (index) => largestVariance(boxes, index))
  const reach = 4 * furthest(rule.iou)
  const kept: number[] = []
  for (let place = 0; place < order.length && kept.length < rule.most; place++) {
    const index = order[place] ?? 0
    const isRepeated = () => {
      for (let before = 0; before < place; before++) {
        const other = order[before] ?? 0
        if (!rule.agnostic && classes[other] !== classes[index]) continue
        const most = reach * ((spreads[before] ?? 0) + (spreads[place] ?? 0))
        if (squaredDistance(boxes, other, index) > most) continue
        if (probabilisticOverlap(boxes, other, index) >= rule.iou) return true
      }
      return false
    }
    if (!isRepeated()) kept.push(index)
  }
  return kept
}

/** The Bhattacharyya distance at which the overlap has sunk to the limit: further boxes need no arithmetic. */
function furthest(iou: number): number {
  const hellinger = 1 - iou
  return hellinger >= 1 ? Number.POSITIVE_INFINITY : -Math.log(1 - hellinger * hellinger) + 1e-6
}

function largestVariance(boxes: Float64Array, i: number): number {
  return Math.max(boxes[5 * i + 2] ?? 0, boxes[5 * i + 3] ?? 0) ** 2 / 12 + 1e-6
}

function squaredDistance(boxes: Float64Array, a: number, b: number): number {
  const dx = (boxes[5 * a] ?? 0) - (boxes[5 * b] ?? 0)
  const dy = (boxes[5 * a + 1] ?? 0) - (boxes[5 * b + 1] ?? 0)
  return dx * dx + dy * dy
}

/**
 * ProbIoU: one minus the Hellinger distance of the boxes' Gaussians, 0 … 1. Of boxes that are one a little below 1.
 * @see Murrugarra-Llerena et al. 2021, arXiv:2106.06072
 */
export function probabilisticOverlap(boxes: Float64Array, first: number, second: number): number {
  const tiny = 1e-7
  const one = covariance(boxes, first)
  const two = covariance(boxes, second)
  const a = one.a + two.a
  const b = one.b + two.b
  const c = one.c + two.c
  const dx = (boxes[5 * first] ?? 0) - (boxes[5 * second] ?? 0)
  const dy = (boxes[5 * first + 1] ?? 0) - (boxes[5 * second + 1] ?? 0)
  const whole = a * b - c * c
  const away = ((a * dy * dy + b * dx * dx) / (whole + tiny)) * 0.25
  const turned = ((c * -dx * dy) / (whole + tiny)) * 0.5
  const dets =
    Math.max(0, one.a * one.b - one.c * one.c) * Math.max(0, two.a * two.b - two.c * two.c)
  const shape = Math.log(whole / (4 * Math.sqrt(dets) + tiny) + tiny) * 0.5
  const distance = Math.min(100, Math.max(tiny, away + turned + shape))
  return 1 - Math.sqrt(1 - Math.exp(-distance) + tiny)
}

function covariance(boxes: Float64Array, i: number): { a: number; b: number; c: number } {
  const wide = (boxes[5 * i + 2] ?? 0) ** 2 / 12
  const high = (boxes[5 * i + 3] ?? 0) ** 2 / 12
  const cos = Math.cos(boxes[5 * i + 4] ?? 0)
  const sin = Math.sin(boxes[5 * i + 4] ?? 0)
  return {
    a: wide * cos * cos + high * sin * sin,
    b: wide * sin * sin + high * cos * cos,
    c: (wide - high) * cos * sin,
  }
}
