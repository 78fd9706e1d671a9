import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  annotationSchema,
  attributeValueSchema,
  shapeTypeSchema,
  sourceSchema,
} from '../domain/annotation.ts'
import { bulkPreviewSchema, bulkSchema, bulkStartedSchema } from '../domain/bulk.ts'
import { annotationIdSchema, frameIndexSchema, labelIdSchema, taskIdSchema } from '../domain/ids.ts'
import { historyEntrySchema } from '../operations/operation.ts'
import { sentOperationSchema, sentStepSchema } from '../operations/track-edit.ts'

/** What every change of annotations answers: the new revision and the operations that were carried out. */
export const changeResultSchema = z.object({
  revision: z.int(),
  entry: historyEntrySchema,
  operations: z.array(sentOperationSchema),
})
export type ChangeResult = z.infer<typeof changeResultSchema>

/** An annotation without its outline: what galleries and lists over many frames show. */
export const objectSummarySchema = z.object({
  id: annotationIdSchema,
  kind: z.enum(['tag', 'shape', 'track']),
  /** Where it is seen; of a track, where it is first seen. */
  frame: frameIndexSchema,
  labelId: labelIdSchema,
  /** null for a tag. */
  type: shapeTypeSchema.nullable(),
  /** The upright box around it in image pixels, rotation included; null for a tag. */
  box: z
    .object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() })
    .nullable(),
})
export type ObjectSummary = z.infer<typeof objectSummarySchema>

/** A track without its outlines: what a timeline shows of thousands. */
export const trackLaneSchema = z.object({
  id: annotationIdSchema,
  labelId: labelIdSchema,
  group: z.int().nonnegative(),
  source: sourceSchema,
  type: shapeTypeSchema,
  /** The track's own, then every other value a keyframe gives: to look tracks up by. */
  attributes: z.array(attributeValueSchema),
  /** One number a keyframe, ascending: frame * 4, + 2 where it is occluded, + 1 where it is outside. */
  keyframes: z.array(z.int().nonnegative()),
})
export type TrackLane = z.infer<typeof trackLaneSchema>

export const annotationsContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/annotations',
      tags: ['annotations'],
      summary: 'Every annotation without its outline, a page',
      description:
        'In order of frames. A page ends with a whole frame, so it may hold more than `limit`; `next` is the frame to go on with, null at the end.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        from: z.coerce.number().int().nonnegative().default(0),
        limit: z.coerce.number().int().positive().max(10_000).default(1000),
      }),
    )
    .output(z.object({ objects: z.array(objectSummarySchema), next: frameIndexSchema.nullable() })),
  get: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/annotations/get',
      tags: ['annotations'],
      summary: 'Annotations by their ids',
      description: 'In the order asked for; ids of no annotation of the task are left out.',
    })
    .input(z.object({ taskId: taskIdSchema, ids: z.array(annotationIdSchema).max(100_000) }))
    .output(z.object({ revision: z.int(), annotations: z.array(annotationSchema) })),
  lanes: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/lanes',
      tags: ['annotations'],
      summary: 'Tracks with their keyframes and no outlines, a page',
      description:
        'In order of first frame, then id: those after (`afterFrame`, `afterId`). `next` is where to go on, null at the end. A keyframe is one number: frame * 4, + 2 occluded, + 1 outside.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        afterFrame: z.coerce.number().int().min(-1).default(-1),
        afterId: z.coerce.number().int().nonnegative().default(0),
        limit: z.coerce.number().int().positive().max(10_000).default(1000),
      }),
    )
    .output(
      z.object({
        revision: z.int(),
        tracks: z.array(trackLaneSchema),
        next: z.object({ frame: frameIndexSchema, id: annotationIdSchema }).nullable(),
      }),
    ),
  frame: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/annotations/{frame}',
      tags: ['annotations'],
      summary: "One frame's annotations",
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        frame: z.coerce.number().int().nonnegative(),
        /** `omit` for whoever holds the task's tracks already. */
        tracks: z.enum(['with', 'omit']).default('with'),
      }),
    )
    .output(z.object({ revision: z.int(), annotations: z.array(annotationSchema) })),
  tracks: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/tracks',
      tags: ['annotations'],
      summary: 'Every track with its keyframes, a page',
      description:
        'By ascending id, from the first one after `after`: at least one, and as many as have some 20,000 keyframes together. `next` is the id to go on after, null at the end.',
    })
    .input(
      z.object({ taskId: taskIdSchema, after: z.coerce.number().int().nonnegative().default(0) }),
    )
    .output(
      z.object({
        revision: z.int(),
        tracks: z.array(annotationSchema),
        next: annotationIdSchema.nullable(),
      }),
    ),
  /**
   * Annotations that match a filter, by frames, a page: whole frames, until at least `limit` annotations are together.
   * `next` is the frame to go on from, null at the end. Deleted frames are left out. A track is told once, on the first
   * frame it matches on.
   */
  query: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/query',
      tags: ['annotations'],
      summary: 'Annotations that match a filter, a page',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        filter: z.string().min(1),
        from: z.coerce.number().int().nonnegative().default(0),
        limit: z.coerce.number().int().positive().max(10_000).default(1000),
      }),
    )
    .output(
      z.object({
        frames: z.array(
          z.object({
            frame: frameIndexSchema,
            name: z.string(),
            annotations: z.array(annotationSchema),
          }),
        ),
        next: frameIndexSchema.nullable(),
      }),
    ),
  /** Ids for annotations to come, so that a client can name what it creates before the core has seen it. Never given twice. */
  reserveIds: oc
    .route({
      method: 'POST',
      path: '/annotations/ids',
      tags: ['annotations'],
      summary: 'Reserve annotation ids',
    })
    .input(z.object({ count: z.int().positive().max(100_000) }))
    .output(z.object({ first: annotationIdSchema, count: z.int() })),
  /**
   * Carry out one step in one transaction. `baseRevision` is the revision it was made on: a stale one is accepted when
   * nothing it touches changed since, else refused with REVISION_CONFLICT. `clientStepId` makes a repeat harmless: the
   * same id again answers as the first time did. A new step drops what had been undone.
   */
  apply: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/annotations',
      tags: ['annotations'],
      summary: 'Carry out one step',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        baseRevision: z.int().nonnegative(),
        clientStepId: z.string().min(1).max(64),
        step: sentStepSchema,
      }),
    )
    .output(changeResultSchema),
  /**
   * What `run` would do, counted, with nothing changed. A newer preview of the same task makes an older one stop with
   * CANCELLED: nobody waits for it any more.
   */
  preview: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/annotations/preview',
      tags: ['annotations'],
      summary: 'Count what a bulk action would do',
    })
    .input(bulkSchema.extend({ taskId: taskIdSchema }))
    .output(bulkPreviewSchema),
  /** A bulk action as one undoable step, all of it or nothing: a small one at once, a large one as a request. */
  run: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/annotations/run',
      tags: ['annotations'],
      summary: 'Run a bulk action',
    })
    .input(bulkSchema.extend({ taskId: taskIdSchema }))
    .output(bulkStartedSchema),
  undo: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/undo',
      tags: ['annotations'],
      summary: 'Take the last step back',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(changeResultSchema),
  redo: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/redo',
      tags: ['annotations'],
      summary: 'Carry the last undone step out again',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(changeResultSchema),
  /** Newest first. `before`: entries older than that id. */
  history: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/history',
      tags: ['annotations'],
      summary: 'Steps, newest first',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        before: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().positive().max(500).default(100),
      }),
    )
    .output(z.array(historyEntrySchema)),
}
