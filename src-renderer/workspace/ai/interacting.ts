import { shapeBox } from '#renderer/canvas/geometry/shape-box.ts'
import { EMPTY_PROMPT } from '#renderer/canvas/tools/interact-session.ts'
import {
  aiSettings,
  inForce,
  isOpenCv,
  knownFunctions,
  setAi,
} from '#renderer/state/known-functions.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { annotationsOf, type Bench, editableTargets, shapesOf } from '../bench/bench.ts'
import { selectTool, takeTool } from '../bench/drawing.ts'
import { afterDrawn } from '../modes/single-shape/single-shape.ts'
import { aiProblem } from './ai-problem.ts'
import { type Interaction, newInteraction, resultTypeOf } from './interaction.ts'
import { keepFound } from './keep-found.ts'
import { beginStart } from './starting.ts'

/** The label the next object gets: the chosen one where what is found fits it, else the first that does. */
export function interactLabel(bench: Bench): Label | null {
  const { labels, labelsById, draw } = bench.ui.getState()
  const { result } = aiSettings()
  const fits = (label: Label) => resultTypeOf(label, result) !== null
  const chosen = draw.labelId === null ? undefined : labelsById.get(draw.labelId)
  return chosen && fits(chosen) ? chosen : (labels.find(fits) ?? null)
}

/** The tool with the interactor used last; where there is none, its card says what to do. */
export async function startInteracting(bench: Bench): Promise<void> {
  const isWanted = beginStart()
  try {
    const all = await knownFunctions('interactor')
    if (!isWanted()) return
    const info = inForce(
      all.filter((one) => !isOpenCv(one)),
      aiSettings().interactor,
    )
    if (info) interactWith(bench, info)
    else bench.ui.setState({ toolCard: 'ai' })
  } catch (error) {
    notifyProblem(aiProblem(error))
  }
}

/** N: the interactor that was in hand last, of either card. */
export async function interactAgain(bench: Bench): Promise<void> {
  if (!lastUsed) return startInteracting(bench)
  const isWanted = beginStart()
  const all = await knownFunctions('interactor').catch(() => [])
  if (!isWanted()) return
  const info = all.find(({ id }) => id === lastUsed)
  if (info) interactWith(bench, info)
  else await startInteracting(bench)
}

let lastUsed: string | null = null

/** The tool with this interactor, ready to point. */
export function interactWith(bench: Bench, info: FunctionInfo): void {
  const label = canBegin(bench)
  if (!label) return
  lastUsed = info.id
  setAi(isOpenCv(info) ? { openCvInteractor: info.id } : { interactor: info.id })
  bench.document.activate([])
  take(bench, newInteraction(bench, info, label.id))
}

/** A frame to work on, and a label to give; says what is missing. */
export function canBegin(bench: Bench): Label | null {
  const { frame, marks } = bench.document.state.getState()
  if (bench.ui.getState().task.mediaState !== 'ready') return null
  if (marks.isDeleted(frame)) {
    bench.ui.setState({ hint: 'frameDeleted' })
    return null
  }
  const label = interactLabel(bench)
  if (label) return label
  const hasLabels = bench.ui.getState().labels.length > 0
  bench.ui.setState(hasLabels ? { hint: 'interactNoLabel' } : { tab: 'labels', wantsLabel: true })
  return null
}

/** What is under the pointer or selected, to be outlined better: a mask or polygon that may be changed. */
export function refineTarget(bench: Bench) {
  const [target, ...more] = editableTargets(bench)
  const [shape] = target ? shapesOf(bench, [target]) : []
  const isOutline = shape?.type === 'mask' || shape?.type === 'polygon'
  return target?.kind === 'shape' && isOutline && more.length === 0 ? shape : null
}

/** Asks the interactor for an object in the box of a shape; the result takes the shape's place. */
export async function startRefining(bench: Bench): Promise<void> {
  const target = refineTarget(bench)
  if (!target) {
    bench.ui.setState({ hint: 'refineNeedsOutline' })
    return
  }
  const isWanted = beginStart()
  try {
    const all = await knownFunctions('interactor')
    if (!isWanted()) return
    const able = all.filter(({ prompts }) => prompts?.box !== 'none')
    const info = inForce(able, aiSettings().interactor)
    if (!info) {
      bench.ui.setState({ hint: 'refineNeedsBox' })
      return
    }
    bench.document.activate([])
    const prompt = { ...EMPTY_PROMPT, box: shapeBox(target) }
    take(bench, newInteraction(bench, info, target.labelId, { edited: target.id, prompt }))
  } catch (error) {
    notifyProblem(aiProblem(error))
  }
}

