/** Reading an answer value by value: what does not fit is refused with its place in the answer. */
import { isCoordinate } from '#shared/geometry/points.ts'
import { AnswerProblem } from '../transport/json-answer.ts'

export type Fields = Readonly<Record<string, unknown>>

export const MOST_OBJECTS = 100_000
const LONGEST_TEXT = 10_000

export function objectAt(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AnswerProblem(where, `an object was expected, it is ${nameOf(value)}`)
  return value as Fields
}

export function listAt(value: unknown, where: string, most = MOST_OBJECTS): readonly unknown[] {
  if (!Array.isArray(value))
    throw new AnswerProblem(where, `a list was expected, it is ${nameOf(value)}`)
  if (value.length > most)
    throw new AnswerProblem(where, `it has ${value.length} items, at most ${most} are read`)
  return value
}

/** Flat image pixels, finite and not further away than any picture reaches. */
export function pointsAt(value: unknown, where: string): number[] {
  const numbers = listAt(value, where, 2_000_000)
  return numbers.map((number) => {
    if (!isCoordinate(number))
      throw new AnswerProblem(where, `${nameOf(number)} stands where a coordinate should`)
    return number
  })
}

/** Names of labels and attributes may be numbers; a checkbox's value may be a boolean. */
export function textAt(value: unknown, where: string): string {
  const isPlain = typeof value === 'number' || typeof value === 'boolean'
  const text = isPlain ? String(value) : value
  if (typeof text !== 'string')
    throw new AnswerProblem(where, `a text was expected, it is ${nameOf(value)}`)
  if (text.length > LONGEST_TEXT) throw new AnswerProblem(where, 'it is too long a text')
  return text
}

/** Number or text, 0 … 1; null where it says nothing, or something else than a share. */
export function scoreOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && number >= 0 && number <= 1 ? number : null
}

/** 0, 1, true, false, or the same as text. */
export function flagOf(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true' || value === 'True'
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'object') return 'an object'
  return `a ${typeof value === 'string' ? 'text' : typeof value}`
}
