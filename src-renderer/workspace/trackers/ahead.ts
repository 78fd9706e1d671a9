import type { Bench } from '../bench/bench.ts'
import { trackTargets } from '../tracks/keyframes.ts'
import { followAhead } from './follow.ts'
import { setFollowed } from './followed.ts'
import { trackerInForce } from './known-trackers.ts'

let running: AbortController | null = null

/** The targets, or every followed track of this frame, are led on to the end of the job; once more stops it. */
export async function runAhead(bench: Bench): Promise<void> {
  if (running) {
    stopAhead()
    return
  }
  const tracker = await trackerInForce()
  const targets = trackTargets(bench).filter(({ type }) => tracker?.shapeTypes.includes(type))
  const followed = [...bench.ui.getState().followed].filter(([, { isOn }]) => isOn)
  const ids = targets.length > 0 ? targets.map(({ id }) => id) : followed.map(([id]) => id)
  if (ids.length === 0 || !tracker) {
    bench.ui.setState({ hint: 'trackerNeedsTrack' })
    return
  }
  setFollowed(bench, ids, (known) => ({
    tracker: known?.tracker ?? tracker,
    state: known?.state ?? null,
    left: known?.left ?? null,
    isOn: true,
  }))
  running = new AbortController()
  try {
    await followAhead(bench, ids, bench.document.range.stop, running.signal)
  } finally {
    running = null
  }
}

export function stopAhead(): void {
  running?.abort()
}

export const isRunningAhead = (): boolean => running !== null
