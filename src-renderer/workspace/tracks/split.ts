import { stepOf } from '#renderer/state/steps.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { splitTrack } from '#shared/tracks/split.ts'
import { type Bench, commonLabel } from '../bench/bench.ts'
import type { PickVerb } from '../operations/picking.ts'
import { tracksOf, trackTargets } from './keyframes.ts'

/** Alt+M: each track picked becomes two, the second beginning on the frame shown. */
export const splitting: PickVerb = {
  name: 'split',
  accepts: null,
  otherwise: 'splitNeedsTrack',
  acrossFrames: false,
  apply(bench, ids) {
    return splitTracks(bench, tracksOf(bench, ids))
  },
}

/** Without picking: the targets are split on the frame shown, at once. */
export function splitHere(bench: Bench): void {
  const free = trackTargets(bench).filter(({ id }) => !bench.document.viewOf(id).locked)
  const problem = splitTracks(bench, free)
  if (problem) bench.ui.setState({ hint: problem })
}

/** @returns null when it is done, else why it cannot be: a key of the locale file `canvas` */
function splitTracks(bench: Bench, tracks: readonly Track[]): string | null {
  if (tracks.length === 0) return 'splitNeedsTrack'
  const newIds = bench.document.takeIds(tracks.length)
  if (!newIds) return null
  const { frame } = bench.document.state.getState()
  const operations = tracks.flatMap((track, at): AnnotationOperation[] => {
    const parts = splitTrack(track, frame, newIds[at] ?? track.id)
    if (!parts) return []
    const [left, right] = parts
    return [
      { kind: 'update', before: track, after: left },
      { kind: 'create', after: right },
    ]
  })
  if (operations.length === 0) return 'splitNothing'
  bench.document.apply({ ...stepOf('split', operations, commonLabel(bench, tracks)), frame })
  return null
}
