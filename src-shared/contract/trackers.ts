import { oc } from '@orpc/contract'
import { z } from 'zod'
import { pointsSchema, shapeTypeSchema } from '../domain/annotation.ts'
import { frameIndexSchema, taskIdSchema } from '../domain/ids.ts'

export const trackerInfoSchema = z.object({
  /** A function's, such as `opencv/tracker-mil` or `onnx/desk-track`. Stable. */
  id: z.string(),
  /** As people know it, such as `TrackerMIL`. */
  name: z.string(),
  description: z.string(),
  /** What it can follow. */
  shapeTypes: z.array(shapeTypeSchema),
})
export type TrackerInfo = z.infer<typeof trackerInfoSchema>

const trackedShapeSchema = z.object({
  type: shapeTypeSchema,
  /** As `Shape.points`: image pixels of the upright picture. */
  points: pointsSchema.max(2_000_000),
  /** Degrees, clockwise on screen. */
  rotation: z.number().default(0),
})

/** Trackers find a marked object again on other frames: functions of that kind, whoever provides them. */
export const trackersContract = {
  /** Those that can be called now; what needs no weights and knows any object comes first. */
  list: oc
    .route({
      method: 'GET',
      path: '/trackers',
      tags: ['trackers'],
      summary: 'What can follow objects',
    })
    .output(z.array(trackerInfoSchema)),
  follow: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/trackers/follow',
      tags: ['trackers'],
      summary: 'Where objects of one frame are on another',
      description:
        'All objects of one request are followed together. `state` is what the last answer gave for an object: with it the tracker goes on from what it has learnt, without it (or when it was forgotten, or the shape is another one than the tracker left) it begins anew on `from`. `shape` of the answer is null when the object was lost, or found with a score below `minScore`.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        tracker: z.string(),
        from: frameIndexSchema,
        to: frameIndexSchema,
        objects: z
          .array(
            z.object({ shape: trackedShapeSchema, state: z.string().nullable().default(null) }),
          )
          .max(200),
        minScore: z.number().min(0).max(1).default(0),
      }),
    )
    .output(
      z.object({
        /** How many objects were begun anew. */
        initialized: z.int(),
        /** In the order asked. */
        objects: z.array(
          z.object({
            shape: trackedShapeSchema
              .extend({
                /** 0 … 1; null when the tracker does not say. */
                score: z.number().nullable(),
              })
              .nullable(),
            state: z.string(),
          }),
        ),
      }),
    ),
}
