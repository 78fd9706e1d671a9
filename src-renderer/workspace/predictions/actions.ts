import type { Action } from '#renderer/state/actions.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import type { Bench } from '../bench/bench.ts'
import { accept, reject, restore } from './decide.ts'
import { canResolve, resolutionsOf, resolveAt } from './resolve.ts'
import { currentDifference, goToOpen, openList, openPanel, stepOpen } from './walk.ts'

/** Whether there is anything to decide on, or was since the task was opened. */
export const hasLayer = ({ predictions, differences }: Bench): boolean =>
  (predictions.state.getState().summary?.open ?? 0) > 0 || differences.state.getState().isBegun

/** A layer of predictions: looked through, and decided on. */
export function predictionActions(bench: Bench): Action[] {
  const layer = () => bench.predictions.state
  const isOpen = () => hasLayer(bench)
  const make = (
    id: string,
    keys: readonly string[],
    run: Action['run'],
    canRun: () => boolean = isOpen,
  ): Action => ({
    ...{ id: `predictions.${id}`, group: 'objects', keys, scope: 'workspace' },
    ...{ canRun, run },
  })
  /** Of what is looked at: the keys mean this only while the panel is open. */
  const deciding = (...given: Parameters<typeof make>): Action => ({
    ...make(...given),
    context: 'deciding',
  })
  const chosen = () => {
    const { chosen: id, hovered, view } = layer().getState()
    const target = hovered ?? id
    return view === 'list' && target !== null ? [target] : []
  }
  const canDecide = (at: 0 | 1) => () => {
    const difference = currentDifference(bench)
    return difference
      ? canResolve(bench, difference, resolutionsOf(difference)[at])
      : chosen().length > 0
  }
  const here = () => layer().getState().here
  const isListed = () => layer().getState().view === 'list' && here().length > 0
  const hereIds = () => ({ ids: here().map(({ id }) => id) })
  const bar = () => layer().getState().bar
  return [
    make('list', [], () => openList(bench)),
    make(
      'differences',
      [],
      () => openPanel(bench, 'differences'),
      () => true,
    ),
    make('show', ['Shift+P'], () => layer().setState(({ isShown }) => ({ isShown: !isShown }))),
    make('next', ['.'], () => stepOpen(bench, 1)),
    make('previous', [','], () => stepOpen(bench, -1)),
    make('next-frame', [], () => void goToOpen(bench, 1)),
    make('previous-frame', [], () => void goToOpen(bench, -1)),
    deciding(
      'accept',
      ['Y'],
      () => (currentDifference(bench) ? resolveAt(bench, 0) : accept(bench, { ids: chosen() })),
      canDecide(0),
    ),
    deciding(
      'reject',
      ['X'],
      () => (currentDifference(bench) ? resolveAt(bench, 1) : reject(bench, { ids: chosen() })),
      canDecide(1),
    ),
    deciding('accept-frame', ['Shift+Y'], () => accept(bench, hereIds()), isListed),
    deciding('reject-frame', ['Shift+X'], () => reject(bench, hereIds()), isListed),
    make('accept-above', [], () => accept(bench, { minScore: bar() })),
    make('reject-below', [], () => reject(bench, { belowScore: bar() })),
    make(
      'restore',
      [],
      () => restore(bench),
      () => true,
    ),
    make(
      'clear',
      [],
      () => openDialog({ kind: 'clear-predictions', taskId: bench.taskId }),
      () => true,
    ),
  ]
}
