import type { Action } from '#renderer/state/actions.ts'
import { resultTypes } from '#renderer/state/ai-settings.ts'
import { aiSettings, setAi } from '#renderer/state/known-functions.ts'
import { detectAgain, stopDetecting } from '../ai/detecting.ts'
import { finishAndGoOn, refineTarget, startInteracting, startRefining } from '../ai/interacting.ts'
import { resultTypeOf } from '../ai/interaction.ts'
import type { Bench } from '../bench/bench.ts'
import { startScissors } from '../opencv/scissoring.ts'

/** Functions at work on the picture: interactors, detectors, scissors. */
export function aiActions(bench: Bench): Action[] {
  return [...tools(bench), ...whilePointing(bench)]
}

function tools(bench: Bench): Action[] {
  const mode = (id: string, keys: readonly string[], run: Action['run']): Action => ({
    id: `modes.${id}`,
    group: 'modes',
    keys,
    scope: 'workspace',
    run,
  })
  return [
    mode('interact', ['W'], () => startInteracting(bench)),
    mode('scissors', ['S'], () => startScissors(bench)),
    mode('ai-card', ['Alt+W'], () => bench.ui.setState({ toolCard: 'ai' })),
    mode('opencv-card', [], () => bench.ui.setState({ toolCard: 'opencv' })),
    {
      ...{ id: 'objects.detect', group: 'objects', keys: ['Shift+W'], scope: 'workspace' },
      run: () => detectAgain(bench),
    },
    {
      ...{ id: 'objects.detect-stop', group: 'objects', keys: [], scope: 'workspace' },
      canRun: () => bench.ui.getState().detecting !== null,
      run: () => stopDetecting(bench),
    },
    {
      ...{ id: 'objects.refine', group: 'objects', keys: ['Shift+Alt+W'], scope: 'workspace' },
      canRun: () => refineTarget(bench) !== null,
      run: () => startRefining(bench),
    },
  ]
}

/** Keys of these mean this only while an object is pointed out, or cut along its edges. */
function whilePointing(bench: Bench): Action[] {
  const make = (id: string, keys: readonly string[], run: () => void): Action => ({
    id: `ai.${id}`,
    group: 'modes',
    keys,
    scope: 'workspace',
    context: 'interacting',
    canRun: () => session(bench) !== null,
    run,
  })
  const pointing = (id: string, keys: readonly string[], run: () => void): Action => ({
    ...make(id, keys, run),
    canRun: () => bench.ui.getState().interaction !== null,
  })
  const put = (isPositive: boolean) => {
    const { interaction } = bench.ui.getState()
    if (interaction) interaction.session.leftIsPositive = isPositive
  }
  return [
    pointing('positive', ['Q'], () => put(true)),
    pointing('negative', ['E'], () => put(false)),
    pointing('clear', ['B'], () => bench.ui.getState().interaction?.session.clear()),
    pointing('result', ['P'], () => nextResult(bench)),
    pointing('region', ['U'], () => setAi({ onlyVisible: !aiSettings().onlyVisible })),
    make('fewer-points', ['['], () => changeDensity(bench, -0.05)),
    make('more-points', [']'], () => changeDensity(bench, 0.05)),
    make('block', ['Shift+B'], () => toggleBlock(bench)),
    make('undo', [], () => void session(bench)?.undo()),
    make('redo', ['Ctrl+Shift+Z', 'Ctrl+Y'], () => session(bench)?.redo()),
    make('done', [], () => bench.canvas?.finishDrawing()),
    pointing('continue', ['Shift+N', 'Ctrl+Enter'], () => finishAndGoOn(bench)),
  ]
}

/** What is in hand: both have undo and can be blocked. */
function session(bench: Bench) {
  const { interaction, scissoring } = bench.ui.getState()
  return interaction?.session ?? scissoring?.session ?? null
}

function toggleBlock(bench: Bench): void {
  const now = session(bench)
  if (now) now.isBlocked = !now.isBlocked
}

export function changeDensity(bench: Bench, by: number): void {
  const density = Math.min(1, Math.max(0, aiSettings().density + by))
  const { scissoring } = bench.ui.getState()
  if (scissoring) scissoring.session.density = density
  else setAi({ density })
}

/** Polygon, mask, box, round and round; a label of one type leaves no choice. */
function nextResult(bench: Bench): void {
  const { interaction, labelsById } = bench.ui.getState()
  const label = interaction && labelsById.get(interaction.labelId)
  const { result } = aiSettings()
  const next = resultTypes[(resultTypes.indexOf(result) + 1) % resultTypes.length] ?? 'polygon'
  if (label && resultTypeOf(label, next) === next) setAi({ result: next })
}
