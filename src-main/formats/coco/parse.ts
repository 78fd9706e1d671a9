/**
 * Checks of what a COCO file says, before anyone reads a field. By hand and not by schema: a file holds millions of
 * numbers, and a person needs the exact place (`annotations[17].bbox`).
 */
import type { CocoRle } from '#shared/geometry/coco-rle.ts'
import { decompressCounts } from '#shared/geometry/coco-rle.ts'
import { MOST_MASK_PIXELS } from '#shared/geometry/mask.ts'
import { isCoordinate } from '#shared/geometry/points.ts'

/** Says what is wrong at a place of the file. */
export type Refuse = (where: string, problem: string) => never

export interface CocoImage {
  readonly id: number
  readonly fileName: string
  /** 0 = the file does not say. */
  readonly width: number
  readonly height: number
}

export interface CocoCategory {
  readonly id: number
  readonly name: string
}

export type CocoGeometry =
  | { readonly kind: 'box'; readonly points: readonly number[] }
  | { readonly kind: 'polygons'; readonly parts: readonly (readonly number[])[] }
  | { readonly kind: 'rle'; readonly rle: CocoRle }

export interface CocoAnnotation {
  readonly imageId: number
  readonly categoryId: number
  readonly geometry: CocoGeometry
  readonly isCrowd: boolean
  readonly score: number | null
  readonly attributes: Readonly<Record<string, unknown>>
}

export function parseImage(value: unknown, where: string, refuse: Refuse): CocoImage {
  const image = asObject(value, where, refuse)
  const { file_name: fileName } = image
  if (typeof fileName !== 'string' || fileName === '') {
    refuse(`${where}.file_name`, 'a name is missing')
  }
  return {
    id: asId(image.id, `${where}.id`, refuse),
    fileName,
    width: asSize(image.width, `${where}.width`, refuse),
    height: asSize(image.height, `${where}.height`, refuse),
  }
}

export function parseCategory(value: unknown, where: string, refuse: Refuse): CocoCategory {
  const category = asObject(value, where, refuse)
  const { name } = category
  if (typeof name !== 'string' || name === '') refuse(`${where}.name`, 'a name is missing')
  return { id: asId(category.id, `${where}.id`, refuse), name }
}

export function parseAnnotation(value: unknown, where: string, refuse: Refuse): CocoAnnotation {
  const annotation = asObject(value, where, refuse)
  return {
    imageId: asId(annotation.image_id, `${where}.image_id`, refuse),
    categoryId: asId(annotation.category_id, `${where}.category_id`, refuse),
    geometry: parseGeometry(annotation, where, refuse),
    isCrowd: parseCrowd(annotation.iscrowd, `${where}.iscrowd`, refuse),
    score: parseScore(annotation.score, `${where}.score`, refuse),
    attributes:
      annotation.attributes === undefined || annotation.attributes === null
        ? {}
        : asObject(annotation.attributes, `${where}.attributes`, refuse),
  }
}

function parseGeometry(
  annotation: Record<string, unknown>,
  where: string,
  refuse: Refuse,
): CocoGeometry {
  const { segmentation = [], bbox } = annotation
  const at = `${where}.segmentation`
  if (Array.isArray(segmentation)) {
    const parts: unknown[] = segmentation
    const filled = parts.filter((part) => !(Array.isArray(part) && part.length === 0))
    if (filled.length > 0) return { kind: 'polygons', parts: parsePolygons(filled, at, refuse) }
  } else if (segmentation !== null) {
    return { kind: 'rle', rle: parseRle(segmentation, at, refuse) }
  }
  return { kind: 'box', points: parseBox(bbox, `${where}.bbox`, refuse) }
}

function parseBox(value: unknown, where: string, refuse: Refuse): number[] {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(isCoordinate)) {
    refuse(where, 'it must be four numbers: x, y, width, height')
  }
  const [x, y, width, height] = value as [number, number, number, number]
  if (width < 0 || height < 0) refuse(where, 'width and height must not be negative')
  return [x, y, x + width, y + height]
}

function parsePolygons(parts: readonly unknown[], where: string, refuse: Refuse): number[][] {
  // Some writers put the numbers of a single polygon directly.
  if (typeof parts[0] === 'number') return [parsePolygon(parts, where, refuse)]
  return parts.map((part, i) => parsePolygon(part, `${where}[${i}]`, refuse))
}

function parsePolygon(value: unknown, where: string, refuse: Refuse): number[] {
  if (!Array.isArray(value)) refuse(where, 'it must be a list of numbers')
  const bad = value.findIndex((n) => !isCoordinate(n))
  if (bad >= 0) refuse(`${where}[${bad}]`, 'it must be a number, in pixels')
  if (value.length % 2 !== 0)
    refuse(where, `it has ${value.length} numbers, x and y must come in pairs`)
  if (value.length < 6) refuse(where, 'a polygon needs at least three points')
  return value as number[]
}

function parseRle(value: unknown, where: string, refuse: Refuse): CocoRle {
  const { size, counts } = asObject(value, where, refuse)
  if (!Array.isArray(size) || size.length !== 2 || !size.every(isCount)) {
    refuse(`${where}.size`, 'it must be two whole numbers: height, width')
  }
  const [height, width] = size as [number, number]
  if (height * width > MOST_MASK_PIXELS) {
    refuse(`${where}.size`, `${width} x ${height} pixels are more than a picture can have here`)
  }
  const runs = typeof counts === 'string' ? decompressCounts(counts) : counts
  const sum = Array.isArray(runs) ? sumOfCounts(runs) : null
  if (sum === null) {
    refuse(`${where}.counts`, 'it is neither a list of run lengths nor a compressed one')
  }
  if (sum !== height * width) {
    refuse(`${where}.counts`, `the runs add up to ${sum}, the size gives ${height * width} pixels`)
  }
  return { counts: runs as number[], size: [height, width] }
}

/** Null when one of them is no count. */
function sumOfCounts(runs: readonly unknown[]): number | null {
  let sum = 0
  for (const run of runs) {
    if (!isCount(run)) return null
    sum += run
  }
  return sum
}

function parseCrowd(value: unknown, where: string, refuse: Refuse): boolean {
  if (value === undefined || value === null) return false
  if (value !== 0 && value !== 1 && typeof value !== 'boolean') refuse(where, 'it must be 0 or 1')
  return value === 1 || value === true
}

function parseScore(value: unknown, where: string, refuse: Refuse): number | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(where, 'it must be a number')
  return value
}

function asObject(value: unknown, where: string, refuse: Refuse): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(where, 'it must be an object')
  }
  return value as Record<string, unknown>
}

function asId(value: unknown, where: string, refuse: Refuse): number {
  if (!isCount(value))
    refuse(where, value === undefined ? 'it is missing' : 'it must be a whole number')
  return value
}

function asSize(value: unknown, where: string, refuse: Refuse): number {
  if (value === undefined || value === null) return 0
  if (!isCount(value)) refuse(where, 'it must be a whole number of pixels')
  return value
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
