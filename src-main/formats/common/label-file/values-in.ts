/** What a label file says of a shape beside its place, as attribute values of its label. */
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Sublabel } from '#shared/domain/label.ts'
import type { ImportTally } from '../import-tally.ts'
import type { JsonObject } from '../json-values.ts'
import { attributeText } from '../label-index.ts'
import type { RawShape } from './parse.ts'

type Tally = Pick<ImportTally, 'labels' | 'note'>

/**
 * `attributes` and flags by their names, `description` and `difficult` as attributes called so. What the label does not
 * define is counted where it says anything: a flag that is off does not.
 */
export function valuesOf(shape: RawShape, label: Sublabel, tally: Tally): AttributeValue[] {
  const found = new Map<number, AttributeValue>()
  const add = (name: string, value: unknown) => addValue(found, label, name, value, tally)
  const defines = (name: string) => label.attributes.some((spec) => spec.name === name)
  if (shape.description !== '' || defines('description')) add('description', shape.description)
  if (shape.isDifficult || defines('difficult')) add('difficult', shape.isDifficult)
  for (const [name, value] of Object.entries(shape.flags)) add(name, value === true)
  for (const [name, value] of Object.entries(shape.attributes)) add(name, value)
  return [...found.values()]
}

export function tagValuesOf(
  attributes: JsonObject,
  label: Sublabel,
  tally: Tally,
): AttributeValue[] {
  const found = new Map<number, AttributeValue>()
  for (const [name, value] of Object.entries(attributes)) addValue(found, label, name, value, tally)
  return [...found.values()]
}

function addValue(
  found: Map<number, AttributeValue>,
  label: Sublabel,
  name: string,
  value: unknown,
  tally: Tally,
): void {
  const spec = tally.labels.attribute(label, name, value)
  if (spec === null) {
    if (value !== false && value !== '') {
      tally.note(`values of "${name}", which "${label.name}" does not have, were left out`)
    }
    return
  }
  const text = attributeText(spec, value)
  if (text !== null) found.set(spec.id, { specId: spec.id, value: text })
  else {
    const what = `the attribute "${name}" of "${label.name}"`
    tally.note(`values of ${what} that it cannot have were left out`)
  }
}
