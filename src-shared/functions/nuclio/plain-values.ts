/**
 * Reading what others wrote: annotations of Nuclio are text, of a function.yaml anything YAML knows. What does not fit is
 * refused with a clause that says where.
 */

/** Why a function cannot be used, a clause without a full stop. */
export class SpecProblem extends Error {
  override readonly name = 'SpecProblem'
}

export type Fields = Readonly<Record<string, unknown>>

export const LONGEST_NAME = 500
const LONGEST_TEXT = 1_000_000

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `{}` for anything that is no object. */
export function fieldsIn(value: unknown): Fields {
  return isFields(value) ? value : {}
}

/** A text, or a number or boolean written as one; null for everything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT)
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value)
  return null
}

/** @throws SpecProblem */
export function nameIn(fields: Fields, what: string): string {
  const name = textOf(fields.name)?.trim() ?? ''
  if (name === '') throw new SpecProblem(`${what} has no name`)
  if (name.length > LONGEST_NAME)
    throw new SpecProblem(`the name of ${what} is longer than ${LONGEST_NAME} characters`)
  return name
}

/** A list of objects; nothing at all is none. @throws SpecProblem */
export function itemsIn(value: unknown, what: string, most: number): Fields[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new SpecProblem(`${what} are no list`)
  if (value.length > most) throw new SpecProblem(`${what} are more than ${most}`)
  const items: unknown[] = value
  return items.map((item, at) => {
    if (!isFields(item)) throw new SpecProblem(`number ${at + 1} of ${what} is no object`)
    return item
  })
}

/** @throws SpecProblem */
export function refuseTwins(names: readonly string[], what: string): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw new SpecProblem(`two ${what} are called ${name}`)
    seen.add(name)
  }
}

const NO = new Set(['', '0', 'false', 'no', 'off', 'none', 'null'])

/** True as people mean it: `false`, `0` and nothing at all are not. */
export function isTrue(value: unknown): boolean {
  return !NO.has((textOf(value) ?? '').trim().toLowerCase())
}

/** A whole number, as number or as text; `missing` where nothing is said. @throws SpecProblem */
export function wholeIn(fields: Fields, key: string, missing: number): number {
  const text = textOf(fields[key])?.trim() ?? ''
  if (text === '') return missing
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new SpecProblem(`${key} is no whole number`)
  return value
}
