/** Coordinates in JSON files, checked. What is no number a picture can reach is damage. */
import { isCoordinate } from '#shared/geometry/points.ts'
import type { Refuse } from './refuse.ts'

/** `[x, y, width, height]` as `[x1, y1, x2, y2]`. */
export function parseBox(value: unknown, where: string, refuse: Refuse): number[] {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(isCoordinate)) {
    refuse(where, 'it must be four numbers: x, y, width, height')
  }
  const [x, y, width, height] = value as [number, number, number, number]
  if (width < 0 || height < 0) refuse(where, 'width and height must not be negative')
  return [x, y, x + width, y + height]
}

/** `[x0, y0, x1, y1 …]`, of any number of points. */
export function parsePairs(value: unknown, where: string, refuse: Refuse): number[] {
  if (!Array.isArray(value)) refuse(where, 'it must be a list of numbers')
  const bad = value.findIndex((n) => !isCoordinate(n))
  if (bad >= 0) refuse(`${where}[${bad}]`, 'it must be a number, in pixels')
  if (value.length % 2 !== 0) {
    refuse(where, `it has ${value.length} numbers, x and y must come in pairs`)
  }
  return value as number[]
}