function take(bench: Bench, interaction: Interaction | null): void {
  if (!interaction) return
  bench.ui.getState().interaction?.close()
  bench.ui.setState({ interaction, repeats: 'interact' })
  const { session } = interaction
  takeTool(bench, 'interact', { kind: 'interact', session, finish: () => finish(bench) })
  if (interaction.edited !== null) bench.canvas?.conceal([interaction.edited])
}

/**
 * N, Enter, Done. @returns false when the tool stays in hand: nothing was found yet, or its answer is awaited
 */
function finish(bench: Bench): boolean {
  const { interaction } = bench.ui.getState()
  if (!interaction) return true
  const { asker, session } = interaction
  if (asker.answer) {
    keepFound(bench, interaction, asker.answer)
    goOn(bench)
    return true
  }
  if (session.isEnough && asker.answer === undefined) void finishWhenAnswered(bench, interaction)
  else bench.ui.setState({ hint: session.isEmpty ? 'interactNothing' : 'interactNothingFound' })
  return false
}

async function finishWhenAnswered(bench: Bench, interaction: Interaction): Promise<void> {
  const { prompt } = interaction.session
  const found = await interaction.asker.settle()
  const isStillMeant =
    bench.ui.getState().interaction?.session === interaction.session &&
    interaction.session.prompt === prompt
  if (found && isStillMeant) bench.canvas?.finishDrawing()
}

/** Several in a row, and the workspaces that go on by themselves. */
function goOn(bench: Bench): void {
  const { mode, draw, interaction } = bench.ui.getState()
  if (!interaction) return
  const { info, edited } = interaction
  if (mode === 'single-shape') queueMicrotask(() => afterDrawn(bench))
  else if (draw.again && edited === null) queueMicrotask(() => interactWith(bench, info))
}

/** Shift+N: keeps this object, and points at the next at once. */
export function finishAndGoOn(bench: Bench): void {
  const { interaction } = bench.ui.getState()
  if (!interaction) return
  void interaction.asker.settle().then((found) => {
    const now = bench.ui.getState().interaction
    if (!found || now?.session !== interaction.session) return
    keepFound(bench, now, found)
    if (now.edited === null) interactWith(bench, now.info)
    else selectTool(bench, 'select')
  })
}

/** What is being pointed at gets another label; clicks and answers stay. */
export function relabelInteraction(bench: Bench, labelId: LabelId): void {
  const { interaction, labelsById } = bench.ui.getState()
  const label = labelsById.get(labelId)
  if (!interaction || !label || resultTypeOf(label, aiSettings().result) === null) return
  bench.ui.setState({ interaction: { ...interaction, labelId } })
}

/**
 * Keeps tool and document in step: leaving the frame keeps what was found on the frame it was found on, and points on the
 * next; taking another tool leaves it without a trace.
 */
export function followInteraction(bench: Bench): readonly (() => void)[] {
  return [
    bench.document.state.subscribe((state) => {
      const { interaction, tool } = bench.ui.getState()
      if (!interaction) return
      const isGone =
        interaction.edited !== null && annotationsOf(bench, [interaction.edited]).length === 0
      if (state.frame === interaction.frame && !isGone) return
      const { info, asker, edited } = interaction
      if (asker.answer && !isGone) keepFound(bench, interaction, asker.answer)
      if (tool !== 'interact') return
      const goesOn = edited === null && state.picture?.kind === 'ready'
      if (goesOn && !state.marks.isDeleted(state.frame)) interactWith(bench, info)
      else selectTool(bench, 'select')
    }),
    bench.ui.subscribe(({ tool, interaction }, before) => {
      if (!interaction || tool === 'interact' || before.tool !== 'interact') return
      interaction.close()
      bench.ui.setState({ interaction: null })
    }),
    () => bench.ui.getState().interaction?.close(),
  ]
}
