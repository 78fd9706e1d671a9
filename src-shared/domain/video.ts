import { z } from 'zod'

/** What a video's container says about its pictures. */
export const videoFactsSchema = z.object({
  /** Upright pixels, after the turn the file asks for. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Clockwise turn of the decoded picture that makes it upright, degrees. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** FFmpeg's names, such as `h264` and `mov,mp4,m4a,3gp,3g2,mj2`. */
  codec: z.string(),
  container: z.string(),
  /** Frames the container claims to hold; null where it does not say. */
  claimedFrames: z.int().nonnegative().nullable(),
  /** Seconds; null where it does not say. */
  durationSec: z.number().nullable(),
  /** Frames a second on average; 0 when nobody knows. */
  frameRate: z.number().nonnegative(),
  /** Seconds per unit of presentation time, as a fraction. */
  timeBase: z.object({ num: z.int().positive(), den: z.int().positive() }),
})
export type VideoFacts = z.infer<typeof videoFactsSchema>

/** A task's video, as screens need it. */
export const taskVideoSchema = videoFactsSchema
  .pick({ width: true, height: true, frameRate: true, durationSec: true, codec: true })
  .extend({
    /** Whether the frame index comes from a whole decode: from then on every frame number is certain. */
    verified: z.boolean(),
    /** What is wrong with the file, one clause each. */
    problems: z.array(z.string()),
  })
export type TaskVideo = z.infer<typeof taskVideoSchema>
