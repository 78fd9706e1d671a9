import type { Canvas2d } from '#renderer/canvas/canvas-api.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { PredictionId } from '#shared/domain/prediction.ts'
import type { Bench } from '../bench/bench.ts'
import { ghostsOf } from './ghosts.ts'
import { currentDifference } from './walk.ts'

function proposalInHand(bench: Bench) {
  const { predictionId: id = null, annotationId = null } = currentDifference(bench) ?? {}
  return id === null ? null : { id, isPair: annotationId !== null }
}

/** Keeps the canvas showing the layer, and the layer knowing what the pointer is on. Returns how to stop. */
export function showGhosts(bench: Bench, canvas: Canvas2d): readonly (() => void)[] {
  const { predictions, differences, ui } = bench
  const show = () => {
    const state = predictions.state.getState()
    canvas.setGhosts(ghostsOf(state, proposalInHand(bench), ui.getState().labelsById))
    activate()
  }
  const activate = () => {
    const { view, hovered, chosen } = predictions.state.getState()
    // Of a difference the one proposal is shown as it is: dashed over what was drawn.
    canvas.setActiveGhost(view === 'list' ? (hovered ?? chosen) : null)
  }
  show()
  return [
    predictions.state.subscribe((now, before) => {
      const isSame =
        now.here === before.here &&
        now.isShown === before.isShown &&
        now.view === before.view &&
        now.bar === before.bar
      if (!isSame) show()
      else if (now.hovered !== before.hovered || now.chosen !== before.chosen) activate()
    }),
    differences.state.subscribe((now, before) => {
      if (now.current !== before.current || now.entries !== before.entries) show()
    }),
    ui.subscribe((now, before) => {
      if (now.labelsById !== before.labelsById) show()
    }),
    useSettings.subscribe((now, before) => {
      if (now.palette !== before.palette) show()
    }),
    canvas.on('ghost', ({ id }) =>
      predictions.state.setState({ hovered: id as PredictionId | null }),
    ),
    canvas.on('pickGhost', ({ id }) => {
      predictions.state.setState({ chosen: id as PredictionId })
      if (ui.getState().hovered === null) ui.setState({ tab: 'predictions' })
    }),
  ]
}
