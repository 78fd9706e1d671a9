import type { DocumentState } from '#renderer/state/document.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'
import { selectTool, startDrawing, takeTool, topLayer } from '../bench/drawing.ts'
import { isShown } from '../filter/shown.ts'
import { offerBack } from './offer-back.tsx'
import { paintedStep } from './painted-step.ts'
import { maskTool, type Painting } from './painting.ts'

type Seen = Pick<DocumentState, 'annotations' | 'views'>

/** The canvas says that the mask is done: one step, and the next mask where that is wanted. */
export function finishPainting(bench: Bench, points: readonly number[]): void {
  const { painting } = bench.ui.getState()
  if (!painting) return
  keep(bench, painting, points, bench.document.state.getState())
  bench.ui.setState({ painting: null })
  if (painting.continues) queueMicrotask(() => startDrawing(bench, { shape: 'mask' }))
}

/** N, Ctrl: finish this one and begin another with the same label. */
export function continuePainting(bench: Bench): void {
  const { painting } = bench.ui.getState()
  if (!painting) return
  bench.ui.setState({ painting: { ...painting, continues: true } })
  bench.canvas?.finishDrawing()
  const left = bench.ui.getState().painting
  // Refused, say because nothing is painted yet: then N is to end it again.
  if (left) bench.ui.setState({ painting: { ...left, continues: false } })
}

/**
 * Keeps painting and document in step: leaving the frame finishes the mask on the frame it was painted on and begins one
 * on the next; taking another tool leaves it, with a way back.
 */
export function followPainting(bench: Bench): readonly (() => void)[] {
  let seen: Seen = bench.document.state.getState()
  return [
    bench.document.state.subscribe((state) => {
      const { painting, tool } = bench.ui.getState()
      if (!painting || state.frame === painting.frame) {
        seen = state
        return
      }
      const { session } = painting
      session.closeOutline()
      const points = session.strokes > 0 ? session.points() : null
      const before = seen
      seen = state
      bench.ui.setState({ painting: null })
      if (points) keep(bench, painting, points, before)
      if (tool !== 'mask') return
      // Who corrected one mask did not ask for another.
      const goesOn = painting.edited === null && state.picture?.kind === 'ready'
      if (goesOn) startDrawing(bench, { shape: 'mask' })
      else selectTool(bench, 'select')
    }),
    bench.ui.subscribe(({ tool, painting }, before) => {
      if (!painting || tool === 'mask' || before.tool !== 'mask') return
      bench.ui.setState({ painting: null })
      if (painting.session.strokes >= WORTH_KEEPING)
        offerBack('mask', () => takeUp(bench, painting))
    }),
  ]
}

/** Fewer strokes are painted again sooner than the offer is read. */
const WORTH_KEEPING = 3

/** The session that was left goes on. */
function takeUp(bench: Bench, painting: Painting): void {
  const { labelsById, painting: other } = bench.ui.getState()
  const label = labelsById.get(painting.labelId)
  const { frame } = bench.document.state.getState()
  if (!label || other || frame !== painting.frame) return
  bench.ui.setState({ painting })
  const tool = maskTool(bench, label)
  if (tool) takeTool(bench, 'mask', tool)
}

/** One step of the document. @param seen  its frame as it was while it was painted on */
function keep(bench: Bench, painting: Painting, points: readonly number[], seen: Seen): void {
  const { edited, frame, labelId } = painting
  const before = edited === null ? null : (seen.annotations.get(edited) ?? null)
  const id = before ? before.id : bench.document.takeIds(1)?.[0]
  if (id === undefined) return
  const isTouchable = (one: typeof id) => {
    const view = seen.views.get(one)
    const known = seen.annotations.get(one)
    const isSeen = view?.hidden !== true && (!known || isShown(bench, known))
    return view?.locked !== true && isSeen
  }
  const { removeUnderlyingPixels } = useSettings.getState()
  const step = paintedStep(
    {
      ...{ points, frame, labelId, edited: before, id },
      zOrder: topLayer(bench, seen.annotations),
      asTrack: bench.ui.getState().draw.objectType === 'track',
    },
    removeUnderlyingPixels ? { annotations: seen.annotations.values(), isTouchable } : null,
    bench.ui.getState().labelsById.get(labelId)?.name,
  )
  if (step) bench.document.apply(step)
}
