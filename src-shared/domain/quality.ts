import { z } from 'zod'
import { annotationIdSchema, frameIndexSchema } from './ids.ts'

/** One thing that is wrong, and where. */
export const findingSchema = z.object({
  /** A rule of src-shared/quality/lint.ts, e.g. `crosses-itself`. */
  rule: z.string(),
  /** Null: the whole task. Of a track the first frame it is found on. */
  frame: frameIndexSchema.nullable(),
  name: z.string(),
  annotationId: annotationIdSchema.nullable(),
  label: z.string(),
  /** A sentence without a full stop. */
  problem: z.string(),
})
export type QualityFinding = z.infer<typeof findingSchema>

export const validationReportSchema = z.object({
  frames: z.int(),
  annotations: z.int(),
  /** How often each rule was broken, exact; rules nobody broke are left out. */
  rules: z.array(z.object({ rule: z.string(), what: z.string(), count: z.int() })),
  count: z.int(),
  /** In order of frames, at most 10,000. */
  findings: z.array(findingSchema),
})
export type ValidationReport = z.infer<typeof validationReportSchema>

/** Objects of one label, CVAT's way: shapes and tracks apart, and how many shapes stand on frames in all. */
export const labelStatsSchema = z.object({
  label: z.string(),
  tags: z.int(),
  /** By shape type, what was drawn on a single frame. */
  shapes: z.record(z.string(), z.int()),
  tracks: z.record(z.string(), z.int()),
  keyframes: z.int(),
  /** Positions of tracks between their keyframes, on frames where they are seen. */
  interpolated: z.int(),
  /** Tags, shapes, keyframes on which a track is seen, and interpolated positions. */
  total: z.int(),
})
export const statsSchema = z.object({
  tasks: z.int(),
  frames: z.int(),
  annotatedFrames: z.int(),
  deletedFrames: z.int(),
  checkedFrames: z.int(),
  jobs: z.record(z.string(), z.int()),
  labels: z.array(labelStatsSchema),
  /** Who made them: `manual`, `auto`, `semi-auto`, `file`. */
  sources: z.record(z.string(), z.int()),
  objects: z.int(),
})
export type LabelStats = z.infer<typeof labelStatsSchema>
export type Stats = z.infer<typeof statsSchema>

/** What one of two sets has on a frame that the other has not, or has otherwise. */
export const differenceSchema = z.object({
  /** `geometry`: a pair whose overlap is below 0.999. */
  kind: z.enum(['only-first', 'only-second', 'label', 'geometry']),
  frame: frameIndexSchema,
  name: z.string(),
  type: z.string(),
  labels: z.array(z.string()),
  /** Ids in the first and in the second set; null where it is not there, or comes from a file. */
  ids: z.tuple([annotationIdSchema.nullable(), annotationIdSchema.nullable()]),
  /** 0 … 1; 0 for what is in one set only. */
  overlap: z.number(),
})
export type Difference = z.infer<typeof differenceSchema>

export const comparisonSchema = z.object({
  /** Frames both sets have; `unmatched` are the first set's without a partner. */
  frames: z.int(),
  unmatched: z.int(),
  first: z.int(),
  second: z.int(),
  matched: z.int(),
  /** Pairs of one label. */
  agreed: z.int(),
  onlyFirst: z.int(),
  onlySecond: z.int(),
  meanOverlap: z.number(),
  /** Per label of either set: how many each has, and pairs that agree on it. */
  labels: z.array(
    z.object({ label: z.string(), first: z.int(), second: z.int(), agreed: z.int() }),
  ),
  differenceCount: z.int(),
  /** In order of frames, at most 10,000. */
  differences: z.array(differenceSchema),
  notes: z.array(z.string()),
})
export type Comparison = z.infer<typeof comparisonSchema>
