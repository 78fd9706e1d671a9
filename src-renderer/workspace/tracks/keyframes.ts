import type { Track } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import {
  type KeyframeStep,
  keyframeFrom,
  toggleKeyframe,
  toggleOutside,
} from '#shared/tracks/edit.ts'
import { annotationsOf, type Bench, targetIds } from '../bench/bench.ts'
import { change } from '../bench/editing.ts'
import { goTo } from '../bench/player.ts'

/** Tracks a verb applies to: the one under the pointer, else those selected. */
export function trackTargets(bench: Bench): Track[] {
  return tracksOf(bench, targetIds(bench))
}

export function tracksOf(bench: Bench, ids: readonly AnnotationId[]): Track[] {
  return annotationsOf(bench, ids).filter((one): one is Track => one.kind === 'track')
}

/** K: a keyframe here, or none any more. A track's only keyframe stays, and a hint says why. */
export function switchKeyframe(bench: Bench, tracks: readonly Track[]): void {
  const { frame, marks } = bench.document.state.getState()
  const free = unlocked(bench, tracks)
  if (free.length > 0 && free.every((track) => toggleKeyframe(track, frame, marks) === track))
    bench.ui.setState({ hint: 'onlyKeyframe' })
  change(bench, 'keyframe', free, (one) =>
    one.kind === 'track' ? toggleKeyframe(one, frame, marks) : one,
  )
}

/** O: not seen from here on, or seen again. */
export function switchOutside(bench: Bench, tracks: readonly Track[]): void {
  const { frame, marks } = bench.document.state.getState()
  change(bench, 'outside', unlocked(bench, tracks), (one) =>
    one.kind === 'track' ? toggleOutside(one, frame, marks) : one,
  )
}

/** R, E and the buttons in the list: the frame of a keyframe of the track, which is selected from then on. */
export function goToKeyframe(bench: Bench, track: Track, step: KeyframeStep): void {
  const { frame } = bench.document.state.getState()
  const to = keyframeFrom(track, frame, step)
  const { start, stop } = bench.document.range
  if (to === null || to < start || to > stop) {
    bench.ui.setState({ hint: 'noKeyframe' })
    return
  }
  // In hand, so that the next key means it, too: the pointer rests where it is, the track may not.
  bench.document.activate([track.id])
  goTo(bench, to)
}

function unlocked(bench: Bench, tracks: readonly Track[]): Track[] {
  return tracks.filter((track) => !bench.document.viewOf(track.id).locked)
}
