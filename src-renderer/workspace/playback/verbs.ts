import { setSettings, useSettings } from '#renderer/state/settings.ts'
import { playerSpeeds } from '#renderer/state/settings-schema.ts'
import type { Bench } from '../bench/bench.ts'

/** One speed further along the list; at its ends it stays. */
export function changeSpeed(by: 1 | -1): void {
  const { playerSpeed } = useSettings.getState()
  const paced = playerSpeeds.filter((speed) => speed !== 'every')
  const at = playerSpeed === 'every' ? -1 : paced.indexOf(playerSpeed)
  // From "every frame" any change leads back to the video's own speed.
  const next = at < 0 ? '1' : paced[at + by]
  if (next) setSettings({ playerSpeed: next })
}

/** Repeat the whole job, or no longer what is repeated. */
export function toggleLoop(bench: Bench): void {
  const { loop } = bench.ui.getState()
  bench.ui.setState({ loop: loop ? null : bench.document.range })
}

/** Repeat from, or to, the frame on screen. An end beyond the other takes that one along to the job's. */
export function setLoopEnd(bench: Bench, end: 'start' | 'stop'): void {
  const { range, state } = bench.document
  const { frame } = state.getState()
  const loop = { ...(bench.ui.getState().loop ?? range), [end]: frame }
  const isTurned = loop.start > loop.stop
  const other = end === 'start' ? { stop: range.stop } : { start: range.start }
  bench.ui.setState({ loop: isTurned ? { ...loop, ...other } : loop })
}
