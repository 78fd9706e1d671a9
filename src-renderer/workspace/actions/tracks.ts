import type { Action } from '#renderer/state/actions.ts'
import type { KeyframeStep } from '#shared/tracks/edit.ts'
import type { Bench } from '../bench/bench.ts'
import { pasteInPlace } from '../bench/drawing.ts'
import { lastCopied } from '../operations/clipboard.ts'
import { pickOrApply } from '../operations/picking.ts'
import { goToKeyframe, switchKeyframe, switchOutside, trackTargets } from '../tracks/keyframes.ts'
import { merging } from '../tracks/merge.ts'
import { splitHere, splitting } from '../tracks/split.ts'

/** What can be done with tracks, and how things become tracks. */
export function trackActions(bench: Bench): Action[] {
  const hasTrack = () => trackTargets(bench).length > 0
  const object = (id: string, keys: readonly string[], run: () => void): Action => ({
    ...{ id: `objects.${id}`, group: 'objects', keys, scope: 'workspace', canRun: hasTrack, run },
  })
  const dialog = (first: 'link-shapes' | 'join-tracks', keys: readonly string[]): Action => ({
    ...{ id: `objects.${first}`, group: 'objects', keys, scope: 'workspace' },
    run: () => bench.ui.setState({ operation: { kind: 'actions', first } }),
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
    object('split-here', ['Shift+Alt+M'], () => splitHere(bench)),
    object('tracks-to-shapes', ['Shift+Alt+S'], () =>
      bench.ui.setState({
        operation: { kind: 'tracks-to-shapes', ids: trackTargets(bench).map(({ id }) => id) },
      }),
    ),
    dialog('link-shapes', ['Shift+Alt+L']),
    dialog('join-tracks', ['Shift+Alt+J']),
    {
      ...{ id: 'objects.paste-track', group: 'objects', keys: ['Ctrl+Alt+V'], scope: 'workspace' },
      canRun: () => lastCopied() !== null,
      run: () => pasteInPlace(bench, 'track'),
    },
    object('next-keyframe', ['R'], walk('next')),
    object('previous-keyframe', ['E'], walk('previous')),
    object('first-keyframe', ['Shift+E'], walk('first')),
    object('last-keyframe', ['Shift+R'], walk('last')),
  ]
}
