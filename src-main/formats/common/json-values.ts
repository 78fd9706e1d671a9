/**
 * Checks of what a JSON file says, before anyone reads a field. By hand and not by schema: a file holds millions of
 * numbers, and a person needs the exact place (`annotations[17].bbox`).
 */
import type { Refuse } from './refuse.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function asObject(value: unknown, where: string, refuse: Refuse): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(where, value === undefined ? 'it is missing' : 'it must be an object')
  }
  return value as JsonObject
}

/** An object, an empty one where the file says nothing. */
export function asOptionalObject(value: unknown, where: string, refuse: Refuse): JsonObject {
  return value === undefined || value === null ? {} : asObject(value, where, refuse)
}

/** A list, an empty one where the file says nothing. */
export function asOptionalList(value: unknown, where: string, refuse: Refuse): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) refuse(where, 'it must be a list')
  return value
}

export function asName(value: unknown, where: string, refuse: Refuse): string {
  if (typeof value !== 'string' || value === '') refuse(where, 'a name is missing')
  return value
}

export function asCount(value: unknown, where: string, refuse: Refuse): number {
  if (!isCount(value))
    refuse(where, value === undefined ? 'it is missing' : 'it must be a whole number')
  return value
}

/** A number of pixels; 0 where the file says nothing. */
export function asSize(value: unknown, where: string, refuse: Refuse): number {
  if (value === undefined || value === null) return 0
  if (!isCount(value)) refuse(where, 'it must be a whole number of pixels')
  return value
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
