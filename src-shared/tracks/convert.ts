import type { Shape, Track } from '../domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '../domain/ids.ts'
import { positionOn, type Skipped } from './interpolate.ts'
import { shapeAt } from './on-frame.ts'
import type { Span } from './split.ts'

export interface ToShapes extends Span {
  /** A shape on each frame the track is seen on, or only on those it states. */
  readonly every: 'frame' | 'keyframe'
  /** Frames that get no shape: the deleted ones. */
  readonly skipped: Skipped
}

/** The frames on which a track becomes a shape, ascending. */
export function* framesOfShapes(
  track: Track,
  { first, last, every, skipped }: ToShapes,
): Generator<FrameIndex> {
  const { keyframes } = track
  for (const [at, { frame, outside }] of keyframes.entries()) {
    if (outside || frame > last) continue
    const next = every === 'frame' ? (keyframes[at + 1]?.frame ?? last + 1) : frame + 1
    for (let on = Math.max(frame, first); on < next && on <= last; on += 1)
      if (!skipped.isDeleted(on)) yield on
  }
}

/** How many shapes `trackToShapes` makes, without making them. */
export function countShapes(track: Track, options: ToShapes): number {
  let count = 0
  for (const _ of framesOfShapes(track, options)) count += 1
  return count
}

/**
 * A track as shapes, each as it is on its frame: between keyframes where it is interpolated, with the attributes in force
 * there, in the track's group. `mergeToTrack` of shapes on all frames is seen where the track was, exactly.
 * @param id  the id of the shape on a frame
 */
export function* trackToShapes(
  track: Track,
  options: ToShapes,
  id: (frame: FrameIndex) => AnnotationId,
): Generator<Shape> {
  for (const frame of framesOfShapes(track, options)) {
    const position = positionOn(track, frame)
    if (position) yield { ...shapeAt(track, position), id: id(frame) }
  }
}
