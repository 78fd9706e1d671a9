import type { InputType } from '#shared/domain/label.ts'
import type { RawAttribute } from '#shared/domain/raw-label.ts'

/** An attribute as its form holds it: every input type's fields at once, so that switching types loses nothing. */
export interface AttributeForm {
  readonly id: number | undefined
  readonly name: string
  readonly inputType: InputType
  readonly mutable: boolean
  /** select, radio */
  readonly choices: readonly string[]
  /** number */
  readonly min: number
  readonly max: number
  readonly step: number
  readonly defaultValue: string
}

export function newAttributeForm(name: string): AttributeForm {
  return {
    id: undefined,
    name,
    inputType: 'select',
    mutable: false,
    choices: [],
    min: 0,
    max: 100,
    step: 1,
    defaultValue: '',
  }
}

export function toForm(attribute: RawAttribute): AttributeForm {
  const form = newAttributeForm(attribute.name)
  const isNumber = attribute.input_type === 'number'
  const isChoice = attribute.input_type === 'select' || attribute.input_type === 'radio'
  const [min, max, step] = attribute.values.map(Number)
  return {
    ...form,
    id: attribute.id,
    inputType: attribute.input_type,
    mutable: attribute.mutable,
    choices: isChoice ? attribute.values : [],
    ...(isNumber && { min: min ?? form.min, max: max ?? form.max, step: step ?? form.step }),
    defaultValue: attribute.default_value ?? '',
  }
}

/** Only what the input type has; a default it does not allow is left out, so that CVAT's own takes its place. */
export function fromForm(form: AttributeForm): RawAttribute {
  const values = valuesOf(form)
  return {
    ...(form.id !== undefined && { id: form.id }),
    name: form.name,
    input_type: form.inputType,
    mutable: form.mutable,
    values,
    ...(allowsDefault(form, values) && { default_value: form.defaultValue }),
  }
}

function valuesOf(form: AttributeForm): string[] {
  switch (form.inputType) {
    case 'select':
    case 'radio':
      return [...form.choices]
    case 'checkbox':
      return ['false', 'true']
    case 'number':
      return [form.min, form.max, form.step].map(String)
    case 'text':
      return []
  }
}

function allowsDefault(form: AttributeForm, values: readonly string[]): boolean {
  if (form.inputType === 'text') return true
  if (form.inputType !== 'number') return values.includes(form.defaultValue)
  const value = Number(form.defaultValue)
  return form.defaultValue !== '' && value >= form.min && value <= form.max
}
