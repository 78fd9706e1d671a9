import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Bench } from '../bench/bench.ts'

/** Only these are seen until isolating is switched off again; the filter goes on beneath. */
export function isolate(bench: Bench, ids: readonly AnnotationId[]): void {
  if (bench.ui.getState().isolated || ids.length === 0) showAll(bench)
  else bench.ui.setState({ isolated: new Set(ids) })
}

export function showAll(bench: Bench): void {
  if (bench.ui.getState().isolated) bench.ui.setState({ isolated: null })
}

/** On a frame that has none of them there would be nothing to see and no hint why. Returns how to stop. */
export function followIsolation(bench: Bench): () => void {
  return bench.document.state.subscribe(({ annotations }, before) => {
    const { isolated } = bench.ui.getState()
    if (!isolated || annotations === before.annotations) return
    if (![...isolated].some((id) => annotations.has(id))) showAll(bench)
  })
}
