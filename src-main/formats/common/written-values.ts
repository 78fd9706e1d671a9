/** Attributes in files that are nothing but text, as Python prints them: `2.0`, `True`. */
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Sublabel } from '#shared/domain/label.ts'
import { pythonFloat } from './decimals.ts'
import type { ImportTally } from './import-tally.ts'
import { attributeText, attributeValue } from './label-index.ts'
import { numberOf, type TypedValue, typedValue } from './typed-values.ts'

/** A value as Python prints it. */
export function pythonText(value: TypedValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'number' ? pythonFloat(value) : value
}

/** An annotation's value of one attribute, as Python prints it. */
export function writtenValue(spec: AttributeSpec, values: readonly AttributeValue[]): string {
  return pythonText(typedValue(spec, attributeValue(spec, values)))
}

/** What a written text most likely is. */
export function guessedValue(text: string): TypedValue {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  return numberOf(text) ?? text
}

/** Add a value, if the label has the attribute and that can have it. Attributes that hold text keep it as it stands there. */
export function addWrittenValue(
  found: AttributeValue[],
  { label, name, written }: { label: Sublabel; name: string; written: string },
  tally: Pick<ImportTally, 'labels' | 'note'>,
): void {
  const value = guessedValue(written)
  const spec = tally.labels.attribute(label, name, value)
  if (spec === null) return
  const isTyped = spec.inputType === 'number' || spec.inputType === 'checkbox'
  const text = attributeText(spec, isTyped ? value : written)
  if (text !== null) found.push({ specId: spec.id, value: text })
  else {
    const what = `the attribute "${name}" of "${label.name}"`
    tally.note(`values of ${what} that it cannot have were left out`)
  }
}
