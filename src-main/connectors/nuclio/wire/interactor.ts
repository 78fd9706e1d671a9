/** Interactors on the wire. */
import type { InteractorAnswer, InteractorPrompt } from '#main/core/ports.ts'
import { clipForm, intoPicture, type PictureSize } from '#shared/functions/clip.ts'
import type { BoxForm } from '#shared/functions/nuclio/nuclio-function.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { AnswerProblem } from '../transport/json-answer.ts'
import { bodyOf } from './body.ts'
import { readEmbedding } from './embedding.ts'
import { flatMask, matrixMask } from './mask.ts'
import { type Fields, listAt, objectAt, pointsAt, scoreOf } from './values.ts'

/** No box is null, which functions of all versions take for none. */
export function interactorBody(
  image: Uint8Array,
  { positive, negative, box }: Pick<InteractorPrompt, 'positive' | 'negative' | 'box'>,
  form: BoxForm,
): readonly Uint8Array[] {
  const [x1, y1, x2, y2] = box ?? []
  const nested = [
    [x1, y1],
    [x2, y2],
  ]
  return bodyOf({
    image,
    pos_points: JSON.stringify(positive),
    neg_points: JSON.stringify(negative),
    obj_bbox: JSON.stringify(box === null ? null : form === 'flat' ? box : nested),
  })
}

/** What the function's encoder made of the picture, for a decoder elsewhere. */
export interface SentEmbedding {
  readonly embedding: Float32Array
}

const NOTHING: InteractorAnswer = { mask: null, outline: null, score: null, token: null }

/**
 * A mask with or without bounds, `[[x, y], …]`, or a list of one object; or what only a decoder on this machine can use.
 * @throws AnswerProblem
 */
export function readInteraction(
  answer: unknown,
  size: PictureSize,
): InteractorAnswer | SentEmbedding {
  if (Array.isArray(answer)) return fromList(answer, size)
  const fields = objectAt(answer, '')
  if (fields.mask === undefined && typeof fields.blob === 'string')
    return { embedding: readEmbedding(fields.blob) }
  const mask = clippedMask(matrixMask(fields.mask, fields.bounds, 'mask'), size)
  if (mask === null) return NOTHING
  return { ...NOTHING, mask, outline: outlineOf(fields, size), score: scoreOf(fields.confidence) }
}

function clippedMask(points: readonly number[] | null, size: PictureSize): number[] | null {
  if (points === null) return null
  const [part] = clipForm({ type: 'mask', points, rotation: 0 }, size)
  return part ? [...part.points] : null
}

/** `points` beside a mask: pairs or flat; what is no polygon is passed over, since the mask says it better. */
function outlineOf({ points }: Fields, size: PictureSize): number[] | null {
  if (!Array.isArray(points) || points.length === 0) return null
  const flat = flatPoints(points, 'points')
  return formProblem('polygon', flat) === null ? intoPicture(flat, size) : null
}

function flatPoints(points: readonly unknown[], where: string): number[] {
  return points.every(Array.isArray)
    ? points.flatMap((pair, at) =>
        pairAt(pair, [where, `point ${at + 1}`].filter(Boolean).join(', ')),
      )
    : pointsAt(points, where)
}

function pairAt(value: unknown, where: string): number[] {
  const pair = pointsAt(value, where)
  if (pair.length !== 2) throw new AnswerProblem(where, 'a point is one x and y')
  return pair
}

function fromList(items: readonly unknown[], size: PictureSize): InteractorAnswer {
  const [first] = items
  if (first === undefined) return NOTHING
  if (Array.isArray(first)) return polygon(flatPoints(items, ''), null, size)
  const fields = objectAt(first, 'object 1')
  const score = scoreOf(fields.confidence)
  if (fields.type === 'mask') {
    const given = fields.mask ?? fields.points
    const mask = clippedMask(flatMask(given, 'object 1, mask'), size)
    return mask === null ? NOTHING : { ...NOTHING, mask, score }
  }
  return polygon(flatPoints(listAt(fields.points, 'object 1, points'), 'object 1'), score, size)
}

function polygon(points: number[], score: number | null, size: PictureSize): InteractorAnswer {
  if (points.length === 0) return NOTHING
  const problem = formProblem('polygon', points)
  if (problem !== null) throw new AnswerProblem('', problem)
  return { ...NOTHING, outline: intoPicture(points, size), score }
}
