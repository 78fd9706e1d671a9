/** What an item of a Datumaro file says, checked to the last number. */
import type { CocoRle } from '#shared/geometry/coco-rle.ts'
import { FEWEST_POINTS } from '#shared/geometry/shape-rules.ts'
import { parseJoints, type ReadJoint } from '../common/joints.ts'
import { parseBox, parsePairs } from '../common/json-points.ts'
import { checkRleSize, parseRle } from '../common/json-rle.ts'
import {
  asCount,
  asObject,
  asOptionalList,
  asOptionalObject,
  asSize,
  isCount,
  type JsonObject,
} from '../common/json-values.ts'
import type { Refuse } from '../common/refuse.ts'
import type { FileLabel } from './categories.ts'

export type FileGeometry =
  | { readonly kind: 'tag' }
  | {
      readonly kind: 'rectangle' | 'polygon' | 'polyline' | 'points' | 'ellipse'
      readonly points: number[]
    }
  | { readonly kind: 'mask'; readonly rle: CocoRle }
  | {
      readonly kind: 'skeleton'
      readonly joints: readonly ReadJoint[]
      readonly names: readonly string[]
      readonly attributes: readonly JsonObject[]
    }
  /** A type that has no place here. */
  | { readonly kind: 'other'; readonly type: string }

export interface FileAnnotation {
  /** Null: the file gives none. */
  readonly label: FileLabel | null
  readonly geometry: FileGeometry
  readonly attributes: JsonObject
  readonly group: number
  readonly zOrder: number
}

export interface FileItem {
  /** What its picture is called, with its extension where the file says it. */
  readonly name: string
  /** What the file calls its frame number. */
  readonly number: number | null
  readonly width: number
  readonly height: number
  readonly annotations: readonly FileAnnotation[]
}

export function parseItem(
  value: unknown,
  labels: readonly FileLabel[],
  where: string,
  refuse: Refuse,
): FileItem {
  const item = asObject(value, where, refuse)
  const image = asOptionalObject(item.image, `${where}.image`, refuse)
  const { frame } = asOptionalObject(item.attr, `${where}.attr`, refuse)
  const [height, width] = asOptionalList(image.size, `${where}.image.size`, refuse)
  const size = {
    height: asSize(height, `${where}.image.size[0]`, refuse),
    width: asSize(width, `${where}.image.size[1]`, refuse),
  }
  const list = asOptionalList(item.annotations, `${where}.annotations`, refuse)
  return {
    name: nameOf(item, `${where}.id`, refuse),
    number: isCount(frame) ? frame : null,
    ...size,
    annotations: list.map((one, i) => {
      const at = `${where}.annotations[${i}]`
      return parseAnnotation(asObject(one, at, refuse), { labels, size, where: at, refuse })
    }),
  }
}

/** The item's id with the extension of its picture, which a file may give by any kind of media. */
function nameOf({ id, image, media }: JsonObject, where: string, refuse: Refuse): string {
  const path = [image, media]
    .map((one) => (one as JsonObject | null | undefined)?.path)
    .find((one) => typeof one === 'string' && one !== '') as string | undefined
  const name = typeof id === 'number' ? String(id) : id
  if (typeof name !== 'string' || name === '') return path ?? refuse(where, 'a name is missing')
  const extension = /\.[^./\\]+$/.exec(path ?? '')?.[0] ?? ''
  return name.endsWith(extension) ? name : name + extension
}

interface Place {
  readonly labels: readonly FileLabel[]
  readonly size: { readonly width: number; readonly height: number }
  readonly where: string
  readonly refuse: Refuse
}

function parseAnnotation(annotation: JsonObject, place: Place): FileAnnotation {
  const { where, refuse } = place
  const { group, z_order: zOrder } = annotation
  const label = labelOf(annotation.label_id, place)
  return {
    label,
    geometry: parseGeometry(annotation, label, place),
    attributes: asOptionalObject(annotation.attributes, `${where}.attributes`, refuse),
    group: group === undefined || group === null ? 0 : asWhole(group, `${where}.group`, refuse),
    zOrder:
      zOrder === undefined || zOrder === null ? 0 : asWhole(zOrder, `${where}.z_order`, refuse),
  }
}

