import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { applyFilter, searchEmpty } from './filter-verbs.ts'

/** The filter: opened, cleared, and the frames it has nothing to say about. */
export function filterActions(bench: Bench): Action[] {
  const { ui } = bench
  const make = (
    id: string,
    group: Action['group'],
    keys: readonly string[],
    run: Action['run'],
  ): Action => ({ id, group, keys, scope: 'workspace', run })
  return [
    make('view.filter', 'view', ['Ctrl+F'], () => ui.setState({ isFilterOpen: true })),
    {
      ...make('view.clear-filter', 'view', ['Shift+Alt+F'], () => applyFilter(bench, null)),
      canRun: () => ui.getState().filter !== null,
    },
    make('player.empty-next', 'player', [], () => searchEmpty(bench, 'forward')),
    make('player.empty-previous', 'player', [], () => searchEmpty(bench, 'backward')),
  ]
}
