import { client } from '#renderer/state/client.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Way } from '../playback/clock.ts'
import { startPlaying } from '../playback/driver.ts'
import type { Bench } from './bench.ts'

/** Where the person is headed: while a picture loads, further presses count from there. */
function wanted(bench: Bench): number {
  return bench.document.state.getState().wanted
}

/**
 * So many frames on, or back. Deleted ones are passed over unless the person wants to see them: where the landing place
 * is one, the next frame that is not, and at the end of the job the last one before it.
 */
export function step(bench: Bench, by: number): void {
  stopPlaying(bench)
  const target = landing(bench, wanted(bench), by)
  if (target !== null) void bench.document.goTo(target)
}

function landing(bench: Bench, from: number, by: number): number | null {
  const { start, stop } = bench.document.range
  const target = Math.max(start, Math.min(stop, from + by))
  if (useSettings.getState().showDeletedFrames) return target
  const { marks } = bench.document.state.getState()
  const way = by < 0 ? -1 : 1
  const between = way === 1 ? { start: from + 1, stop } : { start, stop: from - 1 }
  return (
    marks.nearestLive(target, way, between) ?? marks.nearestLive(target, -way as 1 | -1, between)
  )
}

/** Home and End: the outermost frame of the job that is not deleted. */
export function goToEnd(bench: Bench, end: 'first' | 'last'): void {
  const { start, stop } = bench.document.range
  const edge = end === 'first' ? start : stop
  const { marks } = bench.document.state.getState()
  const isShown = useSettings.getState().showDeletedFrames
  const live = marks.nearestLive(edge, end === 'first' ? 1 : -1, bench.document.range)
  goTo(bench, isShown ? edge : (live ?? edge))
}

export function goTo(bench: Bench, frame: number): void {
  stopPlaying(bench)
  void bench.document.goTo(frame)
}

/** Left and Right: the nearest frame with annotations; where there is none, the screen stays. */
export async function searchAnnotated(
  bench: Bench,
  direction: 'forward' | 'backward',
): Promise<void> {
  stopPlaying(bench)
  const { taskId, document } = bench
  const from = wanted(bench)
  const deleted = useSettings.getState().showDeletedFrames ? 'show' : 'skip'
  const { frame } = await client.frames.searchAnnotated({ taskId, from, direction, deleted })
  const { start, stop } = document.range
  if (frame !== null && frame >= start && frame <= stop) await document.goTo(frame)
  else bench.ui.setState({ hint: 'noAnnotatedFrame' })
}

/** The hand races through the frames, on a slider or a timeline: what shows each soonest, then the exact picture. */
export function scrubTo(bench: Bench, frame: number): void {
  stopPlaying(bench)
  bench.document.scrubTo(frame)
}

/** Play that way, or pause; while it plays the other way, turn round. */
export function togglePlaying(bench: Bench, way: Way = 1): void {
  const { isPlaying, playWay } = bench.ui.getState()
  if (isPlaying && playWay === way) stopPlaying(bench)
  else startPlaying(bench, way)
}

/** Pause, and forget that playing was interrupted: the person has taken over. */
export function stopPlaying(bench: Bench): void {
  const { isPlaying, interrupted } = bench.ui.getState()
  if (isPlaying || interrupted !== null) bench.ui.setState({ isPlaying: false, interrupted: null })
}
