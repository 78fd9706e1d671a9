import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { startDrawing } from '../bench/drawing.ts'
import { isRunningAhead, runAhead, stopAhead } from '../trackers/ahead.ts'
import { trackerInForce } from '../trackers/known-trackers.ts'

/** Objects that are found again by themselves on the next frames. */
export function trackerActions(bench: Bench): Action[] {
  return [
    {
      ...{ id: 'modes.follow', group: 'modes', keys: [], scope: 'workspace' },
      run: async () => {
        const tracker = await trackerInForce()
        startDrawing(bench, { shape: 'rectangle', objectType: 'track', tracker })
      },
    },
    {
      ...{ id: 'objects.follow-ahead', group: 'objects', keys: [], scope: 'workspace' },
      run: () => runAhead(bench),
    },
    {
      ...{ id: 'objects.follow-stop', group: 'objects', keys: [], scope: 'workspace' },
      canRun: isRunningAhead,
      run: stopAhead,
    },
  ]
}
