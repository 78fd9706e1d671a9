import { z } from 'zod'
import { frameIndexSchema } from './ids.ts'

/** What automatic annotation came to. */
export const annotateReportSchema = z.object({
  as: z.enum(['annotations', 'predictions']),
  /** Frames that were looked at. */
  frames: z.int(),
  /** Annotations, or predictions, that were made. */
  found: z.int(),
  /** Old annotations that were cleaned away; a track of which a part is left counts. */
  removed: z.int(),
  /** Frames that could not be looked at, named (at most 1,000; the count is exact). They are as they were. */
  failedCount: z.int(),
  failed: z.array(z.object({ frame: frameIndexSchema, name: z.string(), problem: z.string() })),
  /** Detections that were left out, a sentence each with a count in it. */
  notes: z.array(z.string()),
  /** Of looking at frames, pauses not counted. */
  seconds: z.number(),
})
export type AnnotateReport = z.infer<typeof annotateReportSchema>

/** What linking boxes into tracks came to, or with `preview` would come to. */
export const linkReportSchema = z.object({
  preview: z.boolean(),
  /** Boxes that were looked at. */
  boxes: z.int(),
  /** Tracks, those of a single box left out. */
  tracks: z.int(),
  /** Boxes in them. */
  linked: z.int(),
  /** Boxes that nothing could be linked to. */
  singles: z.int(),
  /** Pairs of frames that could not be compared. */
  failedCount: z.int(),
  failed: z.array(z.object({ frame: frameIndexSchema, name: z.string(), problem: z.string() })),
  /** The longest ones first, at most 1,000. */
  paths: z.array(
    z.object({
      labelId: z.int(),
      first: frameIndexSchema,
      last: frameIndexSchema,
      /** Annotation ids of its boxes, in order, at most 1,000. */
      boxes: z.array(z.int()),
    }),
  ),
})
export type LinkReport = z.infer<typeof linkReportSchema>