function labelOf(id: unknown, { labels, where, ...place }: Place): FileLabel | null {
  const refuse: Refuse = place.refuse
  if (id === undefined || id === null) return null
  const number = asCount(id, `${where}.label_id`, refuse)
  const label = labels[number]
  if (label === undefined)
    refuse(`${where}.label_id`, `there is no label with the number ${number}`)
  return label
}

function asWhole(value: unknown, where: string, refuse: Refuse): number {
  if (!Number.isSafeInteger(value)) refuse(where, 'it must be a whole number')
  return value as number
}

/** Types of Datumaro that a 2D task has no place for; of a type nobody knows the name is not repeated to people. */
const OTHERS = new Set(['caption', 'cuboid_3d', 'cuboid_2d', 'feature_vector', 'hash_key'])

function parseGeometry(
  annotation: JsonObject,
  label: FileLabel | null,
  { size, where, ...place }: Place,
): FileGeometry {
  const refuse: Refuse = place.refuse
  const { type } = annotation
  switch (type) {
    case 'label':
      return { kind: 'tag' }
    case 'bbox':
      return { kind: 'rectangle', points: parseBox(annotation.bbox, `${where}.bbox`, refuse) }
    case 'polygon':
    case 'polyline':
    case 'points':
      if (label?.joints && type === 'points')
        return parseKeypoints(annotation, label, where, refuse)
      return {
        kind: type,
        points: parseOutline(annotation.points, FEWEST_POINTS[type], where, refuse),
      }
    case 'ellipse':
      return { kind: 'ellipse', points: parseEllipse(annotation.points, where, refuse) }
    case 'mask': {
      const rle = parseRle(annotation.rle, `${where}.rle`, refuse)
      checkRleSize(rle, size, `${where}.rle`, refuse)
      return { kind: 'mask', rle }
    }
    case 'skeleton':
      return parseSkeleton(annotation, label, where, refuse)
    default:
      if (typeof type !== 'string') refuse(`${where}.type`, 'it must be a text')
      return { kind: 'other', type: OTHERS.has(type) ? type : 'unknown' }
  }
}

function parseOutline(value: unknown, fewest: number, where: string, refuse: Refuse): number[] {
  const points = parsePairs(value, `${where}.points`, refuse)
  if (points.length < 2 * fewest) refuse(`${where}.points`, `it has fewer than ${fewest} points`)
  return points
}

/** The corners of its box, as newer Datumaro has them. */
function parseEllipse(value: unknown, where: string, refuse: Refuse): number[] {
  const corners = parseOutline(value, 2, where, refuse)
  if (corners.length !== 4) refuse(`${where}.points`, 'it must be the two corners of its box')
  const [x1, y1, x2, y2] = corners as [number, number, number, number]
  return [(x1 + x2) / 2, (y1 + y2) / 2, Math.max(x1, x2), Math.min(y1, y2)]
}

function parseSkeleton(
  annotation: JsonObject,
  label: FileLabel | null,
  where: string,
  refuse: Refuse,
): FileGeometry {
  const names = label?.joints
  if (!names) refuse(`${where}.label_id`, 'its label is no skeleton of "categories.points"')
  const at = `${where}.points_attributes`
  const attributes = asOptionalList(annotation.points_attributes, at, refuse)
  return {
    kind: 'skeleton',
    names,
    joints: parseJoints(annotation.points, names.length, `${where}.points`, refuse),
    attributes: attributes.map((one, i) => asOptionalObject(one, `${at}[${i}]`, refuse)),
  }
}

/** Points of a label with joints: how Datumaro told skeletons before it had a type for them. */
function parseKeypoints(
  annotation: JsonObject,
  label: FileLabel,
  where: string,
  refuse: Refuse,
): FileGeometry {
  const points = parseOutline(annotation.points, 1, where, refuse)
  const visibility = asOptionalList(annotation.visibility, `${where}.visibility`, refuse)
  const names = label.joints ?? []
  if (points.length !== 2 * names.length) return { kind: 'points', points }
  const triplets = names.flatMap((_, i) => [points[2 * i], points[2 * i + 1], visibility[i] ?? 2])
  const joints = parseJoints(triplets, names.length, `${where}.points`, refuse)
  return { kind: 'skeleton', names, joints, attributes: [] }
}
