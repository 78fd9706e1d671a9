import type { Action } from '#renderer/state/actions.ts'
import type { BooleanVerb } from '#shared/geometry/boolean-polygons.ts'
import { type Bench, targetIds } from '../bench/bench.ts'
import { canCombine, combineSelected } from '../operations/boolean.ts'
import { grouping, resetGroup } from '../operations/group.ts'
import { joining } from '../operations/join.ts'
import { pickOrApply } from '../operations/picking.ts'
import { startSlicing } from '../operations/slice.ts'

/** What makes shapes out of shapes. */
export function operationActions(bench: Bench): Action[] {
  const mode = (id: string, keys: readonly string[], run: () => void): Action => ({
    id: `modes.${id}`,
    group: 'modes',
    keys,
    scope: 'workspace',
    run,
  })
  const combine = (verb: BooleanVerb, key: string): Action => ({
    id: `objects.${verb}`,
    group: 'objects',
    keys: [key],
    scope: 'workspace',
    canRun: () => canCombine(bench),
    run: () => combineSelected(bench, verb),
  })
  return [
    mode('group', ['G'], () => pickOrApply(bench, grouping)),
    mode('reset-group', ['Shift+G'], () => resetGroup(bench)),
    mode('join', ['J'], () => pickOrApply(bench, joining)),
    mode('slice', ['Alt+J'], () => startSlicing(bench)),
    {
      ...{ id: 'objects.propagate', group: 'objects', keys: ['Ctrl+B'], scope: 'workspace' },
      canRun: () => targetIds(bench).length > 0,
      run: () => bench.ui.setState({ operation: { kind: 'propagate', ids: targetIds(bench) } }),
    },
    {
      ...{
        id: 'objects.run-actions',
        group: 'objects',
        keys: ['Ctrl+Shift+B'],
        scope: 'workspace',
      },
      run: () => bench.ui.setState({ operation: { kind: 'actions' } }),
    },
    combine('union', 'Alt+U'),
    combine('subtract', 'Alt+S'),
    combine('intersect', 'Alt+I'),
    combine('exclude', 'Alt+X'),
  ]
}
