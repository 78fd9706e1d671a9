/** Labels and functions for tests of what becomes of detections. */
import type { FunctionLabel } from '../domain/function.ts'
import type { AttributeId, LabelId } from '../domain/ids.ts'
import type { AttributeSpec, Label, LabelType } from '../domain/label.ts'

export function spec(
  id: number,
  name: string,
  inputType: AttributeSpec['inputType'],
  values: string[] = [],
): AttributeSpec {
  const defaultValue = values[0] ?? ''
  return { id: id as AttributeId, name, inputType, mutable: false, defaultValue, values }
}

export function label(
  id: number,
  name: string,
  type: LabelType = 'any',
  more: Partial<Label> = {},
): Label {
  const base = { id: id as LabelId, name, type, color: '#000000', svg: null }
  return { ...base, attributes: [], sublabels: [], ...more }
}

export function functionLabel(
  name: string,
  type: LabelType = 'rectangle',
  more: Partial<FunctionLabel> = {},
): FunctionLabel {
  return { name, type, attributes: [], sublabels: [], svg: null, ...more }
}
