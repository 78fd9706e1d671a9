import type { AttributeSpec, InputType } from '#shared/domain/label.ts'
import type { RawAttribute } from '#shared/domain/raw-label.ts'

/** What a file's values tell of an attribute that nobody has defined: numbers, yes or no, or any text (formats.md 2.4). */
export class AttributeGuess {
  readonly #name: string
  readonly #described: Partial<AttributeSpec> = {}
  #seen = 0
  #allNumbers = true
  #allFlags = true
  #allWhole = true
  #least = Number.POSITIVE_INFINITY
  #most = Number.NEGATIVE_INFINITY
  /** A value the file gives it. */
  example = ''
  /** It changes while a track goes on. */
  changes = false

  constructor(name: string) {
    this.#name = name
  }

  describe(spec: Partial<AttributeSpec>): void {
    Object.assign(this.#described, spec)
  }

  see(value: unknown): void {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return
    const text = String(value).trim()
    if (this.#seen === 0) this.example = text
    this.#seen += 1
    this.#allFlags &&= /^(?:true|false)$/i.test(text)
    const number = text === '' ? Number.NaN : Number(text)
    this.#allNumbers &&= typeof value !== 'boolean' && Number.isFinite(number)
    if (!this.#allNumbers) return
    this.#allWhole &&= Number.isInteger(number)
    this.#least = Math.min(this.#least, number)
    this.#most = Math.max(this.#most, number)
  }

  raw(): RawAttribute {
    const { inputType, values, defaultValue, mutable = this.changes } = this.#described
    const common = { name: this.#name, mutable }
    const input_type = this.#typeOf(inputType, values)
    if (inputType === input_type && values !== undefined)
      return {
        ...common,
        input_type,
        values,
        default_value: fitting(input_type, values, defaultValue),
      }
    if (input_type !== 'number') return { ...common, input_type, values: [], default_value: '' }
    const [least, most] = [Math.floor(this.#least), Math.ceil(this.#most)]
    const range = [Math.min(0, least), Math.max(least + 1, most), this.#allWhole ? 1 : 0.01]
    return { ...common, input_type, values: range.map(String), default_value: '' }
  }

  /** What the file says it is, where that can be; else what its values look like. */
  #typeOf(described: InputType | undefined, values: readonly string[] = []): InputType {
    switch (described) {
      case 'select':
      case 'radio':
        if (values.length > 0 && new Set(values).size === values.length) return described
        break
      case 'number':
        if (isRange(values)) return described
        break
      case 'checkbox':
      case 'text':
        return described
      case undefined:
    }
    if (this.#seen === 0) return 'text'
    return this.#allFlags ? 'checkbox' : this.#allNumbers ? 'number' : 'text'
  }
}

function isRange(values: readonly string[]): boolean {
  const [least = Number.NaN, most = Number.NaN, step = Number.NaN] = values.map(Number)
  return values.length === 3 && least <= most && step > 0 && Number.isFinite(most - least)
}

/** A default the attribute may have; '' stands for its first. */
function fitting(type: InputType, values: readonly string[], given = ''): string {
  switch (type) {
    case 'select':
    case 'radio':
      return values.includes(given) ? given : ''
    case 'number':
      return Number(given) >= Number(values[0]) && Number(given) <= Number(values[1]) ? given : ''
    case 'checkbox':
      return given.toLowerCase() === 'true' ? 'true' : 'false'
    case 'text':
      return given
  }
}
