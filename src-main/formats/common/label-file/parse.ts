/**
 * A label file as labelme and X-AnyLabeling write it beside each picture: what stands in it, checked. X-AnyLabeling's is
 * labelme's with more keys, and each of the two keeps the keys it does not know, so one reader takes both.
 */
import { isCoordinate } from '#shared/geometry/points.ts'
import { asObject, asOptionalList, asOptionalObject, type JsonObject } from '../json-values.ts'
import type { Refuse } from '../refuse.ts'
import { type Original, originalOf } from './stand-in.ts'

export interface LabelFile {
  /** Null: the file does not say. */
  readonly imagePath: string | null
  readonly subset: string | null
  /** 0: the file does not say. */
  readonly width: number
  readonly height: number
  /** Labels of the whole picture, by name: true where it has them. */
  readonly flags: ReadonlyMap<string, boolean>
  /** What flags cannot say of a picture's tags. */
  readonly tags: readonly RawTag[]
  readonly shapes: readonly RawShape[]
}

export interface RawTag {
  readonly label: string
  readonly group: number
  readonly attributes: JsonObject
}

export interface RawShape {
  readonly label: string
  /** As the file calls it: `rectangle`, `circle`, `linestrip` … */
  readonly type: string
  readonly points: readonly number[]
  /** As the file has it, where 0 is a group like any other; null: none. */
  readonly group: number | null
  readonly description: string
  readonly isDifficult: boolean
  readonly occluded: boolean
  readonly flags: JsonObject
  readonly attributes: JsonObject
  readonly score: unknown
  readonly source: unknown
  readonly zOrder: number
  /** Base64 of a PNG picture of the box's pixels. */
  readonly mask: string | null
  readonly original: Original | null
  readonly trackId: number | null
  readonly isKeyframe: boolean
  /** Of a skeleton's box: the group of the skeleton itself, and its joints that are not to be seen. */
  readonly skeletonGroup: number
  readonly hiddenJoints: readonly RawShape[]
}

/** True for what can only be such a file. */
export function isLabelFile(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Array.isArray((value as JsonObject).shapes)
  )
}

export function parseLabelFile(file: JsonObject, refuse: Refuse): LabelFile {
  const shapes = file.shapes as readonly unknown[]
  const flags = Object.entries(asOptionalObject(file.flags, 'flags', refuse))
  return {
    imagePath: typeof file.imagePath === 'string' && file.imagePath !== '' ? file.imagePath : null,
    subset: typeof file.subset === 'string' && file.subset !== '' ? file.subset : null,
    width: sizeOf(file.imageWidth),
    height: sizeOf(file.imageHeight),
    flags: new Map(flags.map(([name, value]) => [name, value === true])),
    tags: asOptionalList(file.tags, 'tags', refuse).flatMap((tag) => parseTag(tag)),
    shapes: shapes.map((shape, i) => parseShape(shape, `shapes[${i}]`, refuse)),
  }
}

/** Other tools' `tags` are whatever they like; ours are objects. */
function parseTag(value: unknown): RawTag[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const { label, group, attributes } = value as JsonObject
  if (typeof label !== 'string') return []
  const known = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes)
  return [{ label, group: whole(group) ?? 0, attributes: known ? (attributes as JsonObject) : {} }]
}

function parseShape(value: unknown, where: string, refuse: Refuse): RawShape {
  const shape = asObject(value, where, refuse)
  const { shape_type: type = 'polygon', description, mask } = shape
  return {
    label: parseLabel(shape.label, `${where}.label`, refuse),
    type: typeof type === 'string' ? type : 'polygon',
    points: parsePoints(shape.points, `${where}.points`, refuse),
    group: parseGroup(shape.group_id, `${where}.group_id`, refuse),
    description: typeof description === 'string' ? description : '',
    isDifficult: shape.difficult === true,
    occluded: shape.occluded === true,
    flags: asOptionalObject(shape.flags, `${where}.flags`, refuse),
    attributes: asOptionalObject(shape.attributes, `${where}.attributes`, refuse),
    score: shape.score,
    source: shape.source,
    zOrder: whole(shape.z_order) ?? 0,
    mask: typeof mask === 'string' && mask !== '' ? mask : null,
    original: originalOf(shape.original),
    trackId: whole(shape.track_id),
    isKeyframe: shape.keyframe === true,
    skeletonGroup: Math.max(0, whole(shape.skeleton_group) ?? 0),
    hiddenJoints: asOptionalList(shape.hidden_joints, `${where}.hidden_joints`, refuse).map(
      (joint, i) => parseShape(joint, `${where}.hidden_joints[${i}]`, refuse),
    ),
  }
}

function parseLabel(value: unknown, where: string, refuse: Refuse): string {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') refuse(where, 'a name is missing')
  return value
}

function parsePoints(value: unknown, where: string, refuse: Refuse): number[] {
  if (!Array.isArray(value)) refuse(where, 'it must be a list of points')
  const flat: number[] = []
  for (const [i, point] of (value as unknown[]).entries()) {
    if (!Array.isArray(point) || point.length !== 2 || !point.every(isCoordinate)) {
      refuse(`${where}[${i}]`, 'it must be two numbers: x and y in pixels')
    }
    const [x, y] = point as [number, number]
    flat.push(x, y)
  }
  return flat
}

/** Tools write a number; some people's scripts write it as text. */
function parseGroup(value: unknown, where: string, refuse: Refuse): number | null {
  if (value === undefined || value === null || value === '') return null
  const number = typeof value === 'string' ? Number(value) : value
  if (!Number.isSafeInteger(number)) refuse(where, 'it must be a whole number or null')
  return number as number
}

function whole(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null
}

/** X-AnyLabeling writes -1 where it does not know. */
function sizeOf(value: unknown): number {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.round(value) : 0
}
