/**
 * What another program did to a file, as operations on what is here. Compared is not what is here with the file, but what the
 * file said of it with what it says now: so what the format cannot hold, or tells otherwise, stays as it is.
 */
import { isDeepStrictEqual } from 'node:util'
import type { AttributeValue, Shape, Tag } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { NewAnnotation } from '../ports.ts'

/** An annotation and what the file said of it. */
export interface Told {
  /** Null: the position of a track, which no file changes. */
  readonly stored: Tag | Shape | null
  /** None for what the format has no place for, several for one it takes apart. */
  readonly parts: readonly NewAnnotation[]
}

/** Image pixels: what a program rounds, nobody has moved. */
const GRAIN = 0.01

export function mergeFile(
  told: readonly Told[],
  file: readonly NewAnnotation[],
  newId: () => AnnotationId,
): AnnotationOperation[] {
  const come = new Multiset(file)
  const touched: Told[] = []
  for (const one of told) {
    if (one.parts.length === 0) continue
    if (come.takeAll(one.parts)) continue
    if (one.stored !== null) touched.push(one)
  }
  const left = come.rest()
  const operations: AnnotationOperation[] = []
  for (const { stored, parts } of touched) {
    const [part] = parts
    if (stored === null || part === undefined) continue
    const changed = parts.length === 1 ? takeNearest(left, part) : null
    const after = changed && merged(stored, part, changed)
    if (after === null) operations.push({ kind: 'delete', before: stored })
    else if (!isDeepStrictEqual(after, stored)) {
      operations.push({ kind: 'update', before: stored, after })
    }
  }
  for (const one of left) {
    if (one.kind !== 'track') operations.push({ kind: 'create', after: { ...one, id: newId() } })
  }
  return operations
}

/** A file says things in no order, and may say them twice. */
class Multiset {
  readonly #byKey = new Map<string, NewAnnotation[]>()

  constructor(all: readonly NewAnnotation[]) {
    for (const one of all) {
      const key = keyOf(one)
      const same = this.#byKey.get(key)
      if (same) same.push(one)
      else this.#byKey.set(key, [one])
    }
  }

  /** All of them, or none. */
  takeAll(wanted: readonly NewAnnotation[]): boolean {
    const keys = Map.groupBy(wanted.map(keyOf), (key) => key)
    for (const [key, { length }] of keys) {
      if ((this.#byKey.get(key)?.length ?? 0) < length) return false
    }
    for (const [key, { length }] of keys) this.#byKey.get(key)?.splice(0, length)
    return true
  }

  /** In the order of the file, as far as what is the same stands together. */
  rest(): NewAnnotation[] {
    return [...this.#byKey.values()].flat()
  }
}

function keyOf(annotation: NewAnnotation): string {
  if (annotation.kind === 'track') return JSON.stringify(annotation)
  const { attributes, ...rest } = annotation
  const values = attributes.map(({ specId, value }) => [specId, value]).sort()
  const entries = Object.entries({ ...rest, values }).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(entries, (_key, value) =>
    typeof value === 'number' ? Math.round(value / GRAIN) : value,
  )
}

/** Taken out of the list: of the same kind, type and label, the one that lies nearest. */
function takeNearest(list: NewAnnotation[], part: NewAnnotation): NewAnnotation | null {
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (const [i, one] of list.entries()) {
    const isAlike = one.kind === part.kind && typeOf(one) === typeOf(part)
    if (!isAlike || one.labelId !== part.labelId) continue
    const distance = distanceOf(one, part)
    if (distance < least) {
      best = i
      least = distance
    }
  }
  return best < 0 ? null : (list.splice(best, 1)[0] ?? null)
}

function typeOf(annotation: NewAnnotation): string {
  return annotation.kind === 'tag' ? 'tag' : annotation.type
}

function distanceOf(a: NewAnnotation, b: NewAnnotation): number {
  const [p, q] = [middleOf(a), middleOf(b)]
  return p && q ? Math.hypot(p.x - q.x, p.y - q.y) : 0
}

function middleOf(annotation: NewAnnotation): { x: number; y: number } | null {
  if (annotation.kind !== 'shape') return null
  const { type, points, elements } = annotation
  const places =
    type === 'mask'
      ? points.slice(-4)
      : type === 'skeleton'
        ? elements.flatMap((e) => e.points)
        : points
  const box = boundingBox(places)
  return box && { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
}

/**
 * What the file changed of what it said, and no more: an ellipse's z-order that the format has no place for is not 0 because
 * the file says so.
 * @param said  what the file said of `stored`
 * @param says  what it says now
 */
function merged<T extends Tag | Shape>(stored: T, said: NewAnnotation, says: NewAnnotation): T {
  const after: Record<string, unknown> = { ...stored }
  const before = said as unknown as Record<string, unknown>
  for (const [key, value] of Object.entries(says)) {
    if (key === 'attributes' || key === 'source') continue
    if (!isSame(before[key], value)) after[key] = value
  }
  after.attributes = mergedValues(stored.attributes, said.attributes, says.attributes)
  return after as T
}

function mergedValues(
  stored: readonly AttributeValue[],
  said: readonly AttributeValue[],
  says: readonly AttributeValue[],
): AttributeValue[] {
  const before = new Map(said.map(({ specId, value }) => [specId, value]))
  const now = new Map(says.map(({ specId, value }) => [specId, value]))
  const after = new Map(stored.map(({ specId, value }) => [specId, value]))
  for (const [specId, value] of now) if (before.get(specId) !== value) after.set(specId, value)
  for (const specId of before.keys()) if (!now.has(specId)) after.delete(specId)
  return [...after].map(([specId, value]) => ({ specId, value }))
}

function isSame(a: unknown, b: unknown): boolean {
  const grained = (value: unknown) =>
    JSON.stringify(value, (_key, each) =>
      typeof each === 'number' ? Math.round(each / GRAIN) : each,
    )
  return grained(a) === grained(b)
}
