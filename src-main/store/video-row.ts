import { type TaskVideo, type VideoFacts, videoFactsSchema } from '#shared/domain/video.ts'

/** The JSON that the list of tasks gathers from a video's row. */
export function taskVideo(json: string): TaskVideo {
  const row = JSON.parse(json) as { facts: VideoFacts; verified: number; problems: string[] }
  const { width, height, frameRate, durationSec, codec } = row.facts
  const verified = row.verified === 1
  return { width, height, frameRate, durationSec, codec, verified, problems: row.problems }
}

/** What was stored is parsed again: another version of the app may have written it. */
export const factsOf = (json: string): VideoFacts => videoFactsSchema.parse(JSON.parse(json))

/** A typed array as a blob, in the machine's byte order; SQLite files do not travel between byte orders. */
export const blobOf = (numbers: Float64Array | Uint32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)

/** Blobs arrive at any address, numbers want an aligned one. */
const alignedBytes = (blob: Uint8Array): ArrayBuffer => new Uint8Array(blob).buffer
export const float64Of = (blob: Uint8Array) => new Float64Array(alignedBytes(blob))
export const uint32Of = (blob: Uint8Array) => new Uint32Array(alignedBytes(blob))
