import { z } from 'zod'
import { convertTargets } from '../geometry/convert.ts'
import {
  annotationIdSchema,
  attributeIdSchema,
  frameIndexSchema,
  labelIdSchema,
  requestIdSchema,
} from './ids.ts'

/** What is done with many annotations at once. */
export const bulkActionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('remove'),
    /** Tracks seen on the frames: all of them (left out), or only on those frames; what comes before and after stays. */
    tracks: z.enum(['whole', 'range']).optional(),
  }),
  /**
   * Copies of what is on the frames of the scope, on every frame from `first` to `last` but its own. Of a track, as in
   * CVAT, the shape it is on the bulk action's `frame`.
   */
  z.object({
    kind: z.literal('propagate'),
    first: frameIndexSchema,
    last: frameIndexSchema,
  }),
  z.object({
    kind: z.literal('convert'),
    to: z.enum(convertTargets),
    /** Masks to outlines: the share of corners kept, 0 … 1. */
    density: z.number().min(0).max(1).default(1),
  }),
  z.object({ kind: z.literal('change-label'), labelId: labelIdSchema }),
  /** Of those whose label has this attribute; the others are passed over. */
  z.object({ kind: z.literal('change-attribute'), specId: attributeIdSchema, value: z.string() }),
  /** Tracks become shapes on the frames from `first` to `last` on which they are seen; elsewhere they stay. */
  z.object({
    kind: z.literal('tracks-to-shapes'),
    first: frameIndexSchema,
    last: frameIndexSchema,
    /** A shape on every frame, or only where the track has a keyframe. */
    every: z.enum(['frame', 'keyframe']),
  }),
  /** Shapes of consecutive frames that are one object become a track each. */
  z.object({
    kind: z.literal('link-shapes'),
    /** The least share two of them have in common (intersection over union), 0 … 1. */
    overlap: z.number().min(0).max(1),
    /** Frames an object may be missing. */
    gap: z.int().nonnegative().max(1000),
  }),
  /** Tracks that end with a job and begin again in the overlap with the next one become one. */
  z.object({ kind: z.literal('join-tracks') }),
])
export type BulkAction = z.infer<typeof bulkActionSchema>
export type BulkKind = BulkAction['kind']

/** Which annotations: these, or all that match a filter on a range of frames. */
export const bulkScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(annotationIdSchema).min(1).max(100_000) }),
  z.object({
    kind: z.literal('frames'),
    first: frameIndexSchema,
    last: frameIndexSchema,
    /** The filter language; '' = all. */
    filter: z.string(),
  }),
])
export type BulkScope = z.infer<typeof bulkScopeSchema>

export const bulkSchema = z.object({
  action: bulkActionSchema,
  scope: bulkScopeSchema,
  /** Frames that are deleted take part, too. */
  deletedFrames: z.boolean().default(false),
  /** The frame to show when it is undone. */
  frame: frameIndexSchema,
})
export type Bulk = z.infer<typeof bulkSchema>

/**
 * Why an annotation that matches is passed over: `same`: it is so already; `kind`: tags or tracks, or a type the action
 * can do nothing with; `label-type`: its label, or the new one, allows no such shape; `no-attribute`: its label has no
 * such attribute; `nothing-left`: the conversion would leave nothing; `not-seen`: the track is not seen on these frames;
 * `no-partner`: nothing goes on with it.
 */
export const skipReasons = [
  'same',
  'kind',
  'label-type',
  'no-attribute',
  'nothing-left',
  'not-seen',
  'no-partner',
] as const
export const skipReasonSchema = z.enum(skipReasons)
export type SkipReason = z.infer<typeof skipReasonSchema>

const skippedSchema = z.array(z.object({ reason: skipReasonSchema, count: z.int() }))

/** What running it would do, as far as can be told without doing it. */
export const bulkPreviewSchema = z.object({
  /** Annotations that match. */
  matched: z.int(),
  /** Of them, those something happens to. */
  changed: z.int(),
  /** Copies, shapes of tracks, or tracks that are made. */
  created: z.int(),
  /** Frames something happens on. */
  frames: z.int(),
  /** Frames passed over because they are deleted, or (propagate) because their picture has another size. */
  framesLeftOut: z.int(),
  skipped: skippedSchema,
  byLabel: z.array(z.object({ labelId: labelIdSchema, count: z.int() })),
  /** The first frames it happens on, ascending. */
  byFrame: z.array(z.object({ frame: frameIndexSchema, count: z.int() })),
})
export type BulkPreview = z.infer<typeof bulkPreviewSchema>

/** What running it did. */
export const bulkReportSchema = z.object({
  changed: z.int(),
  created: z.int(),
  deleted: z.int(),
  skipped: skippedSchema,
  revision: z.int(),
})
export type BulkReport = z.infer<typeof bulkReportSchema>

/** A small one is done at once, a large one becomes a request; exactly one of the two is null. */
export const bulkStartedSchema = z.object({
  report: bulkReportSchema.nullable(),
  requestId: requestIdSchema.nullable(),
})
