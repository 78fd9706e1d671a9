import { createStore, type StoreApi } from 'zustand/vanilla'
import { ScissorsSession } from '#renderer/canvas/tools/scissors-session.ts'
import { client } from '#renderer/state/client.ts'
import { aiSettings, setAi } from '#renderer/state/known-functions.ts'
import { createStep, newShape } from '#renderer/state/steps.ts'
import type { FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { convertForm, type Form } from '#shared/geometry/convert.ts'
import { isFlat } from '#shared/geometry/shape-rules.ts'
import type { Bench } from '../bench/bench.ts'
import { selectTool, takeTool, topLayer } from '../bench/drawing.ts'
import { afterDrawn } from '../modes/single-shape/single-shape.ts'
import { WayFinder } from './way-finder.ts'

/** An outline being cut along edges, from the first look at the tool until it is finished or left. */
export interface Scissoring {
  readonly session: ScissorsSession
  readonly ways: WayFinder
  readonly problem: StoreApi<{ readonly problem: ErrorBody | null }>
  readonly frame: FrameIndex
  readonly labelId: LabelId
  readonly zOrder: number
}

/** Labels that can have an outline: drawn as a polygon, or as the mask inside it. */
export const fitsScissors = ({ type }: Label): boolean =>
  type === 'any' || type === 'polygon' || type === 'mask'

export function scissorsLabel(bench: Bench): Label | null {
  const { labels, labelsById, draw } = bench.ui.getState()
  const chosen = draw.labelId === null ? undefined : labelsById.get(draw.labelId)
  return chosen && fitsScissors(chosen) ? chosen : (labels.find(fitsScissors) ?? null)
}

export function startScissors(bench: Bench): void {
  const { task, labels } = bench.ui.getState()
  const { frame, marks, picture } = bench.document.state.getState()
  if (task.mediaState !== 'ready' || picture?.kind !== 'ready') return
  if (marks.isDeleted(frame)) {
    bench.ui.setState({ hint: 'frameDeleted' })
    return
  }
  const label = scissorsLabel(bench)
  if (!label) {
    bench.ui.setState(
      labels.length > 0 ? { hint: 'scissorsNoLabel' } : { tab: 'labels', wantsLabel: true },
    )
    return
  }
  bench.document.activate([])
  const size = { width: picture.width, height: picture.height }
  const session = new ScissorsSession(size, aiSettings().density)
  session.subscribe(() => {
    if (session.density !== aiSettings().density) setAi({ density: session.density })
  })
  const problem = createStore<{ problem: ErrorBody | null }>(() => ({ problem: null }))
  const ways = new WayFinder(
    session,
    async ({ from, to, reach }, signal) => {
      const question = { from: [from.x, from.y], to: [to.x, to.y], reach } as const
      const input = { taskId: bench.taskId, frame, ...question }
      const { path } = await client.functions.scissors(
        { ...input, from: [...input.from], to: [...input.to] },
        { signal },
      )
      return path
    },
    (now) => {
      if (problem.getState().problem !== now) problem.setState({ problem: now })
    },
  )
  bench.ui.getState().scissoring?.ways.close()
  const scissoring = { session, ways, problem, frame, labelId: label.id, zOrder: topLayer(bench) }
  bench.ui.setState({ scissoring, repeats: 'scissors' })
  take(bench, scissoring, label)
}

function take(bench: Bench, { session }: Scissoring, { color }: Label): void {
  takeTool(bench, 'scissors', { kind: 'scissors', session, color, finish: () => finish(bench) })
}

/** Another label: the outline goes on in its colour. */
export function relabelScissors(bench: Bench, labelId: LabelId): void {
  const { scissoring, labelsById } = bench.ui.getState()
  const label = labelsById.get(labelId)
  if (!scissoring || !label || !fitsScissors(label)) return
  const now = { ...scissoring, labelId }
  bench.ui.setState({ scissoring: now })
  take(bench, now, label)
}

/** N, Enter, Done, or a click on the first anchor. @returns false when the tool stays in hand */
function finish(bench: Bench): boolean {
  const { scissoring } = bench.ui.getState()
  if (!scissoring) return true
  const { session, ways } = scissoring
  if (session.isOpen) {
    void ways.settled().then(() => {
      if (bench.ui.getState().scissoring?.session === session) bench.canvas?.finishDrawing()
    })
    return false
  }
  const problem = keep(bench, scissoring)
  if (problem !== null) {
    bench.ui.setState({ hint: problem })
    return false
  }
  const { mode, draw } = bench.ui.getState()
  if (mode === 'single-shape') queueMicrotask(() => afterDrawn(bench))
  else if (draw.again) queueMicrotask(() => startScissors(bench))
  return true
}

/** One step. @returns why not, a key of the locale file `canvas` */
function keep(bench: Bench, scissoring: Scissoring): string | null {
  const { session, frame, labelId, zOrder } = scissoring
  const points = session.outline
  if (points.length < 6) return 'polygonNeedsThreePoints'
  if (isFlat('polygon', points)) return 'polygonTooSmall'
  const label = bench.ui.getState().labelsById.get(labelId)
  const outline: Form = { type: 'polygon', points, rotation: 0 }
  const [form] =
    label?.type === 'mask' ? convertForm(outline, 'mask', { size: session.imageSize }) : [outline]
  const id = form && bench.document.takeIds(1)?.[0]
  if (!form || id === undefined) return 'polygonTooSmall'
  const shape = newShape({ ...form }, { id, frame, labelId, zOrder })
  const step = createStep('draw', [{ ...shape, source: 'semi-auto' }], label?.name)
  bench.document.apply({ ...step, frame })
  return null
}

/**
 * Another frame: what is an outline already is kept on its own frame, and the tool goes on; another tool leaves without a
 * trace.
 */
export function followScissors(bench: Bench): readonly (() => void)[] {
  return [
    bench.document.state.subscribe((state) => {
      const { scissoring, tool } = bench.ui.getState()
      if (!scissoring || state.frame === scissoring.frame) return
      if (!scissoring.session.isOpen && scissoring.session.anchors.length > 2)
        keep(bench, scissoring)
      if (tool !== 'scissors') return
      const isThere = state.picture?.kind === 'ready' && !state.marks.isDeleted(state.frame)
      if (isThere) startScissors(bench)
      else selectTool(bench, 'select')
    }),
    bench.ui.subscribe(({ tool, scissoring }, before) => {
      if (!scissoring || tool === 'scissors' || before.tool !== 'scissors') return
      scissoring.ways.close()
      bench.ui.setState({ scissoring: null })
    }),
    () => bench.ui.getState().scissoring?.ways.close(),
  ]
}
