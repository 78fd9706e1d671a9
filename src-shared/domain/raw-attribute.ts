import type { RawAttribute } from './raw-label.ts'

/** Makes the error for one field of the attribute. */
export type Refuse = (field: 'values' | 'default_value', problem: string) => Error

/**
 * One raw attribute with `values` and `default_value` as the domain wants them. An empty or missing default becomes
 * CVAT's: the first choice, false, the minimum, no text. Old CVAT files keep a text's default in `values`.
 */
export function completeAttribute(attribute: RawAttribute, refuse: Refuse): RawAttribute {
  const { values, default_value: given = '' } = attribute
  switch (attribute.input_type) {
    case 'select':
    case 'radio':
      return { ...attribute, default_value: choice(values, given, refuse) }
    case 'checkbox':
      return { ...attribute, values: ['false', 'true'], default_value: tick(given, refuse) }
    case 'number':
      return { ...attribute, default_value: number(values, given, refuse) }
    case 'text':
      return { ...attribute, values: [], default_value: attribute.default_value ?? values[0] ?? '' }
  }
}

function choice(values: readonly string[], given: string, refuse: Refuse): string {
  const [first] = values
  if (first === undefined) throw refuse('values', 'at least one choice is needed')
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) throw refuse('values', `the choice "${twice}" is there twice`)
  if (given !== '' && !values.includes(given)) {
    throw refuse('default_value', `"${given}" is not one of the choices`)
  }
  return values.includes(given) ? given : first
}

function tick(given: string, refuse: Refuse): string {
  const value = given.toLowerCase()
  if (value !== '' && value !== 'true' && value !== 'false') {
    throw refuse('default_value', `a checkbox is true or false, not "${given}"`)
  }
  return value === 'true' ? 'true' : 'false'
}

function number(values: readonly string[], given: string, refuse: Refuse): string {
  const [min, max, step] = values.map(toNumber)
  if (values.length !== 3 || min === undefined || max === undefined || step === undefined) {
    throw refuse('values', 'a number needs three values: minimum, maximum, step')
  }
  if (!(min <= max) || !(step > 0)) {
    throw refuse(
      'values',
      'three numbers are needed: minimum, a maximum not below it, a step above 0',
    )
  }
  if (given === '') return values[0] ?? ''
  const value = toNumber(given)
  if (!(value >= min && value <= max)) {
    throw refuse('default_value', `"${given}" is not a number from ${min} to ${max}`)
  }
  return given
}

/** NaN, which no comparison accepts, for anything that is not a finite number. */
function toNumber(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : Number.NaN
}
