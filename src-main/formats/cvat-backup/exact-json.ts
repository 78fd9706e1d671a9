/** Stands for -0 on its way through JSON.stringify, which would write 0: a text that no honest value is. */
const MINUS_ZERO = '\u0000-0'
const QUOTED = JSON.stringify(MINUS_ZERO)

/** JSON whose numbers come back to the last bit, -0 among them. Values are finite. */
export function exactJson(value: unknown): string {
  if (!holdsMinusZero(value)) return JSON.stringify(value)
  const text = JSON.stringify(value, (_key, one: unknown) =>
    Object.is(one, -0) ? MINUS_ZERO : one,
  )
  return text.replaceAll(QUOTED, '-0')
}

/** By hand: a replacer that is called for every number makes writing three times as slow, and -0 is rare. */
function holdsMinusZero(value: unknown): boolean {
  if (typeof value === 'number') return value === 0 && Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) {
    for (const one of value) if (holdsMinusZero(one)) return true
    return false
  }
  for (const key in value) if (holdsMinusZero((value as Record<string, unknown>)[key])) return true
  return false
}
