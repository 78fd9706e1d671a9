import type { Action } from '#renderer/state/actions.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'
import { goToEnd, step, togglePlaying } from '../bench/player.ts'
import { search } from '../filter/filter-verbs.ts'
import { changeSpeed, setLoopEnd, toggleLoop } from '../playback/verbs.ts'

/** Moving between frames. */
export function playerActions(bench: Bench): Action[] {
  const stride = () => useSettings.getState().playerStep
  const player = (
    id: string,
    keys: readonly string[],
    run: () => void | Promise<void>,
  ): Action => ({
    id: `player.${id}`,
    group: 'player',
    keys,
    scope: 'workspace',
    run,
  })
  return [
    player('next', ['F'], () => step(bench, 1)),
    player('previous', ['D'], () => step(bench, -1)),
    player('forward', ['V'], () => step(bench, stride())),
    player('backward', ['C'], () => step(bench, -stride())),
    player('search-next', ['Right'], () => search(bench, 'forward')),
    player('search-previous', ['Left'], () => search(bench, 'backward')),
    player('play', ['Space'], () => togglePlaying(bench)),
    player('play-backward', ['Shift+Space'], () => togglePlaying(bench, -1)),
    player('faster', ['>'], () => changeSpeed(1)),
    player('slower', ['<'], () => changeSpeed(-1)),
    player('loop', [], () => toggleLoop(bench)),
    player('loop-from', [], () => setLoopEnd(bench, 'start')),
    player('loop-to', [], () => setLoopEnd(bench, 'stop')),
    player('first', ['Home'], () => goToEnd(bench, 'first')),
    player('last', ['End'], () => goToEnd(bench, 'last')),
    player('focus-frame', ['`', '~'], () => bench.focusFrameField()),
  ]
}
