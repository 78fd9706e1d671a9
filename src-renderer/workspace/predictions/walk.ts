import { shapeBox } from '#renderer/canvas/geometry/shape-box.ts'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Difference, Prediction, PredictionId } from '#shared/domain/prediction.ts'
import { annotationsOf, type Bench, shapeNow } from '../bench/bench.ts'
import { goTo, stopPlaying } from '../bench/player.ts'
import { keyOf, shownOf, steppedDifference } from './differences.ts'
import { stepped } from './rows.ts'

/** Open the panel, on the list or on the differences. */
export function openPanel(bench: Bench, view?: 'list' | 'differences'): void {
  bench.ui.setState({ tab: 'predictions' })
  if (view) showView(bench, view)
}

export function showView({ predictions, differences }: Bench, view: 'list' | 'differences'): void {
  predictions.state.setState({ view })
  if (view === 'differences' && !differences.state.getState().isBegun) void differences.begin()
}

/** The next one, or the one before: of this frame, else of the next frame that has any. */
export function stepOpen(bench: Bench, by: 1 | -1): void {
  openPanel(bench)
  const { view, here, chosen } = bench.predictions.state.getState()
  if (view === 'differences') {
    stepDifference(bench, by)
    return
  }
  const next = stepped(here, chosen, by)
  if (next === null) void goToOpen(bench, by)
  else choosePrediction(bench, next)
}

/** Open the list, on a frame that has any: this one, the next one, or the one before. */
export async function openList(bench: Bench): Promise<void> {
  openPanel(bench, 'list')
  const { here, isAsking } = bench.predictions.state.getState()
  if (here.length > 0 || isAsking) return
  if (!(await goToOpen(bench, 1))) await goToOpen(bench, -1)
}

/** The same as soon as the layer is known: for who comes from a run that predicted. */
export function openListWhenKnown(bench: Bench): void {
  bench.ui.setState({ tab: 'predictions' })
  const stop = bench.predictions.state.subscribe(({ summary, isAsking }) => {
    if (summary === null || isAsking) return
    stop()
    void openList(bench)
  })
}

/** The next frame with open predictions, or the one before. @returns whether there is one */
export async function goToOpen(bench: Bench, by: 1 | -1): Promise<boolean> {
  stopPlaying(bench)
  const { taskId, document } = bench
  const from = document.state.getState().wanted
  const direction = by === 1 ? 'forward' : 'backward'
  try {
    const { frame } = await client.predictions.next({ taskId, from, direction })
    const { start, stop } = document.range
    if (frame === null || frame < start || frame > stop) {
      bench.ui.setState({ hint: 'noMorePredictions' })
      return false
    }
    await document.goTo(frame)
    return true
  } catch (error) {
    notifyProblem(problemOf(error))
    return false
  }
}

export function choosePrediction(bench: Bench, id: PredictionId): void {
  bench.predictions.state.setState({ chosen: id })
  const shape = shapeOfPrediction(bench, id)
  if (shape) bringIntoView(bench, [shape])
}

/** Bring it into view, with room around it. */
export function focusPrediction(bench: Bench, id: PredictionId): void {
  const shape = shapeOfPrediction(bench, id)
  if (shape) bench.canvas?.focus(shapeBox(shape))
}

function shapeOfPrediction({ predictions }: Bench, id: PredictionId | null): Shape | null {
  const one = predictions.state.getState().here.find((open) => open.id === id)
  if (!one || one.proposal.kind === 'tag') return null
  return { ...one.proposal, id: 0 as AnnotationId }
}

/** The difference in hand; null while none is, or the list is shown. */
export function currentDifference({ predictions, differences }: Bench): Difference | null {
  if (predictions.state.getState().view !== 'differences') return null
  const { entries, current } = differences.state.getState()
  return (current !== null && entries.find((one) => keyOf(one) === current)) || null
}

/** The proposal of the difference in hand, once its frame is on screen. */
export function predictionInHand(bench: Bench): Prediction | null {
  const id = currentDifference(bench)?.predictionId ?? null
  return bench.predictions.state.getState().here.find((one) => one.id === id) ?? null
}

function stepDifference(bench: Bench, by: 1 | -1): void {
  const state = bench.differences.state.getState()
  const rows = shownOf(state)
  const next = steppedDifference(rows, state.current, by)
  if (next) visit(bench, next)
  // The hand is near the end of what is loaded.
  if (next && rows.indexOf(next) >= rows.length - 20) void bench.differences.more()
}

/** Go where a difference is: both sides are shown when the frame is there (see `followVisits`). */
export function visit(bench: Bench, difference: Difference): void {
  bench.differences.choose(keyOf(difference))
  if (bench.document.state.getState().wanted !== difference.frame) goTo(bench, difference.frame)
}

/** Shows both sides of the difference in hand as soon as its frame is on screen. Returns how to stop. */
export function followVisits(bench: Bench): () => void {
  const { document, predictions, differences } = bench
  /** What was brought into view: only once, or nobody could look elsewhere. */
  let shown: string | null = null
  const show = () => {
    const current = currentDifference(bench)
    if (!current) shown = null
    const { frame, annotations } = document.state.getState()
    if (!current || current.frame !== frame || shown === keyOf(current)) return
    const { annotationId, predictionId } = current
    const isHere =
      (annotationId === null || annotations.has(annotationId)) &&
      (predictionId === null || predictionInHand(bench) !== null)
    if (!isHere) return
    shown = keyOf(current)
    bench.ui.setState({ hovered: null })
    document.activate(annotationId === null ? [] : [annotationId])
    bringIntoView(bench, sidesOf(bench, current))
  }
  const stops = [
    document.state.subscribe(show),
    predictions.state.subscribe(show),
    differences.state.subscribe(show),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function sidesOf(bench: Bench, { annotationId, predictionId }: Difference): Shape[] {
  const predicted = shapeOfPrediction(bench, predictionId)
  const [drawn] = annotationId === null ? [] : annotationsOf(bench, [annotationId])
  const shape = drawn ? shapeNow(bench, drawn) : null
  return [predicted, shape].filter((one) => one !== null)
}

/** Smaller than this share of what is on screen is a speck. */
const SPECK = 0.02

/** Only where it is not in sight already: the view is the person's. */
function bringIntoView({ canvas }: Bench, shapes: readonly Shape[]): void {
  if (!canvas || shapes.length === 0) return
  const boxes = shapes.map(shapeBox)
  const box = {
    x1: Math.min(...boxes.map(({ x1 }) => x1)),
    y1: Math.min(...boxes.map(({ y1 }) => y1)),
    x2: Math.max(...boxes.map(({ x2 }) => x2)),
    y2: Math.max(...boxes.map(({ y2 }) => y2)),
  }
  const { visible } = canvas
  const isInside =
    box.x1 >= visible.x1 && box.y1 >= visible.y1 && box.x2 <= visible.x2 && box.y2 <= visible.y2
  const side = Math.max(box.x2 - box.x1, box.y2 - box.y1)
  const isSpeck = side < SPECK * Math.max(visible.x2 - visible.x1, visible.y2 - visible.y1)
  if (!isInside || isSpeck) canvas.focus(box)
}
