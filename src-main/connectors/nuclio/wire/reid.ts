/** Re-identification on the wire. */
import type { ReidBox, ReidQuestion } from '#main/core/ports.ts'
import { AnswerProblem } from '../transport/json-answer.ts'
import { bodyOf } from './body.ts'
import { listAt } from './values.ts'

export function reidBody(
  image0: Uint8Array,
  image1: Uint8Array,
  { boxes0, boxes1, threshold, maxDistance }: Omit<ReidQuestion, 'picture0' | 'picture1'>,
): readonly Uint8Array[] {
  return bodyOf({
    image0,
    image1,
    boxes0: JSON.stringify(boxes0.map(written)),
    boxes1: JSON.stringify(boxes1.map(written)),
    threshold: threshold === 0 ? undefined : JSON.stringify(threshold),
    max_distance: maxDistance === 0 ? undefined : JSON.stringify(maxDistance),
  })
}

/** As CVAT's shapes are; functions look at `points` and `label_id`. */
function written({ labelId, points }: ReidBox, at: number): object {
  return {
    id: at + 1,
    type: 'rectangle',
    label_id: labelId,
    points,
    rotation: 0,
    occluded: false,
    outside: false,
    z_order: 0,
    group: 0,
    attributes: [],
  }
}

/**
 * For each of `count` boxes the index of the same object among `most`, or -1.
 * @throws AnswerProblem
 */
export function readMatches(answer: unknown, count: number, most: number): number[] {
  const list = listAt(answer, '')
  if (list.length !== count)
    throw new AnswerProblem('', `${count} numbers were expected, it has ${list.length}`)
  const taken = new Set<number>()
  return list.map((value, at) => {
    const where = `number ${at + 1}`
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < -1 || value >= most)
      throw new AnswerProblem(where, `it is no index from -1 to ${most - 1}`)
    if (value >= 0 && taken.has(value))
      throw new AnswerProblem(where, `box ${value} of the second picture is taken twice`)
    taken.add(value)
    return value
  })
}
