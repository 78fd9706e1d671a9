import { aiSettings } from '#renderer/state/known-functions.ts'
import { createStep, newShape, updateStep } from '#renderer/state/steps.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { Form } from '#shared/geometry/convert.ts'
import { annotationsOf, type Bench } from '../bench/bench.ts'
import { type Found, formsOf } from './found.ts'
import { type Interaction, resultTypeOf } from './interaction.ts'

/** What a found object becomes with the settings as they are. */
export function currentForms(bench: Bench, now: Interaction, found: Found): readonly Form[] {
  const { result, density } = aiSettings()
  const label = bench.ui.getState().labelsById.get(now.labelId)
  const type = (label && resultTypeOf(label, result)) ?? result
  const edited = editedShape(bench, now)
  // What is outlined anew stays what it is.
  return cached(found, edited?.type === 'mask' ? 'mask' : edited ? 'polygon' : type, density, now)
}

let last: { of: Found; key: string; forms: readonly Form[] } | null = null

/** A slider moved back and forth, a list drawn again: the same question as a moment ago. */
function cached(
  found: Found,
  type: Parameters<typeof formsOf>[1],
  density: number,
  { size }: Interaction,
): readonly Form[] {
  const key = `${type} ${density}`
  if (last?.of !== found || last.key !== key)
    last = { of: found, key, forms: formsOf(found, type, density, size) }
  return last.forms
}

function editedShape(bench: Bench, { edited }: Interaction): Shape | null {
  const [one] = edited === null ? [] : annotationsOf(bench, [edited])
  return one?.kind === 'shape' ? one : null
}

/** One step: the shapes of an object, parts of it in a group; or the new outline of an old one. */
export function keepFound(bench: Bench, now: Interaction, found: Found): void {
  const forms = currentForms(bench, now, found)
  const [first] = forms
  if (!first) {
    bench.ui.setState({ hint: 'interactNothingFound' })
    return
  }
  const edited = editedShape(bench, now)
  const step = edited
    ? updateStep('redraw', [edited], () => {
        const largest = forms.length > 1 ? largestOf(forms) : first
        return {
          ...edited,
          points: [...largest.points],
          rotation: 0,
          score: found.score,
          source: 'semi-auto' as const,
        }
      })
    : creation(bench, now, forms, found.score)
  if (step) bench.document.apply({ ...step, frame: now.frame })
}

function creation(
  bench: Bench,
  { frame, labelId, zOrder }: Interaction,
  forms: readonly Form[],
  score: number | null,
) {
  const isGroup = forms.length > 1
  const ids = bench.document.takeIds(forms.length + (isGroup ? 1 : 0))
  if (!ids) return null
  const group = isGroup ? (ids.at(-1) ?? 0) : 0
  const shapes = forms.flatMap(({ type, points }, at): Shape[] => {
    const id = ids[at]
    if (id === undefined) return []
    const shape = newShape({ type, points, rotation: 0 }, { id, frame, labelId, zOrder })
    return [{ ...shape, group, score, source: 'semi-auto' }]
  })
  return createStep('draw', shapes, bench.ui.getState().labelsById.get(labelId)?.name)
}

/** By points: parts of one contour are simplified alike. */
function largestOf(forms: readonly Form[]): Form {
  return forms.reduce((a, b) => (b.points.length > a.points.length ? b : a))
}
