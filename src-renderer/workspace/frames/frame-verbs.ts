import { type FrameVerb, frameStep } from '#renderer/state/frame-steps.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Bench } from '../bench/bench.ts'
import { stopPlaying } from '../bench/player.ts'

/** Delete, restore, check or uncheck frames: one step of history, however many they are. */
export function markFrames(bench: Bench, verb: FrameVerb, frames: readonly FrameIndex[]): void {
  const step = frameStep(verb, frames, bench.document.state.getState().marks)
  if (step) bench.document.apply(step)
}

/** Delete the frame on screen and, as CVAT does, go on to the next one that is left. */
export function deleteShownFrame(bench: Bench): void {
  stopPlaying(bench)
  const { document } = bench
  const { frame } = document.state.getState()
  markFrames(bench, 'delete-frame', [frame])
  if (useSettings.getState().showDeletedFrames) return
  const { marks } = document.state.getState()
  const next =
    marks.nearestLive(frame, 1, document.range) ?? marks.nearestLive(frame, -1, document.range)
  if (next !== null) void document.goTo(next)
}

export function restoreShownFrame(bench: Bench): void {
  markFrames(bench, 'restore-frame', [bench.document.state.getState().frame])
}

/** Checked, or no longer checked. */
export function toggleShownFrameChecked(bench: Bench): void {
  const { frame, marks } = bench.document.state.getState()
  markFrames(bench, marks.isChecked(frame) ? 'uncheck-frame' : 'check-frame', [frame])
}
