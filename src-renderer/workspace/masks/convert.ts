import type { Shape } from '#shared/domain/annotation.ts'
import { conversions, convertForm } from '#shared/geometry/convert.ts'
import { type Bench, editableTargets } from '../bench/bench.ts'
import { selectTool } from '../bench/drawing.ts'
import { type Converted, convertStep, idsNeeded } from './convert-step.ts'

/** The targets that can become this, locked ones and tracks left out. */
export function convertible(bench: Bench, to: 'mask' | 'polygon'): Shape[] {
  return editableTargets(bench).filter((one): one is Shape => {
    if (one.kind !== 'shape') return false
    return to === 'mask' ? conversions[one.type].includes('mask') : one.type === 'mask'
  })
}

/** Carries it out and tells of what could not be converted. */
export function convert(bench: Bench, converted: readonly Converted[]): void {
  const count = idsNeeded(converted)
  const ids = count === 0 ? [] : bench.document.takeIds(count)
  if (!ids) return
  const labels = new Set(converted.map(({ shape }) => shape.labelId))
  const [only] = labels
  const label =
    labels.size === 1 && only !== undefined
      ? bench.ui.getState().labelsById.get(only)?.name
      : undefined
  const step = convertStep(converted, ids, label)
  bench.ui.setState({ hovered: null })
  if (step) bench.document.apply(step)
  const isPart = converted.some(({ forms }) => forms.length === 0)
  if (isPart) bench.ui.setState({ hint: 'nothingLeftToConvert' })
}

/** The targets become masks at once: there is nothing to choose. */
export function convertToMasks(bench: Bench): void {
  const { picture } = bench.document.state.getState()
  if (picture?.kind !== 'ready') return
  const size = { width: picture.width, height: picture.height }
  convert(
    bench,
    convertible(bench, 'mask').map((shape) => ({
      shape,
      forms: convertForm(shape, 'mask', { size }),
    })),
  )
}

/** Opens the panel that asks how many points the polygons are to have. */
export function startConverting(bench: Bench): void {
  const masks = convertible(bench, 'polygon')
  if (masks.length === 0) return
  if (bench.ui.getState().tool !== 'select') selectTool(bench, 'select')
  bench.document.activate([])
  bench.ui.setState({ converting: masks, hovered: null })
}
