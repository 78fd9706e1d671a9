import type { ObjectSummary } from '#shared/contract/annotations.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'

export type ObjectOrder = 'label' | 'size' | 'frame'

export interface ObjectGroup {
  /** null: one group of everything. */
  readonly label: Label | null
  readonly items: readonly number[]
}

/** Objects to look at, in order. What has no box (a tag) has no picture either and is left out. */
export function orderObjects(
  objects: readonly ObjectSummary[],
  order: ObjectOrder,
  labels: readonly Label[],
  only: LabelId | null,
): ObjectGroup[] {
  const seen = objects.filter(({ box, labelId }) => box && (only === null || labelId === only))
  if (order === 'frame') return group(null, seen)
  if (order === 'size')
    return group(
      null,
      seen.toSorted((a, b) => areaOf(b) - areaOf(a)),
    )
  return labels.flatMap((label) =>
    group(
      label,
      seen.filter(({ labelId }) => labelId === label.id),
    ),
  )
}

function group(label: Label | null, objects: readonly ObjectSummary[]): ObjectGroup[] {
  return objects.length === 0 ? [] : [{ label, items: objects.map(({ id }) => id) }]
}

/** Square image pixels of the box around it. */
export function areaOf({ box }: Pick<ObjectSummary, 'box'>): number {
  return box ? (box.right - box.left) * (box.bottom - box.top) : 0
}

/** So much of an object's longer side is shown around it, and never less than so many pixels. */
const MARGIN = 0.15
const LEAST_MARGIN_PX = 6

/** The address of an object's picture; null for what has no box. */
export function cropAddress(taskId: number, { frame, box }: ObjectSummary): string | null {
  if (!box) return null
  const longer = Math.max(box.right - box.left, box.bottom - box.top)
  const margin = Math.max(LEAST_MARGIN_PX, longer * MARGIN)
  const sides = [box.left - margin, box.top - margin, box.right + margin, box.bottom + margin]
  const crop = sides.map((side, at) => (at < 2 ? Math.floor(side) : Math.ceil(side)))
  return `/frames/${taskId}/${frame}?crop=${crop.join(',')}`
}
