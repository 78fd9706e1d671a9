import type { Action } from '#renderer/state/actions.ts'
import { forgetStart } from '../ai/starting.ts'
import type { Bench } from '../bench/bench.ts'
import { repeatDrawing, selectTool, startDrawing } from '../bench/drawing.ts'

/** Tools, and how to leave them. */
export function modeActions(bench: Bench): Action[] {
  const mode = (id: string, keys: readonly string[], run: () => void): Action => ({
    id: `modes.${id}`,
    group: 'modes',
    keys,
    scope: 'workspace',
    run,
  })
  return [
    mode('draw-again', ['N'], () => repeatDrawing(bench)),
    mode('cancel', ['Esc'], () => cancel(bench)),
    mode('select', [], () => selectTool(bench, 'select')),
    mode('pan', [], () => selectTool(bench, 'pan')),
    mode('zoom-area', ['Z'], () => selectTool(bench, 'zoom-area')),
    mode('rectangle', [], () => startDrawing(bench, { shape: 'rectangle', objectType: 'shape' })),
    mode('polygon', [], () => startDrawing(bench, { shape: 'polygon', objectType: 'shape' })),
  ]
}

/** Escape goes one layer back: the menu, the gesture or tool, then the selection. */
function cancel(bench: Bench): void {
  forgetStart()
  const { menu, tool, painting, toolCard } = bench.ui.getState()
  if (menu) bench.ui.setState({ menu: null })
  else if (toolCard) bench.ui.setState({ toolCard: null })
  else if (bench.ui.getState().gallery) bench.ui.setState({ gallery: null })
  else if (painting?.session.back()) return
  else if (bench.canvas?.cancel() || tool !== 'select') selectTool(bench, 'select')
  else bench.document.activate([])
}
