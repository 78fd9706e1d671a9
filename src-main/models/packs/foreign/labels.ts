import type { FunctionLabel } from '#shared/domain/function.ts'

export type LabelKind = FunctionLabel['type']

export const labelOf = (name: string, type: LabelKind): FunctionLabel => ({
  name,
  type,
  attributes: [],
  sublabels: [],
  svg: null,
})

/** @param joints  in the order of the key points */
export const skeletonOf = (name: string, joints: readonly string[]): FunctionLabel => ({
  ...labelOf(name, 'skeleton'),
  sublabels: joints.map((joint) => ({ name: joint, type: 'points', attributes: [] })),
})

/** Where a class index has no name, so that those after it keep their places. */
export const fillerName = (index: number): string => `class_${index}`

/**
 * Labels at the places of their class indices, gaps filled.
 * @returns null when an index is none, or absurd
 */
export function byIndex(
  labels: Iterable<readonly [index: number, label: FunctionLabel]>,
  type: LabelKind,
): FunctionLabel[] | null {
  const places: FunctionLabel[] = []
  for (const [index, label] of labels) {
    if (!Number.isInteger(index) || index < 0 || index >= MOST_CLASSES) return null
    places[index] = label
  }
  return Array.from(places, (label, index) => label ?? labelOf(fillerName(index), type))
}

const MOST_CLASSES = 20_000
