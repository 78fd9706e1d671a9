import type { Shape, ShapeType } from '#shared/domain/annotation.ts'
import { type BooleanVerb, combinePolygons } from '#shared/geometry/boolean-polygons.ts'
import { convertForm } from '#shared/geometry/convert.ts'
import { maskIntersect, maskSubtract, maskXor, uniteMasks } from '#shared/geometry/mask-algebra.ts'
import { bridgeHoles } from '#shared/geometry/polygon-bridges.ts'
import { annotationsOf, type Bench } from '../bench/bench.ts'
import { labelFits } from '../bench/drawing.ts'
import { replaceShapes, type ShapeForm } from './replace-shapes.ts'

/** What covers an area that can be computed with: masks by their pixels, the others by their outline. */
const areas: readonly ShapeType[] = ['polygon', 'mask', 'rectangle', 'ellipse']

/** True when the selection is something to combine. */
export function canCombine(bench: Bench): boolean {
  return selected(bench).length > 1
}

/**
 * Combine the selected shapes. The first selected stays, with the result; the others go, except in `subtract`: what is
 * taken away from the first remains where it is. One mask among them makes the result a mask, else it is polygons.
 */
export function combineSelected(bench: Bench, verb: BooleanVerb): void {
  const shapes = selected(bench)
  const forms = combined(bench, verb, shapes)
  const problem = problemOf(bench, shapes, forms)
  const [kept, ...others] = shapes
  if (problem || !kept) {
    bench.ui.setState({ hint: problem })
    return
  }
  const left = replaceShapes(bench, verb, { kept, forms, gone: verb === 'subtract' ? [] : others })
  if (left) bench.document.activate(left)
}

/** Why it is not done: a key of the locale file `canvas`. */
function problemOf(bench: Bench, shapes: readonly Shape[], forms: readonly ShapeForm[]) {
  const [kept, ...others] = shapes
  if (!kept || others.length === 0) return 'booleanNeedsTwo'
  if (shapes.some(({ id }) => bench.document.viewOf(id).locked)) return 'pickLocked'
  if (forms.length === 0) return 'booleanNothingLeft'
  const label = bench.ui.getState().labelsById.get(kept.labelId)
  if (label && forms.some(({ type }) => !labelFits(label, type))) return 'labelRefusesType'
  return isSame(kept, forms) ? 'booleanNoChange' : null
}

function selected(bench: Bench): Shape[] {
  const { active } = bench.document.state.getState()
  return annotationsOf(bench, active).filter(
    (one): one is Shape => one.kind === 'shape' && areas.includes(one.type),
  )
}

function combined(bench: Bench, verb: BooleanVerb, shapes: readonly Shape[]): ShapeForm[] {
  const to = shapes.some(({ type }) => type === 'mask') ? 'mask' : 'polygon'
  const { picture } = bench.document.state.getState()
  const size = picture?.kind === 'ready' ? picture : null
  const points = shapes.map((shape) =>
    shape.type === to ? shape.points : (convertForm(shape, to, { size })[0]?.points ?? []),
  )
  if (points.some((list) => list.length === 0)) return []
  if (to === 'polygon')
    return combinePolygons(verb, points).map((part) => formOf('polygon', bridgeHoles(part)))
  const mask = combineMasks(verb, points)
  return mask ? [formOf('mask', mask)] : []
}

const formOf = (type: ShapeType, points: number[]): ShapeForm => ({ type, points, rotation: 0 })

function combineMasks(verb: BooleanVerb, masks: readonly (readonly number[])[]): number[] | null {
  if (verb === 'union') return uniteMasks(masks)
  const [first = [], ...others] = masks
  const two = { subtract: maskSubtract, intersect: maskIntersect, exclude: maskXor }[verb]
  return others.reduce<number[] | null>((kept, mask) => kept && two(kept, mask), [...first])
}

function isSame(kept: Shape, forms: readonly ShapeForm[]): boolean {
  const [only, ...more] = forms
  if (!only || more.length > 0 || only.type !== kept.type) return false
  return (
    only.points.length === kept.points.length && sortedText(only.points) === sortedText(kept.points)
  )
}

/** An outline may begin at another of its vertices. */
function sortedText(points: readonly number[]): string {
  return [...points].sort((a, b) => a - b).join()
}
