import type { ActionContext } from '#renderer/state/action-contexts.ts'
import type { Bench } from '../bench/bench.ts'
import { hasLayer } from '../predictions/actions.ts'
import { jointTarget } from '../skeletons/joints.ts'

const deciding = ['deciding'] as const
const joint = ['joint'] as const
const NOT_DRAWING = new Set(['select', 'pan', 'zoom-area', 'paste'])

/** What keys mean now, the weaker first: the workspace, then what the hand is doing in it. */
export function contextsOfBench(bench: Bench): readonly ActionContext[] {
  const { mode, tool, tab } = bench.ui.getState()
  // The keyboard is in the timeline: its verbs, and of no other hand.
  if (document.activeElement?.closest('[data-timeline]')) return [mode, 'timeline']
  if (tool === 'mask') return [mode, 'drawing', 'drawing-mask']
  if (tool === 'interact' || tool === 'scissors') return [mode, 'drawing', 'interacting']
  const isDrawing = !NOT_DRAWING.has(tool) || bench.canvas?.isSketching === true
  if (isDrawing) return [mode, 'drawing']
  const isDeciding = mode === 'standard' && tab === 'predictions' && hasLayer(bench)
  return [mode, ...(isDeciding ? deciding : []), ...(jointTarget(bench) ? joint : [])]
}
