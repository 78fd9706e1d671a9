import type { VideoFacts } from '#shared/domain/video.ts'
import { wordsOf } from './ffmpeg.ts'

/** What went wrong during a whole decode, told by the frame it happened at. */
export interface DamageReport {
  /** A packet could not be decoded; `frame` is the number of the next frame to come out. */
  skipped(frame: number): void
  /** A frame came out with parts of it made up. */
  shown(frame: number): void
  /** @param readError  FFmpeg's reason for reading no further, else 0 */
  clauses(frames: number, readError: number): string[]
}

interface Place {
  readonly from: number
  to: number
  skipped: number
  shown: number
}

/** Places this close are told as one. */
const TOGETHER = 8
const MOST_PLACES = 20

export function createDamageReport(facts: VideoFacts): DamageReport {
  const places: Place[] = []
  const placeOf = (frame: number): Place => {
    const last = places.at(-1)
    if (last && frame - last.to <= TOGETHER) {
      last.to = Math.max(last.to, frame)
      return last
    }
    const place = { from: frame, to: frame, skipped: 0, shown: 0 }
    places.push(place)
    return place
  }
  return {
    skipped(frame) {
      placeOf(frame).skipped += 1
    },
    shown(frame) {
      placeOf(frame).shown += 1
    },
    clauses: (frames, readError) => [
      ...places.slice(0, MOST_PLACES).map((place) => clauseOf(place, facts)),
      ...(places.length > MOST_PLACES
        ? [`${places.length - MOST_PLACES} more places are damaged`]
        : []),
      ...endClauses(frames, readError, facts),
    ],
  }
}

function clauseOf({ from, to, skipped, shown }: Place, facts: VideoFacts): string {
  const where = from === to ? `at frame ${from}` : `between frames ${from} and ${to}`
  const what = [
    ...(skipped > 0 ? [`${packets(skipped)} could not be decoded`] : []),
    ...(shown > 0 ? [`${frames(shown)} damaged`] : []),
  ]
  return `${where}${secondsOf(from, facts)} ${what.join(' and ')}`
}

function endClauses(count: number, readError: number, facts: VideoFacts): string[] {
  const clauses: string[] = []
  if (readError !== 0)
    clauses.push(
      `reading stopped after frame ${count - 1}${secondsOf(count, facts)}: ${wordsOf(readError)}`,
    )
  if (facts.claimedFrames !== null && count < facts.claimedFrames)
    clauses.push(`the file claims ${facts.claimedFrames} frames, and ${count} could be decoded`)
  return clauses
}

function secondsOf(frame: number, { frameRate }: VideoFacts): string {
  return frameRate > 0 ? ` (${(frame / frameRate).toFixed(1)} s)` : ''
}

const packets = (count: number) => (count === 1 ? 'a packet' : `${count} packets`)
const frames = (count: number) => (count === 1 ? 'a frame is' : `${count} frames are`)
