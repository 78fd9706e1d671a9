import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { step } from '../bench/player.ts'
import {
  deleteShownFrame,
  markFrames,
  restoreShownFrame,
  toggleShownFrameChecked,
} from './frame-verbs.ts'

/** What is said about the frame on screen, and where frames are looked at together. */
export function frameActions(bench: Bench): Action[] {
  const isDeleted = () => {
    const { frame, marks } = bench.document.state.getState()
    return marks.isDeleted(frame)
  }
  const frame = (
    id: string,
    keys: readonly string[],
    run: () => void,
    canRun?: () => boolean,
  ): Action => ({
    id: `frame.${id}`,
    group: 'player',
    keys,
    scope: 'workspace',
    ...(canRun && { canRun }),
    run,
  })
  return [
    frame(
      'delete',
      ['Alt+Del'],
      () => deleteShownFrame(bench),
      () => !isDeleted(),
    ),
    frame('restore', ['Shift+Alt+Del'], () => restoreShownFrame(bench), isDeleted),
    frame('check', ['Ctrl+Enter'], () => toggleShownFrameChecked(bench)),
    frame('check-and-next', ['Ctrl+Shift+Enter'], () => {
      markFrames(bench, 'check-frame', [bench.document.state.getState().frame])
      step(bench, 1)
    }),
  ]
}
