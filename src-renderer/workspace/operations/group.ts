import type { AnnotationId } from '#shared/domain/ids.ts'
import { annotationsOf, type Bench, targetIds } from '../bench/bench.ts'
import { selectTool } from '../bench/drawing.ts'
import { change } from '../bench/editing.ts'
import { isPicking, type PickVerb } from './picking.ts'

/** G: what is picked becomes one group, in all frames its tracks are on. */
export const grouping: PickVerb = {
  name: 'group',
  accepts: null,
  otherwise: 'pickNeedsShape',
  acrossFrames: false,
  apply(bench, ids) {
    const picked = annotationsOf(bench, ids)
    if (picked.length === 0) return 'groupNeedsOne'
    // A number no group of the task has or will have: ids are given out once.
    const group = bench.document.takeIds(1)?.[0]
    if (group === undefined) return null
    change(bench, 'group', picked, (one) => ({ ...one, group }))
    bench.document.activate(ids)
    return null
  },
}

/** Shift+G: what is picked, or else selected, belongs to no group any more. */
export function resetGroup(bench: Bench): void {
  const isOn = isPicking(bench, grouping)
  const ids = isOn ? (bench.ui.getState().picking?.ids ?? []) : targetIds(bench)
  const grouped = unlockedIn(bench, ids).filter(({ group }) => group !== 0)
  if (grouped.length === 0) {
    bench.ui.setState({ hint: 'groupNoneGrouped' })
    return
  }
  change(bench, 'ungroup', grouped, (one) => ({ ...one, group: 0 }))
  if (isOn) selectTool(bench, 'select')
}

function unlockedIn(bench: Bench, ids: readonly AnnotationId[]) {
  return annotationsOf(bench, ids).filter(({ id }) => !bench.document.viewOf(id).locked)
}
