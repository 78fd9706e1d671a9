/** Detectors on the wire. */
import { shapeTypes } from '#shared/domain/annotation.ts'
import { type Detection, detection } from '#shared/domain/detection.ts'
import type { FunctionLabel } from '#shared/domain/function.ts'
import { clipForm, intoPicture, type PictureSize } from '#shared/functions/clip.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { AnswerProblem } from '../transport/json-answer.ts'
import { bodyOf } from './body.ts'
import { groupsOf } from './groups.ts'
import { flatMask } from './mask.ts'
import { type Fields, flagOf, listAt, objectAt, pointsAt, scoreOf, textAt } from './values.ts'

const MOST_PARTS = 10_000

/** @param threshold  left out where the function's own is wanted, and when 0, as CVAT does */
export function detectorBody(image: Uint8Array, threshold: number | null): readonly Uint8Array[] {
  return bodyOf({ image, threshold: threshold ? JSON.stringify(threshold) : undefined })
}

/**
 * What a detector answered, clipped to the picture; what is too small to be meant is left out (CVAT's least sizes).
 * @param labels  of its spec: the type of an object that does not say its own
 * @throws AnswerProblem
 */
export function readDetections(
  answer: unknown,
  labels: readonly FunctionLabel[],
  size: PictureSize,
): Detection[] {
  const items = listAt(answer, '').map((item, at) => objectAt(item, `object ${at + 1}`))
  const groups = groupsOf(items.map(({ group_id }) => group_id))
  const types = new Map(labels.map(({ name, type }) => [name, type]))
  return items.flatMap((item, at) => {
    const where = `object ${at + 1}`
    const label = textAt(item.label, `${where}, label`)
    const found = detection({
      label,
      type: typeOf(item, types.get(label) ?? 'any', where),
      score: scoreOf(item.confidence),
      group: groups[at] ?? 0,
      attributes: attributesOf(item.attributes, where),
    })
    return placed(found, item, size, where)
  })
}

function typeOf(item: Fields, declared: string, where: string): Detection['type'] {
  const said = item.type ?? (declared === 'any' ? 'rectangle' : declared)
  const type = [...shapeTypes, 'tag' as const].find((one) => one === said)
  if (!type) throw new AnswerProblem(`${where}, type`, `${String(said).slice(0, 50)} is no type`)
  return type
}

function placed(found: Detection, item: Fields, size: PictureSize, where: string): Detection[] {
  const { type } = found
  if (type === 'tag') return [found]
  if (type === 'skeleton') return skeleton(found, item, size, where)
  if (type === 'mask') return mask(found, item, size, where)
  const points = pointsAt(item.points, `${where}, points`)
  const problem = formProblem(type, points)
  if (problem !== null) throw new AnswerProblem(`${where}, points`, problem)
  const rotation = type === 'rectangle' || type === 'ellipse' ? turnOf(item.rotation, where) : 0
  return clipForm({ type, points, rotation }, size).map((part) => ({
    ...found,
    points: [...part.points],
    rotation: part.rotation,
  }))
}

function mask(found: Detection, item: Fields, size: PictureSize, where: string): Detection[] {
  const isDense = item.mask !== undefined && item.mask !== null
  const points = isDense
    ? flatMask(item.mask, `${where}, mask`)
    : flatMask(item.points, `${where}, points`)
  if (points === null) return []
  const outline = isDense ? outlineOf(item.points, where) : null
  return clipForm({ type: 'mask', points, rotation: 0 }, size).map((part) => ({
    ...found,
    points: [...part.points],
    outline: outline && intoPicture(outline, size),
  }))
}

/** A polygon beside a mask is a help: one that is none is passed over. */
function outlineOf(value: unknown, where: string): number[] | null {
  if (!Array.isArray(value) || value.length < 6) return null
  const points = pointsAt(value, `${where}, points`)
  return formProblem('polygon', points) === null ? points : null
}

/** Joints are moved into the picture; a skeleton none of whose joints is seen was not found. */
function skeleton(found: Detection, item: Fields, size: PictureSize, where: string): Detection[] {
  const elements = listAt(item.elements, `${where}, elements`, MOST_PARTS).map((value, at) => {
    const place = `${where}, element ${at + 1}`
    const element = objectAt(value, place)
    const points = pointsAt(element.points, `${place}, points`)
    if (points.length !== 2) throw new AnswerProblem(`${place}, points`, 'a joint is one x and y')
    return {
      label: textAt(element.label, `${place}, label`),
      points: intoPicture(points, size),
      outside: flagOf(element.outside),
      score: scoreOf(element.confidence),
      attributes: attributesOf(element.attributes, place),
    }
  })
  return elements.some(({ outside }) => !outside) ? [{ ...found, elements }] : []
}

/** Degrees, 0 … 360. */
function turnOf(value: unknown, where: string): number {
  if (value === undefined || value === null) return 0
  const degrees = Number(value)
  if (!Number.isFinite(degrees)) throw new AnswerProblem(`${where}, rotation`, 'it is no number')
  return ((degrees % 360) + 360) % 360
}

function attributesOf(value: unknown, where: string): Detection['attributes'] {
  if (value === undefined || value === null) return []
  return listAt(value, `${where}, attributes`, MOST_PARTS).map((item, at) => {
    const place = `${where}, attribute ${at + 1}`
    const { name, value: said } = objectAt(item, place)
    return {
      name: textAt(name, `${place}, name`),
      value: said === null || said === undefined ? '' : textAt(said, `${place}, value`),
    }
  })
}
