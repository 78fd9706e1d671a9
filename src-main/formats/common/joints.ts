/** Joints of skeletons as COCO and Datumaro write them: `[x, y, v, …]`, v being 0 outside, 1 occluded, 2 seen. */
import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { round2 } from './decimals.ts'
import type { ImportTally } from './import-tally.ts'
import type { Refuse } from './refuse.ts'
import type { TextBuffer } from './text-buffer.ts'

const [OUTSIDE, OCCLUDED, SEEN] = [0, 1, 2]

/** A skeleton's joints in the order of its label's sublabels; null for one it does not have. */
export function jointsInOrder(
  label: Label,
  elements: readonly SkeletonElement[],
): (SkeletonElement | null)[] {
  return label.sublabels.map(({ id }) => elements.find((joint) => joint.labelId === id) ?? null)
}

export function visibilityOf(joint: SkeletonElement | null): number {
  if (joint === null || joint.outside) return OUTSIDE
  return joint.occluded ? OCCLUDED : SEEN
}

/** The triplets, coordinates rounded to 0.01; without the brackets. */
export function writeJoints(out: TextBuffer, joints: readonly (SkeletonElement | null)[]): void {
  for (let i = 0; i < joints.length; i++) {
    const joint = joints[i] ?? null
    if (i > 0) out.text(',')
    out.float(round2(joint?.points[0] ?? 0))
    out.text(',')
    out.float(round2(joint?.points[1] ?? 0))
    out.text(',')
    out.whole(visibilityOf(joint))
  }
}

export interface ReadJoint {
  readonly point: readonly [number, number]
  readonly occluded: boolean
  readonly outside: boolean
}

/** @param count of the joints the file names for this label */
export function parseJoints(
  value: unknown,
  count: number,
  where: string,
  refuse: Refuse,
): ReadJoint[] {
  if (!Array.isArray(value) || value.length !== 3 * count) {
    refuse(where, `it must be x, y and visibility of ${count} joints`)
  }
  const bad = value.findIndex((n) => !isCoordinate(n))
  if (bad >= 0) refuse(`${where}[${bad}]`, 'it must be a number')
  const numbers = value as number[]
  return Array.from({ length: count }, (_, i) => {
    const [x = 0, y = 0, visibility] = numbers.slice(3 * i, 3 * i + 3)
    return {
      point: [x, y],
      occluded: visibility === OCCLUDED,
      outside: visibility === OUTSIDE,
    }
  })
}

/**
 * Joints by their names; of a name the label has no joint for they are left out and counted.
 * @returns null when none is left: a skeleton needs joints
 */
export function namedJoints(
  joints: readonly ReadJoint[],
  names: readonly string[],
  label: Label,
  tally: Pick<ImportTally, 'labels' | 'note'>,
): (SkeletonElement & { readonly at: number })[] | null {
  const seen = new Set<number>()
  const elements = joints.flatMap(({ point, occluded, outside }, at) => {
    const name = names[at] ?? ''
    const sublabel = tally.labels.sublabel(label, name)
    if (sublabel === null || seen.has(sublabel.id)) {
      tally.note(`joints "${name}" that "${label.name}" does not have were left out`)
      return []
    }
    seen.add(sublabel.id)
    return [{ labelId: sublabel.id, points: [...point], occluded, outside, attributes: [], at }]
  })
  if (elements.length > 0) return elements
  tally.note(`skeletons without a joint of "${label.name}" were left out`)
  return null
}
