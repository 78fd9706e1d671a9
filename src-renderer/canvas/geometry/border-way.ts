import { countOf, lengthOf, type Path, vertexOf } from './outline.ts'

/**
 * The vertices of a neighbour's outline on the way from one of them to another, both included.
 * @param via  a vertex the way goes over, which settles its direction; null = the shorter way
 */
export function borderWay(outline: Path, from: number, to: number, via: number | null): number[] {
  if (!outline.closed) return from <= to ? range(from, to) : range(to, from).reverse()
  const n = countOf(outline.points)
  const forwards = range(from, to >= from ? to : to + n).map((index) => index % n)
  const backwards = range(to, from >= to ? from : from + n)
    .map((index) => index % n)
    .reverse()
  if (via !== null && via !== from && via !== to)
    return forwards.includes(via) ? forwards : backwards
  const length = (way: readonly number[]) =>
    lengthOf(way.map((index) => vertexOf(outline.points, index)))
  return length(forwards) <= length(backwards) ? forwards : backwards
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)
