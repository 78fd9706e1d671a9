import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { startDrawing } from '../bench/drawing.ts'
import { cuboidTargets, resetPerspective, switchPerspective } from '../cuboids/perspective.ts'

/** Drawing cuboids, and what their menu does. */
export function cuboidActions(bench: Bench): Action[] {
  const verb = (id: string, run: () => void): Action => ({
    id: `objects.${id}`,
    group: 'objects',
    keys: [],
    scope: 'workspace',
    canRun: () => cuboidTargets(bench).length > 0,
    run,
  })
  return [
    {
      id: 'modes.cuboid',
      group: 'modes',
      keys: [],
      scope: 'workspace',
      run: () => startDrawing(bench, { shape: 'cuboid' }),
    },
    verb('reset-perspective', () => resetPerspective(bench)),
    verb('switch-perspective', () => switchPerspective(bench)),
  ]
}
