/** Values of XML attributes, as CVAT spells them. `refuse` says what is wrong with the element and does not come back. */
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Sublabel } from '#shared/domain/label.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { attributeText } from '../common/label-index.ts'
import { toNumber, type XmlAttributes } from './geometry.ts'

type Refuse = (problem: string) => never

export function toText(xml: XmlAttributes, name: string, refuse: Refuse): string {
  return xml[name] ?? refuse(`its attribute ${name} is missing`)
}

export function toFlag(xml: XmlAttributes, name: string, refuse: Refuse): boolean {
  const text = xml[name]
  if (text === undefined || text === '0' || /^false$/i.test(text)) return false
  return text === '1' || /^true$/i.test(text) || refuse(`${name} must be 0 or 1`)
}

export function toWhole(xml: XmlAttributes, name: string, refuse: Refuse): number {
  const text = xml[name] ?? '0'
  const number = /^-?\d{1,16}$/.test(text) ? Number(text) + 0 : Number.NaN
  return Number.isSafeInteger(number) ? number : refuse(`${name} must be a whole number`)
}

export function toCount(xml: XmlAttributes, name: string, refuse: Refuse): number {
  const number = toWhole(xml, name, refuse)
  return number >= 0 ? number : refuse(`${name} must not be negative`)
}

/** 0 … 360; 0 where the file says nothing. */
export function toDegrees(xml: XmlAttributes, refuse: Refuse): number {
  if (xml.rotation === undefined) return 0
  const degrees = toNumber(xml, 'rotation', refuse) % 360
  return degrees < 0 ? degrees + 360 : degrees + 0
}

/** Adds the value of an `<attribute>` if the label has such an attribute and it can have this value. */
export function addValue(
  values: AttributeValue[],
  { label, name, text }: { label: Sublabel | null; name: string; text: string },
  tally: ImportTally,
): void {
  const spec = label === null ? null : tally.labels.attribute(label, name, text)
  if (spec === null) return
  const value = attributeText(spec, text)
  if (value === null) {
    tally.note(`values of the attribute "${name}" that it cannot have were left out`)
    return
  }
  const known = values.findIndex(({ specId }) => specId === spec.id)
  if (known < 0) values.push({ specId: spec.id, value })
  else values[known] = { specId: spec.id, value }
}
