import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { startDrawing } from '../bench/drawing.ts'
import {
  type JointTarget,
  jointTarget,
  toggleJointOccluded,
  toggleJointOutside,
} from '../skeletons/joints.ts'

/** Drawing skeletons; and what Q and O mean while the pointer is on a joint. */
export function skeletonActions(bench: Bench): Action[] {
  const verb = (
    id: string,
    keys: readonly string[],
    run: (target: JointTarget) => void,
  ): Action => ({
    id: `objects.${id}`,
    group: 'objects',
    keys,
    scope: 'workspace',
    context: 'joint',
    canRun: () => jointTarget(bench) !== null,
    run() {
      const target = jointTarget(bench)
      if (target) run(target)
    },
  })
  return [
    {
      id: 'modes.skeleton',
      group: 'modes',
      keys: [],
      scope: 'workspace',
      run: () => startDrawing(bench, { shape: 'skeleton' }),
    },
    verb('joint-occluded', ['Q', '/'], (target) => toggleJointOccluded(bench, target)),
    verb('joint-outside', ['O'], (target) => toggleJointOutside(bench, target)),
  ]
}
