import type { Action } from '#renderer/state/actions.ts'
import type { KeyframeStep } from '#shared/tracks/edit.ts'
import type { Bench } from '../bench/bench.ts'
import { pickOrApply } from '../operations/picking.ts'
import { goToKeyframe, switchKeyframe, switchOutside, trackTargets } from '../tracks/keyframes.ts'
import { merging } from '../tracks/merge.ts'
import { splitting } from '../tracks/split.ts'

/** What can be done with tracks, and how things become tracks. */
export function trackActions(bench: Bench): Action[] {
  const hasTrack = () => trackTargets(bench).length > 0
  const object = (id: string, keys: readonly string[], run: () => void): Action => ({
    ...{ id: `objects.${id}`, group: 'objects', keys, scope: 'workspace', canRun: hasTrack, run },
  })
  const walk = (step: KeyframeStep) => () => {
    const [track] = trackTargets(bench)
    if (track) goToKeyframe(bench, track, step)
  }
  return [
    {
      ...{ id: 'modes.merge', group: 'modes', keys: ['M'], scope: 'workspace' },
      run: () => pickOrApply(bench, merging),
    },
    {
      ...{ id: 'modes.split', group: 'modes', keys: ['Alt+M'], scope: 'workspace' },
      run: () => pickOrApply(bench, splitting),
    },
    object('keyframe', ['K'], () => switchKeyframe(bench, trackTargets(bench))),
    object('outside', ['O'], () => switchOutside(bench, trackTargets(bench))),
    object('next-keyframe', ['R'], walk('next')),
    object('previous-keyframe', ['E'], walk('previous')),
    object('first-keyframe', [], walk('first')),
    object('last-keyframe', [], walk('last')),
  ]
}
