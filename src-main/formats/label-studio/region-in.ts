/** A region of Label Studio as a shape. */

import { MOST_MASK_PIXELS } from '#shared/geometry/mask.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import type { JsonObject } from '../common/json-values.ts'
import { isUntouched, originalOf } from '../common/label-file/stand-in.ts'
import type { NewShape } from '../common/new-shape.ts'
import type { Refuse } from '../common/refuse.ts'
import { decodeBrush } from './brush-rle.ts'
import { fromPercentBox, fromPercentEllipse, fromPercentPoint, type Size } from './percent.ts'
import type { RawResult } from './task-in.ts'

export type RegionForm = Pick<NewShape, 'type' | 'points' | 'rotation'>

/** What kind of region a result draws, by its type or, where that says nothing, by its keys; null: it draws none. */
export function regionKind({ type, value }: Pick<RawResult, 'type' | 'value'>): string | null {
  const kind = /^(rectangle|polygon|ellipse|keypoint|brush|videorectangle)(?:labels)?$/.exec(type)
  if (kind?.[1] !== undefined) return kind[1]
  if (type !== '' && type !== 'labels' && !type.endsWith('labels')) return null
  if (Array.isArray(value.sequence)) return 'videorectangle'
  if (value.rle !== undefined) return 'brush'
  if (Array.isArray(value.points)) return 'polygon'
  if (value.radiusX !== undefined) return 'ellipse'
  if (value.height !== undefined) return 'rectangle'
  return value.x !== undefined ? 'keypoint' : null
}

/**
 * @param size  pixels of the picture; 0 where nobody knows
 * @returns null for what has no place in the picture, after `leaveOut` was told
 */
export function formOfRegion(
  kind: string,
  result: RawResult,
  size: Size,
  refuse: Refuse,
  leaveOut: (what: string) => null,
): RegionForm | null {
  const where = `${result.where}.value`
  const { value } = result
  if (kind === 'brush') return brush(result, size, refuse, leaveOut)
  if (size.width === 0 || size.height === 0) {
    return leaveOut('regions of pictures whose size is unknown were left out')
  }
  const number = (key: string) => numberAt(value, key, where, refuse)
  const rotation = value.rotation === undefined ? 0 : number('rotation')
  switch (kind) {
    case 'rectangle': {
      const box = {
        x: number('x'),
        y: number('y'),
        width: number('width'),
        height: number('height'),
      }
      if (box.width < 0 || box.height < 0) refuse(where, 'width and height must not be negative')
      return checked(
        { type: 'rectangle', ...fromPercentBox({ ...box, rotation }, size) },
        where,
        refuse,
      )
    }
    case 'ellipse': {
      const radii = { radiusX: number('radiusX'), radiusY: number('radiusY') }
      const ellipse = { x: number('x'), y: number('y'), ...radii, rotation }
      return checked({ type: 'ellipse', ...fromPercentEllipse(ellipse, size) }, where, refuse)
    }
    case 'keypoint': {
      const points = fromPercentPoint(number('x'), number('y'), size)
      return checked({ type: 'points', points, rotation: 0 }, where, refuse)
    }
    default:
      return outline(result, size, refuse, leaveOut)
  }
}

function numberAt(value: JsonObject, key: string, where: string, refuse: Refuse): number {
  const number = value[key]
  if (!isCoordinate(number)) refuse(`${where}.${key}`, 'it must be a number')
  return number
}

function checked(form: RegionForm, where: string, refuse: Refuse): RegionForm {
  const problem = formProblem(form.type, form.points)
  if (problem !== null) refuse(where, problem)
  return form
}

/** A closed line is a polygon, an open one a line. */
function outline(
  { value, where, meta }: RawResult,
  size: Size,
  refuse: Refuse,
  leaveOut: (what: string) => null,
): RegionForm | null {
  const list = value.points
  if (!Array.isArray(list)) refuse(`${where}.value.points`, 'it must be a list of points')
  const points = (list as unknown[]).flatMap((point, i) => {
    if (!Array.isArray(point) || point.length !== 2 || !point.every(isCoordinate)) {
      refuse(`${where}.value.points[${i}]`, 'it must be two numbers: x and y in percent')
    }
    return fromPercentPoint(point[0] as number, point[1] as number, size)
  })
  const original = originalOf(meta.original)
  if (original !== null && isUntouched(original, 'polygon', points)) {
    return { type: original.type, points: [...original.points], rotation: original.rotation }
  }
  const type = value.closed === false ? 'polyline' : 'polygon'
  if (points.length < (type === 'polygon' ? 6 : 4)) {
    return leaveOut('polygons and lines have too few points and were left out')
  }
  return checked({ type, points, rotation: 0 }, where, refuse)
}

/** Its runs are of the size it says, whatever the picture's is here. */
function brush(
  { value, where, width, height }: RawResult,
  size: Size,
  refuse: Refuse,
  leaveOut: (what: string) => null,
): RegionForm | null {
  const { rle } = value
  // Newer exports may keep brushes as pictures somewhere else.
  if (rle === undefined || rle === null)
    return leaveOut('brush regions without pixels were left out')
  if (!Array.isArray(rle) || !rle.every(isByte)) {
    refuse(`${where}.value.rle`, 'it must be a list of bytes')
  }
  const own = width > 0 && height > 0 ? { width, height } : size
  if (own.width * own.height > MOST_MASK_PIXELS) {
    refuse(where, `${own.width} x ${own.height} pixels are more than a picture can have here`)
  }
  if (own.width === 0) return leaveOut('regions of pictures whose size is unknown were left out')
  const points = decodeBrush(rle as number[], own.width, own.height, (problem) =>
    refuse(`${where}.value.rle`, problem),
  )
  if (points === null) return leaveOut('brush regions without pixels were left out')
  return { type: 'mask', points, rotation: 0 }
}

function isByte(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255
}
