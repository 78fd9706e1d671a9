/** Trackers on the wire. States are JSON texts, passed on as they came and never looked into. */

import type { FoundShape, TrackedShape } from '#main/core/ports.ts'
import { type ShapeType, shapeTypes } from '#shared/domain/annotation.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import { shapeBounds } from '#shared/geometry/shape-bounds.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { AnswerProblem, jsonText } from '../transport/json-answer.ts'
import { bodyOf } from './body.ts'
import { flatMask } from './mask.ts'
import { listAt, objectAt, pointsAt, scoreOf } from './values.ts'

/** `legacy` functions know boxes as bare lists; others shapes with their type. */
export type TrackerForm = 'legacy' | 'typed'

export function beginBody(
  image: Uint8Array,
  shapes: readonly TrackedShape[],
  form: TrackerForm,
): readonly Uint8Array[] {
  return bodyOf({
    image,
    shapes: JSON.stringify(shapes.map((shape) => written(shape, form))),
    states: '[]',
  })
}

/**
 * One shape a state, in both lists: functions walk through either. Typed ones get nulls, as from a CVAT server; legacy ones
 * of other makers may look at where the object was.
 */
export function updateBody(
  image: Uint8Array,
  objects: readonly { readonly shape: TrackedShape; readonly state: string }[],
  form: TrackerForm,
): readonly Uint8Array[] {
  return bodyOf({
    image,
    shapes: JSON.stringify(
      objects.map(({ shape }) => (form === 'legacy' ? written(shape, form) : null)),
    ),
    states: `[${objects.map(({ state }) => state).join(',')}]`,
  })
}

function written(shape: TrackedShape, form: TrackerForm): unknown {
  const points = upright(shape)
  return form === 'legacy' ? points : { type: shape.type, points }
}

/** Nothing on the wire says that a box is turned: the upright box around it. */
function upright({ type, points, rotation }: TrackedShape): readonly number[] {
  if (type !== 'rectangle' || isUpright(rotation)) return points
  const box = shapeBounds({ type, points, rotation, elements: [] })
  return box === null ? points : [box.left, box.top, box.right, box.bottom]
}

export interface TrackerAnswer {
  /** Null: lost. */
  readonly shapes: (FoundShape | null)[]
  /** JSON texts. */
  readonly states: string[]
}

/**
 * @param types  of the objects asked for, in order: what a bare list of numbers means
 * @throws AnswerProblem
 */
export function readTracked(answer: unknown, types: readonly ShapeType[]): TrackerAnswer {
  const { shapes, states } = objectAt(answer, '')
  return {
    shapes: counted(shapes, 'shapes', types.length).map((shape, at) =>
      shapeAt(shape, types[at] ?? 'rectangle', `shape ${at + 1}`),
    ),
    states: readStates(states, types.length),
  }
}

/** Only the states: what a function says of the shapes it was just given does not matter. @throws AnswerProblem */
export function readBegun(answer: unknown, count: number): string[] {
  return readStates(objectAt(answer, '').states, count)
}

function readStates(states: unknown, count: number): string[] {
  return counted(states, 'states', count).map((state, at) => jsonText(state, `state ${at + 1}`))
}

function counted(value: unknown, what: string, count: number): readonly unknown[] {
  const list = listAt(value, what)
  if (list.length !== count)
    throw new AnswerProblem(what, `${count} were expected, it has ${list.length}`)
  return list
}

function shapeAt(value: unknown, wanted: ShapeType, where: string): FoundShape | null {
  if (value === null) return null
  if (Array.isArray(value)) return found(wanted, value, null, where)
  const { type, points, confidence } = objectAt(value, where)
  const said = shapeTypes.find((one) => one === (type ?? wanted))
  if (!said)
    throw new AnswerProblem(`${where}, type`, `${String(type).slice(0, 50)} is no type of shape`)
  return found(said, points, scoreOf(confidence), where)
}

/** Corners of a turned box, eight numbers or any even count, are the upright box around them. */
function found(
  type: ShapeType,
  value: unknown,
  score: number | null,
  where: string,
): FoundShape | null {
  if (Array.isArray(value) && value.length === 0) return null
  const points = pointsOf(type, value, where)
  if (points === null) return null
  const problem = formProblem(type, points)
  if (problem !== null) throw new AnswerProblem(where, problem)
  return { type, points, rotation: 0, score }
}

function pointsOf(type: ShapeType, value: unknown, where: string): number[] | null {
  if (type === 'mask') return flatMask(value, where)
  const points = pointsAt(value, where)
  if (type !== 'rectangle' || points.length < 4 || points.length % 2 !== 0) return points
  const box = boundingBox(points)
  return box === null ? points : [box.left, box.top, box.right, box.bottom]
}
