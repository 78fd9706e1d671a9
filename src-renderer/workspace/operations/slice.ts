import type { AnnotationId } from '#shared/domain/ids.ts'
import { annotationsOf, type Bench } from '../bench/bench.ts'
import { takeTool } from '../bench/drawing.ts'
import { PICK_COLOR } from './picking.ts'
import { replaceShapes } from './replace-shapes.ts'

/** Alt+J: cut what is selected, or what is clicked next. */
export function startSlicing(bench: Bench): void {
  const { active } = bench.document.state.getState()
  const [only, ...more] = active
  bench.document.activate([])
  takeTool(bench, 'slice', {
    kind: 'slice',
    shape: only !== undefined && more.length === 0 ? only : null,
    color: PICK_COLOR,
  })
}

/** The canvas cut a shape: the largest piece stays it, the others are new ones like it. */
export function finishSlice(
  bench: Bench,
  id: AnnotationId,
  pieces: readonly (readonly number[])[],
): void {
  const [kept] = annotationsOf(bench, [id])
  if (kept?.kind !== 'shape') {
    bench.ui.setState({ hint: 'onlyShapes' })
    return
  }
  const forms = pieces.map((points) => ({ type: kept.type, points: [...points], rotation: 0 }))
  const left = replaceShapes(bench, 'slice', { kept, forms, gone: [] })
  if (left) bench.document.activate(left)
}
