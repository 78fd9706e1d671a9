import type { Bench, WorkspaceMode } from '../bench/bench.ts'
import { selectTool } from '../bench/drawing.ts'
import { showFirst } from './attributes/attributes.ts'
import { drawNow } from './single-shape/single-shape.ts'

export const workspaceModes: readonly WorkspaceMode[] = [
  'standard',
  'attributes',
  'single-shape',
  'tags',
]

/** Change the workspace: what keys mean and which panel shows. The document stays as it is. */
export function enterMode(bench: Bench, mode: WorkspaceMode): void {
  if (bench.ui.getState().mode === mode) return
  bench.canvas?.cancel()
  selectTool(bench, 'select')
  bench.ui.setState({ mode, attributeAt: 0, menu: null })
  begin(bench)
}

/** What the workspace does by itself on every frame. */
function begin(bench: Bench): void {
  const { mode } = bench.ui.getState()
  if (mode === 'attributes') showFirst(bench)
  if (mode === 'single-shape') drawNow(bench)
}

/** While the screen is open: begin again on every new frame. Returns how to stop. */
export function followFrames(bench: Bench): () => void {
  return bench.document.state.subscribe((now, before) => {
    if (now.frame !== before.frame || now.picture !== before.picture)
      queueMicrotask(() => begin(bench))
  })
}
