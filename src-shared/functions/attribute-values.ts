import type { AttributeValue } from '../domain/annotation.ts'
import type { DetectedAttribute } from '../domain/detection.ts'
import type { AttributeSpec } from '../domain/label.ts'

/** A share of a step: decimals that a model computed are seldom on the grid to the last bit. */
const OFF_GRID = 1e-6
/** Longer than any transcription; the rest of an answer must not fill the store. */
const LONGEST_TEXT = 10_000

/**
 * A value as the task keeps it; null when its attribute cannot have it. Numbers lie on the grid of minimum, maximum and
 * step; a checkbox is true or false, in whatever case; choices are taken to the letter; text is whatever it is.
 */
export function attributeValue(spec: AttributeSpec, given: string): string | null {
  switch (spec.inputType) {
    case 'number':
      return onGrid(spec.values, given)
    case 'checkbox': {
      const value = given.trim().toLowerCase()
      return value === 'true' || value === 'false' ? value : null
    }
    case 'select':
    case 'radio':
      return spec.values.includes(given) ? given : null
    case 'text':
      return given.length <= LONGEST_TEXT ? given : null
  }
}

function onGrid([least, most, step]: readonly string[], given: string): string | null {
  const value = given.trim() === '' ? Number.NaN : Number(given)
  const [min, max, by] = [Number(least), Number(most), Number(step)]
  if (!(value >= min && value <= max)) return null
  const steps = (value - min) / by
  return Math.abs(steps - Math.round(steps)) <= OFF_GRID ? String(value) : null
}

/**
 * What a function said of one object, as far as its label can say it. An attribute that is not there has its default, as
 * everywhere.
 * @param mapped  by the function's names
 * @param onDropped  told once for each value that cannot be kept, with the attribute's name
 */
export function attributeValues(
  given: readonly DetectedAttribute[],
  mapped: ReadonlyMap<string, AttributeSpec>,
  onDropped: (attribute: string) => void,
): AttributeValue[] {
  const values = new Map<AttributeSpec['id'], string>()
  for (const { name, value } of given) {
    const spec = mapped.get(name)
    if (!spec) continue
    const kept = attributeValue(spec, value)
    if (kept === null) onDropped(spec.name)
    else values.set(spec.id, kept)
  }
  return [...values].map(([specId, value]) => ({ specId, value }))
}
