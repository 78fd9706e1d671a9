import {
  type Annotation,
  type AttributeValue,
  type Keyframe,
  type Shape,
  type ShapeType,
  type SkeletonElement,
  type Source,
  shapeTypes,
  type Tag,
} from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import type { NewAnnotation } from '../core/ports.ts'
import type { Value } from './connection.ts'

/** A row of `annotation` as SQLite gives it. */
export interface AnnotationRow {
  readonly id: number
  readonly batch_id: number
  readonly kind: Annotation['kind']
  readonly frame: number
  readonly label_id: number
  readonly type: ShapeType | null
  readonly group_id: number
  readonly source: Source
  readonly occluded: number
  readonly z_order: number
  readonly rotation: number
  readonly score: number | null
  readonly points: Uint8Array | null
  readonly attributes: string
  readonly elements: string | null
  readonly revision: number
}

/** In the order of `toValues`. */
export const VALUE_COLUMNS = [
  'kind',
  'frame',
  'label_id',
  'type',
  'group_id',
  'source',
  'occluded',
  'z_order',
  'rotation',
  'score',
  'points',
  'attributes',
  'elements',
  'facts',
] as const

export function toValues(annotation: Annotation | NewAnnotation): Value[] {
  const { kind, frame, labelId, group, source, attributes } = annotation
  const shape = kind === 'shape' ? annotation : null
  return [
    kind,
    frame,
    labelId,
    annotation.kind === 'tag' ? null : annotation.type,
    group,
    source,
    shape?.occluded ? 1 : 0,
    shape?.zOrder ?? 0,
    shape?.rotation ?? 0,
    shape?.score ?? null,
    shape ? encodePoints(shape.points) : null,
    toJson(attributes),
    shape && shape.elements.length > 0 ? JSON.stringify(shape.elements) : null,
    factsOf(annotation),
  ]
}

/** @param keyframes  a track's, in order; not asked for otherwise */
export function fromRow(row: AnnotationRow, keyframes: () => Keyframe[]): Annotation {
  const common = {
    id: row.id as AnnotationId,
    frame: row.frame,
    labelId: row.label_id as LabelId,
    group: row.group_id,
    source: row.source,
    attributes: fromJson<AttributeValue[]>(row.attributes),
  }
  if (row.kind === 'tag') return { kind: 'tag', ...common } satisfies Tag
  const type = row.type ?? 'rectangle'
  if (row.kind === 'track') return { kind: 'track', ...common, type, keyframes: keyframes() }
  return {
    kind: 'shape',
    ...common,
    type,
    points: decodePoints(row.points),
    rotation: row.rotation,
    occluded: row.occluded === 1,
    zOrder: row.z_order,
    score: row.score,
    elements: row.elements === null ? [] : fromJson<SkeletonElement[]>(row.elements),
  } satisfies Shape
}

/** Numbers that small blobs share: a buffer each took longer to get, and to get rid of, than to fill. */
const BLOCK = 8192
let block = new Float64Array(BLOCK)
let used = 0

/** Little-endian float64, as every platform this runs on keeps them: what went in comes out, bit for bit. */
export function encodePoints(points: readonly number[]): Uint8Array {
  const count = points.length
  if (count > BLOCK / 16) return new Uint8Array(new Float64Array(points).buffer)
  if (used + count > BLOCK) {
    block = new Float64Array(BLOCK)
    used = 0
  }
  for (let i = 0; i < count; i += 1) block[used + i] = points[i] as number
  used += count
  return new Uint8Array(block.buffer, (used - count) * 8, count * 8)
}

export function decodePoints(blob: Uint8Array | null): number[] {
  if (blob === null) return []
  const aligned = blob.byteOffset % 8 === 0 ? blob : blob.slice()
  const numbers = new Float64Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 8)
  // Array.from asks an iterator for each: 1.6 us for a polygon of ten points, this takes 0.2.
  const points = new Array<number>(numbers.length)
  for (let i = 0; i < numbers.length; i += 1) points[i] = numbers[i] as number
  return points
}

/** Most annotations have no attributes: neither writing nor reading those costs a JSON call. */
export function toJson(values: readonly (AttributeValue | SkeletonElement)[]): string {
  return values.length === 0 ? '[]' : JSON.stringify(values)
}

export function fromJson<T extends unknown[]>(text: string): T {
  return (text === '[]' ? [] : JSON.parse(text)) as T
}

/** The low four bits say what it is (tag, track, then the shape types); the rest are flags. */
export const FACT = {
  kinds: 0b1111,
  tag: 0,
  track: 1,
  firstShape: 2,
  rotated: 1 << 4,
  grouped: 1 << 5,
  layered: 1 << 6,
  occluded: 1 << 7,
  attributed: 1 << 8,
  scored: 1 << 9,
  /** Made here, by a person or a model: whatever does not come from a file. */
  sourced: 1 << 10,
} as const

function factsOf(annotation: Annotation | NewAnnotation): number {
  const grouped = annotation.group !== 0 ? FACT.grouped : 0
  const attributed = annotation.attributes.length > 0 ? FACT.attributed : 0
  const sourced = annotation.source !== 'file' ? FACT.sourced : 0
  if (annotation.kind === 'tag') return FACT.tag | grouped | attributed | sourced
  if (annotation.kind === 'track') return FACT.track | grouped | attributed | sourced
  const jointAttributes = annotation.elements.some((element) => element.attributes.length > 0)
  return (
    (FACT.firstShape + shapeTypes.indexOf(annotation.type)) |
    grouped |
    attributed |
    sourced |
    (jointAttributes ? FACT.attributed : 0) |
    (isUpright(annotation.rotation) ? 0 : FACT.rotated) |
    (annotation.zOrder !== 0 ? FACT.layered : 0) |
    (annotation.occluded ? FACT.occluded : 0) |
    (annotation.score !== null ? FACT.scored : 0)
  )
}
