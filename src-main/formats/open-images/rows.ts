/** Rows of the three tables of annotations. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { csvLine } from '../common/csv.ts'
import { pythonFloat } from '../common/decimals.ts'
import { isTrue } from '../common/read-attributes.ts'
import { type TypedValue, typedAttributes } from '../common/typed-values.ts'
import { FLAGS } from './columns.ts'

export function labelRow(id: string, tag: Tag, label: Label): string {
  const values = new Map(typedAttributes(tag, label))
  return csvLine([id, '', label.name, confidence(values)])
}

export function boxRow(id: string, box: WovenShape, label: Label, frame: DatasetFrame): string {
  const values = new Map(typedAttributes(box, label))
  const flags = FLAGS.map(([, name]) => {
    const value = values.get(name)
    return value === undefined ? -1 : isFlagged(value) ? 1 : 0
  })
  return csvLine([id, '', label.name, confidence(values), ...sidesOf(box, frame), ...flags])
}

/** Left, right, top, bottom, relative to the picture's size. */
export function sidesOf({ points }: WovenShape, { width, height }: DatasetFrame): string[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)]
  const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)]
  return [left / width, right / width, top / height, bottom / height].map((x) => pythonFloat(x))
}

/** @param box  sides of the box it belongs to, `[]` without one */
export function maskRow(
  { path, id, boxId }: { path: string; id: string; boxId: string },
  values: ReadonlyMap<string, TypedValue>,
  label: Label,
  box: readonly string[],
): string {
  const iou = values.get('predicted_iou')
  const sides = box.length === 0 ? ['', '', '', ''] : box
  return csvLine([path, id, label.name, boxId, ...sides, iou === undefined ? '' : text(iou), ''])
}

function confidence(values: ReadonlyMap<string, TypedValue>): string {
  const score = values.get('score')
  return score === undefined || score === '' ? '1' : text(score)
}

function text(value: TypedValue): string {
  return typeof value === 'number' ? pythonFloat(value) : String(value)
}

function isFlagged(value: TypedValue): boolean {
  return typeof value === 'number' ? value !== 0 : isTrue(value)
}
