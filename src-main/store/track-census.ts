import { type Keyframe, shapeTypes, type Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import type { AnnotationCensus, FrameRange, KeptType } from '../core/ports.ts'

/** How many frames that are not deleted (and lie in the part we count) lie in a range, at once however long it is. */
export class LiveFrames {
  readonly size: number
  /** At n: how many of the frames before n. */
  readonly #before: Uint32Array

  constructor(size: number, deleted: readonly FrameIndex[], part?: FrameRange) {
    const gone = new Uint8Array(size)
    if (part) gone.fill(1, 0, part.start).fill(1, part.stop + 1)
    for (const frame of deleted) gone[frame] = 1
    this.size = size
    this.#before = new Uint32Array(size + 1)
    for (let at = 0; at < size; at += 1)
      this.#before[at + 1] = (this.#before[at] ?? 0) + (gone[at] ? 0 : 1)
  }

  /** From `first` up to, but not including, `end`. */
  count(first: FrameIndex, end: FrameIndex): number {
    return (this.#before[Math.min(end, this.size)] ?? 0) - (this.#before[first] ?? 0)
  }
}

export type TrackCensus = Omit<
  AnnotationCensus,
  'tags' | 'trackShapes' | 'scored' | 'sourcedTags' | 'turnedFrames'
>

/**
 * Tracks as files hold them: a shape on each frame they are seen on. Walks keyframes, not frames.
 * @param keeps  types of which more is counted than how many there are
 */
export function countTracks(
  tracks: readonly Track[],
  live: LiveFrames,
  keeps: readonly KeptType[] = shapeTypes,
): TrackCensus {
  const shapes: Record<string, number> = {}
  const kept = noCounts()
  for (const track of tracks) {
    const sums = keeps.includes(track.type) ? kept : noCounts()
    let seen = 0
    let isAttributed = track.attributes.length > 0
    for (const [at, keyframe] of track.keyframes.entries()) {
      isAttributed ||= keyframe.attributes.length > 0
      if (keyframe.outside) continue
      const next = track.keyframes[at + 1]
      const count = live.count(keyframe.frame, next?.frame ?? live.size)
      seen += count
      if (keyframe.zOrder !== 0) sums.layered += count
      if (keyframe.occluded) sums.occluded += count
      if (isAttributed || hasJointValues(keyframe)) sums.attributed += count
      if (track.type === 'rectangle')
        sums.rotatedRectangles += turnedFrames(track, keyframe, next, live)
    }
    if (seen === 0) continue
    sums.tracks += 1
    shapes[track.type] = (shapes[track.type] ?? 0) + seen
    if (track.group !== 0) sums.grouped += seen
    if (track.source !== 'file') sums.sourced += seen
  }
  return { ...kept, shapes }
}

function noCounts() {
  const counts = { rotatedRectangles: 0, grouped: 0, layered: 0, occluded: 0, attributed: 0 }
  return { tracks: 0, sourced: 0, ...counts }
}

function hasJointValues({ elements }: Keyframe): boolean {
  return elements.some((joint) => joint.attributes.length > 0)
}

/** Frames from a keyframe to the next on which the rectangle stands turned. Only where it turns is each looked at. */
function turnedFrames(
  track: Track,
  { frame, rotation }: Keyframe,
  next: Keyframe | undefined,
  live: LiveFrames,
): number {
  const end = next?.frame ?? live.size
  if (!next || next.rotation === rotation) return isUpright(rotation) ? 0 : live.count(frame, end)
  let turned = 0
  for (let at = frame; at < end; at += 1)
    if (!isUpright(positionOn(track, at)?.rotation ?? 0)) turned += live.count(at, at + 1)
  return turned
}
