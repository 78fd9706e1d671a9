import { stepOf } from '#renderer/state/steps.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { splitTrack } from '#shared/tracks/split.ts'
import { type Bench, commonLabel } from '../bench/bench.ts'
import type { PickVerb } from '../operations/picking.ts'
import { tracksOf } from './keyframes.ts'

/** Alt+M: each track picked becomes two, the second beginning on the frame shown. */
export const splitting: PickVerb = {
  name: 'split',
  accepts: null,
  otherwise: 'splitNeedsTrack',
  acrossFrames: false,
  apply(bench, ids) {
    const tracks = tracksOf(bench, ids)
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
    bench.document.apply({ ...stepOf('split', operations, labelOf(bench, tracks)), frame })
    return null
  },
}

const labelOf = (bench: Bench, tracks: readonly Track[]) => commonLabel(bench, tracks)
