/** Checks of what a COCO file says, and what other tools write instead of what COCO asks for. */
import type { CocoRle } from '#shared/geometry/coco-rle.ts'
import { edgesByName } from '../common/edges.ts'
import { parseBox, parsePairs } from '../common/json-points.ts'
import { parseRle } from '../common/json-rle.ts'
import { asName, asObject, asOptionalList, asSize, type JsonObject } from '../common/json-values.ts'
import type { Refuse } from '../common/refuse.ts'

/** A whole number; texts are for tools that count in another way. */
export type CocoId = number | string

export interface CocoImage {
  readonly id: CocoId
  readonly fileName: string
  /** 0 = the file does not say. */
  readonly width: number
  readonly height: number
}

export interface CocoCategory {
  readonly id: CocoId
  readonly name: string
  /** Names of a skeleton's joints; empty for what is none. */
  readonly joints: readonly string[]
  readonly edges: readonly (readonly [string, string])[]
}

export type CocoGeometry =
  | { readonly kind: 'box'; readonly points: readonly number[] }
  | { readonly kind: 'polygons'; readonly parts: readonly (readonly number[])[] }
  | { readonly kind: 'rle'; readonly rle: CocoRle }
  /** Neither box nor outline. */
  | { readonly kind: 'none' }

export interface CocoAnnotation {
  readonly imageId: CocoId
  readonly categoryId: CocoId
  readonly geometry: CocoGeometry
  /** Parts of an outline that are no polygons, having fewer than three points. */
  readonly shortParts: number
  readonly isCrowd: boolean
  readonly score: number | null
  readonly attributes: JsonObject
  /** As the file has them; null where it has none. */
  readonly keypoints: readonly unknown[] | null
}

export function parseImage(value: unknown, where: string, refuse: Refuse): CocoImage {
  const { id, width, height, file_name: name, coco_url: url } = asObject(value, where, refuse)
  const fileName = typeof name === 'string' && name !== '' ? name : url
  return {
    id: asId(id, `${where}.id`, refuse),
    fileName: withoutAddress(asName(fileName, `${where}.file_name`, refuse)),
    width: asSize(width, `${where}.width`, refuse),
    height: asSize(height, `${where}.height`, refuse),
  }
}

/** The path of a picture that is told by its address on the web; any other name as it is. */
function withoutAddress(name: string): string {
  const path = /^[a-z][\w+.-]+:\/\/[^/]*\/?([^?#]+)/i.exec(name)?.[1]
  if (path === undefined) return name
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

export function parseCategory(value: unknown, where: string, refuse: Refuse): CocoCategory {
  const { id, name, keypoints, skeleton } = asObject(value, where, refuse)
  const joints = asOptionalList(keypoints, `${where}.keypoints`, refuse).map((joint, i) =>
    asName(typeof joint === 'number' ? String(joint) : joint, `${where}.keypoints[${i}]`, refuse),
  )
  return {
    id: asId(id, `${where}.id`, refuse),
    name: asName(typeof name === 'number' ? String(name) : name, `${where}.name`, refuse),
    joints,
    edges: edgesByName(joints, skeleton),
  }
}

export function parseAnnotation(value: unknown, where: string, refuse: Refuse): CocoAnnotation {
  const annotation = asObject(value, where, refuse)
  const { attributes, keypoints } = annotation
  // Tools that have no attributes write an empty list of them.
  const hasAttributes =
    attributes !== undefined && attributes !== null && !Array.isArray(attributes)
  return {
    imageId: asId(annotation.image_id, `${where}.image_id`, refuse),
    categoryId: asId(annotation.category_id, `${where}.category_id`, refuse),
    ...parseGeometry(annotation, where, refuse),
    isCrowd: parseCrowd(annotation.iscrowd, `${where}.iscrowd`, refuse),
    score: parseScore(annotation.score, `${where}.score`, refuse),
    attributes: hasAttributes ? asObject(attributes, `${where}.attributes`, refuse) : {},
    keypoints: Array.isArray(keypoints) && keypoints.length > 0 ? keypoints : null,
  }
}

type Geometry = Pick<CocoAnnotation, 'geometry' | 'shortParts'>

function parseGeometry(annotation: JsonObject, where: string, refuse: Refuse): Geometry {
  const { segmentation, bbox } = annotation
  const at = `${where}.segmentation`
  const outline = parseOutline(segmentation, at, refuse)
  if (outline !== null && outline.geometry.kind !== 'none') return outline
  const shortParts = outline?.shortParts ?? 0
  const hasBox = bbox !== undefined && bbox !== null && !(Array.isArray(bbox) && bbox.length === 0)
  if (!hasBox) return { geometry: { kind: 'none' }, shortParts }
  return { geometry: { kind: 'box', points: parseBox(bbox, `${where}.bbox`, refuse) }, shortParts }
}

/** Null where the file gives no outline; of kind `none` where it gives one that is nothing. */
function parseOutline(value: unknown, where: string, refuse: Refuse): Geometry | null {
  if (value === undefined || value === null) return null
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined
  const isRle = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one)
  if (!Array.isArray(value) || isRle(only)) {
    const rle = parseRle(isRle(only) ? only : value, where, refuse)
    return { geometry: { kind: 'rle', rle }, shortParts: 0 }
  }
  const filled = value.filter((part) => !(Array.isArray(part) && part.length === 0))
  if (filled.length === 0) return null
  const parts = parsePolygons(filled, where, refuse)
  const polygons = parts.filter((part) => part.length >= 6)
  const shortParts = parts.length - polygons.length
  if (polygons.length === 0) return { geometry: { kind: 'none' }, shortParts }
  return { geometry: { kind: 'polygons', parts: polygons }, shortParts }
}

function parsePolygons(parts: readonly unknown[], where: string, refuse: Refuse): number[][] {
  // Some writers put the numbers of a single polygon directly.
  if (typeof parts[0] === 'number') return [parsePolygon(parts, where, refuse)]
  return parts.map((part, i) => parsePolygon(part, `${where}[${i}]`, refuse))
}

function parsePolygon(value: unknown, where: string, refuse: Refuse): number[] {
  // Others write a list of points.
  const isNested = Array.isArray(value) && Array.isArray(value[0])
  return parsePairs(isNested ? value.flat() : value, where, refuse)
}

function parseCrowd(value: unknown, where: string, refuse: Refuse): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  if (!/^[01]$/.test(String(value))) refuse(where, 'it must be 0 or 1')
  return Number(value) === 1
}

function parseScore(value: unknown, where: string, refuse: Refuse): number | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(where, 'it must be a number')
  return value
}

/** `"17"` is 17: the same tool may write one here and the other there. */
function asId(value: unknown, where: string, refuse: Refuse): CocoId {
  if (Number.isSafeInteger(value)) return value as number
  if (typeof value !== 'string' || value === '') {
    refuse(where, value === undefined ? 'it is missing' : 'it must be a whole number')
  }
  return /^\d{1,15}$/.test(value) ? Number(value) : value
}
