/**
 * The `attributes` of a LabelMe object: `name=value, other=value`, where a backslash, `=`, `"` and `,` of a name or value have
 * a backslash before them. Text that would be taken for something else stands in double quotes.
 */
import { pythonFloat } from '../common/decimals.ts'
import type { TypedValue } from '../common/typed-values.ts'

export interface TextAttribute {
  readonly name: string
  readonly value: TypedValue
  /** The value as it stands in the file, without quotes. */
  readonly written: string
}

export function formatAttributes(attributes: readonly (readonly [string, TypedValue])[]): string {
  return attributes
    .map(([name, value]) => `${escaped(name)}=${formatValue(name, value)}`)
    .join(', ')
}

/** As Python prints it; only the number of a track is a whole one there. */
function formatValue(name: string, value: TypedValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return name === 'track_id' ? String(value) : pythonFloat(value)
  return isAmbiguous(value) ? `"${escaped(value)}"` : escaped(value)
}

function escaped(text: string): string {
  return text.replace(/[\\=",]/g, '\\$&')
}

/** Text that a reader would take for a number or a boolean, or whose outer blanks it would cut off. */
function isAmbiguous(text: string): boolean {
  return text !== text.trim() || typeof typed(text) !== 'string' || /^[+-]?(nan|inf)/i.test(text)
}

/** Words without a value are true. Text in quotes is text, whatever it looks like. */
export function parseAttributes(text: string): TextAttribute[] {
  return splitUnescaped(text)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseAttribute)
    .filter(({ name }) => name !== '')
}

function parseAttribute(part: string): TextAttribute {
  const equals = findUnescaped(part, '=', 0)
  if (equals < 0) return { name: unescaped(part), value: true, written: 'true' }
  const value = part.slice(equals + 1)
  const isQuoted = value.startsWith('"') && findUnescaped(value, '"', 1) === value.length - 1
  const written = unescaped(isQuoted ? value.slice(1, -1) : value)
  const name = unescaped(part.slice(0, equals).trim())
  return { name, value: isQuoted ? written : typed(written), written }
}

/** What text without quotes says: a decimal number, a boolean, or just text. */
function typed(text: string): TypedValue {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  const isNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)
  const number = isNumber ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : text
}

function splitUnescaped(text: string): string[] {
  const parts: string[] = []
  for (let start = 0; ; ) {
    const end = findUnescaped(text, ',', start)
    parts.push(text.slice(start, end < 0 ? undefined : end))
    if (end < 0) return parts
    start = end + 1
  }
}

/** Where `mark` stands without a backslash before it; -1: nowhere. */
function findUnescaped(text: string, mark: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === mark) return i
  }
  return -1
}

/** Only what is escaped on writing: of `C:\temp` both characters stay. */
function unescaped(text: string): string {
  return text.replace(/\\([\\=",])/g, '$1')
}
