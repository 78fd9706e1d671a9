/** Which frames and annotations of a task an export is about. */
import { z } from 'zod'
import { type ExportFrames, exportFramesSchema } from '#shared/contract/datasets.ts'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { annotationMatcher, looksAtFrame } from '#shared/filter/annotation-facts.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { cutTrack } from '#shared/tracks/join-jobs.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { FrameRange } from '../../ports.ts'

export interface Selection {
  readonly frames: ExportFrames
  /** The filter language; empty: every annotation. */
  readonly filter: string
}

export const selectionParams = {
  frames: exportFramesSchema.default('all'),
  filter: z.string().default(''),
}

/** True when everything on frames that are not deleted goes out, so that what the store counts is what is exported. */
export function takesAll({ frames, filter }: Selection): boolean {
  return filter.trim() === '' && frames === 'all'
}

/** What a filter leaves of annotations. */
export interface Finder {
  /** Of a tag or a shape. */
  isFound(annotation: Annotation, frame: FrameIndex): boolean
  /** The part of a track on which it is found: seen there and hidden everywhere else; null: nowhere. */
  partOf(track: Track, range: FrameRange): Track | null
}

/** @returns null where there is no filter. @throws FILTER_INVALID */
export function createFinder(filter: string, labels: readonly Label[]): Finder | null {
  if (filter.trim() === '') return null
  const parsed = requireFilter(filter)
  const isFound = annotationMatcher(parsed, labels)
  const changes = looksAtFrame(parsed)
  return {
    isFound,
    partOf(track, range) {
      if (!changes) return isFound(track, track.frame) ? track : null
      return foundPart(track, range, (frame) => isFound(track, frame))
    },
  }
}

/** A track cut into the runs of frames on which it is seen and found. */
function foundPart(
  track: Track,
  { start, stop }: FrameRange,
  isFound: (frame: FrameIndex) => boolean,
): Track | null {
  const { runs, isWhole } = runsOf(track, { start, stop }, isFound)
  if (isWhole) return track
  const keyframes = runs.flatMap(({ start: first, stop: last }) => {
    const part = cutTrack(track, first, last)
    if (part === null) return []
    const after = last < stop ? positionOn(track, last + 1) : null
    const hidden = after && { ...after, frame: last + 1, outside: true, attributes: [] }
    return hidden ? [...part.keyframes, hidden] : part.keyframes
  })
  const first = keyframes[0]
  return first ? { ...track, frame: first.frame, keyframes } : null
}

function runsOf(
  track: Track,
  { start, stop }: FrameRange,
  isFound: (frame: FrameIndex) => boolean,
): { runs: FrameRange[]; isWhole: boolean } {
  const runs: { start: FrameIndex; stop: FrameIndex }[] = []
  let isWhole = true
  const end = track.keyframes.at(-1)
  const last = end?.outside ? Math.min(stop, end.frame) : stop
  for (let frame = Math.max(start, track.frame); frame <= last; frame += 1) {
    if (shapeOn(track, frame) === null) continue
    if (!isFound(frame)) {
      isWhole = false
      continue
    }
    const run = runs.at(-1)
    if (run?.stop === frame - 1) run.stop = frame
    else runs.push({ start: frame, stop: frame })
  }
  return { runs, isWhole: isWhole && runs.length > 0 }
}
