import type { Mark } from '#renderer/canvas/tools/tool-state.ts'
import type { ResultType } from '#renderer/state/ai-settings.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { convertForm, type Form } from '#shared/geometry/convert.ts'
import { maskArea, maskProblem } from '#shared/geometry/mask.ts'
import { maskBox } from '#shared/geometry/mask-spans.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { simplifyLoops } from '#shared/geometry/simplify.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** What `functions.interact` answers, as far as it is about the object. */
export interface InteractAnswer {
  readonly mask: readonly number[] | null
  readonly outline: readonly number[] | null
  readonly score: number | null
  readonly token: string | null
}

/** An object that was found, proved to be one. */
export interface Found {
  /** As `Shape.points` of a mask; null when only an outline was given. */
  readonly mask: readonly number[] | null
  /** Flat; null when a mask was given. */
  readonly outline: readonly number[] | null
  readonly score: number | null
  readonly token: string | null
}

/** Parts smaller than this share of the largest are noise of the model, not parts of the object. */
const SPECK = 0.05

/**
 * @returns null when the function found nothing
 * @throws FUNCTION_ANSWER_INVALID when the answer is no shape on this picture
 */
export function foundOf(answer: InteractAnswer, functionId: string, size: Size): Found | null {
  const { mask, outline, token } = answer
  const score =
    answer.score !== null && answer.score >= 0 && answer.score <= 1 ? answer.score : null
  const refuse = (where: string, problem: string) =>
    new AppError('FUNCTION_ANSWER_INVALID', { id: functionId, where, problem })
  if (mask && mask.length > 0) {
    const problem = maskProblem(mask) ?? beyond(mask, size)
    if (problem !== null) throw refuse('mask', problem)
    return maskArea(mask) === 0 ? null : { mask, outline: null, score, token }
  }
  if (!outline || outline.length === 0) return null
  if (outline.length < 6 || outline.length % 2 === 1 || !outline.every(Number.isFinite))
    throw refuse('outline', 'an outline has three points or more')
  return { mask: null, outline, score, token }
}

function beyond(mask: readonly number[], { width, height }: Size): string | null {
  const { left, top, right, bottom } = maskBox(mask)
  const isInside = left >= 0 && top >= 0 && right <= width && bottom <= height
  return isInside ? null : 'the mask reaches out of the picture'
}

/**
 * What becomes of it: one mask, one box, or a polygon for each part worth having.
 * @param density  of polygons: share of the points kept, 0 … 1
 */
export function formsOf(found: Found, type: ResultType, density: number, size: Size): Form[] {
  const { mask, outline } = found
  const form: Form = mask
    ? { type: 'mask', points: mask, rotation: 0 }
    : { type: 'polygon', points: outline ?? [], rotation: 0 }
  if (type === 'polygon') return mask ? worthHaving(form, density) : [thinned(form, density)]
  return form.type === type ? [form] : convertForm(form, type, { size })
}

function worthHaving(mask: Form, density: number): Form[] {
  const parts = convertForm(mask, 'polygon', { size: null, density })
  const areas = parts.map(({ points }) => polygonArea(points))
  const least = SPECK * Math.max(0, ...areas)
  return parts.filter((_, at) => (areas[at] ?? 0) >= least)
}

function thinned(polygon: Form, density: number): Form {
  const [points = polygon.points] = simplifyLoops([polygon.points], density)
  return { ...polygon, points: points.length >= 6 ? points : polygon.points }
}

/** More vertices than this are shown without their dots. */
const MOST_DOTS = 1_500

/** How it looks on the picture. @param faint  a guess under the pointer */
export function marksOf(forms: readonly Form[], color: string, faint: boolean): Mark[] {
  const marks: Mark[] = []
  let dots = 0
  for (const { type, points } of forms) {
    if (type !== 'mask' && type !== 'polygon' && type !== 'rectangle') continue
    marks.push({ kind: 'found', type, points, color, faint })
    dots += points.length / 2
    if (type === 'polygon' && !faint && dots <= MOST_DOTS)
      marks.push({ kind: 'dots', points, color, radius: 2.5 })
  }
  return marks
}

export const pointCount = (forms: readonly Form[]): number =>
  forms.reduce((sum, { type, points }) => sum + (type === 'polygon' ? points.length / 2 : 0), 0)
