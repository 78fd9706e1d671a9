import { Picks } from '#renderer/canvas/tools/picks.ts'
import type { ShapeType } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { annotationsOf, type Bench, shapesOf, type ToolName } from '../bench/bench.ts'
import { selectTool, takeTool } from '../bench/drawing.ts'

/** What is done with shapes that are picked one by one: group, join, merge … */
export interface PickVerb {
  /** Its tool's name: the rail's button, the status bar's `guide-…`. */
  readonly name: ToolName
  /** Types it can do something with; null = all. */
  readonly accepts: readonly ShapeType[] | null
  /** What is told of the others: a key of the locale file `canvas`. */
  readonly otherwise: string
  /** Picks stay while the frame changes, for verbs that reach over frames. */
  readonly acrossFrames: boolean
  /** @returns null when it is done, else why it cannot be: a key of the locale file `canvas`; picking goes on */
  apply(bench: Bench, ids: readonly AnnotationId[]): string | null
}

/** The verb in hand and what it has so far. */
export interface Picking {
  readonly verb: PickVerb
  readonly ids: readonly AnnotationId[]
}

/** Reads on every picture a person may label, and is no label's colour by default. */
export const PICK_COLOR = '#ff3dbe'

/** The verb's key: begins picking with what is selected, and pressed again, does it. */
export function pickOrApply(bench: Bench, verb: PickVerb): void {
  if (isPicking(bench, verb)) bench.canvas?.finishDrawing()
  else startPicking(bench, verb)
}

export function isPicking(bench: Bench, verb: PickVerb): boolean {
  const { tool, picking } = bench.ui.getState()
  return tool === verb.name && picking?.verb === verb
}

function startPicking(bench: Bench, verb: PickVerb): void {
  const { active } = bench.document.state.getState()
  const fitting = shapesOf(bench, annotationsOf(bench, active))
    .filter(({ type }) => verb.accepts?.includes(type) ?? true)
    .filter(({ id }) => !bench.document.viewOf(id).locked)
    .map(({ id }) => id)
  const picks = new Picks(fitting)
  bench.document.activate([])
  bench.ui.setState({ picking: { verb, ids: fitting } })
  const { accepts, otherwise } = verb
  takeTool(bench, verb.name, { kind: 'pick', picks, color: PICK_COLOR, accepts, otherwise })
  if (!verb.acrossFrames) forgetOnNewFrame(bench, verb, picks)
}

/** Shapes of another frame cannot be joined by this verb: stepping away lets go of them. */
function forgetOnNewFrame(bench: Bench, verb: PickVerb, picks: Picks): void {
  const stop = bench.document.state.subscribe((now, before) => {
    const { picking } = bench.ui.getState()
    if (bench.canvas?.tool.kind !== 'pick' || picking?.verb !== verb) {
      stop()
    } else if (now.frame !== before.frame) {
      picks.clear()
      bench.ui.setState({ picking: { ...picking, ids: [] } })
    }
  })
}

/** The canvas told what is picked. */
export function onPick(bench: Bench, ids: readonly AnnotationId[], done: boolean): void {
  const { picking } = bench.ui.getState()
  if (!picking) return
  bench.ui.setState({ picking: { ...picking, ids } })
  if (done) applyPicks(bench, picking.verb, ids)
}

function applyPicks(bench: Bench, verb: PickVerb, ids: readonly AnnotationId[]): void {
  const problem = verb.apply(bench, ids)
  if (problem === null) selectTool(bench, 'select')
  else bench.ui.setState({ hint: problem })
}
