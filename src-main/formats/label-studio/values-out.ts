/** What is said of a region beside its place and label. */
import type { AttributeValue, Source } from '#shared/domain/annotation.ts'
import type { Sublabel } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from '../common/label-index.ts'
import { numberOf } from '../common/typed-values.ts'
import { type AttributeControls, IMAGE } from './controls.ts'

/** Label Studio's words; what came from a file it does not say. */
export const ORIGINS: Readonly<Partial<Record<Source, string>>> = {
  manual: 'manual',
  auto: 'prediction',
  'semi-auto': 'prediction-changed',
}

export function factsOf({ source, score }: Pick<WovenShape, 'source' | 'score'>): object {
  const origin = ORIGINS[source]
  return { ...(origin ? { origin } : {}), ...(score === null ? {} : { score }) }
}

/** Every attribute the label defines, but texts that are as empty as nobody's. */
export function valueResults(
  label: Sublabel,
  values: readonly AttributeValue[],
  {
    id,
    attributes,
    to = IMAGE,
  }: { readonly id: string; readonly attributes: AttributeControls; readonly to?: string },
): object[] {
  return label.attributes.flatMap((spec) => {
    const value = attributeValue(spec, values)
    if (value === '' && spec.defaultValue === '') return []
    const told = controlValue(spec.inputType, value)
    return [
      { value: told.value, id, from_name: attributes.nameOf(spec), to_name: to, type: told.type },
    ]
  })
}

function controlValue(inputType: string, value: string): { type: string; value: object } {
  const number = inputType === 'number' ? numberOf(value) : null
  // A number that would be told otherwise (`5.0`) stays the text it is.
  if (number !== null && String(number) === value) return { type: 'number', value: { number } }
  if (inputType === 'text' || inputType === 'number')
    return { type: 'textarea', value: { text: [value] } }
  return { type: 'choices', value: { choices: [value] } }
}

export function valuesByName(
  label: Sublabel,
  values: readonly AttributeValue[],
): Record<string, string> {
  return Object.fromEntries(
    label.attributes.map((spec) => [spec.name, attributeValue(spec, values)]),
  )
}
