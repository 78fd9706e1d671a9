import { oc } from '@orpc/contract'
import { z } from 'zod'
import { frameIndexSchema, taskIdSchema } from '../domain/ids.ts'

export const trackerInfoSchema = z.object({
  /** Stable, such as `opencv/tracker-mil`. */
  id: z.string(),
  /** As people know it, such as `TrackerMIL`. */
  name: z.string(),
  description: z.string(),
})
export type TrackerInfo = z.infer<typeof trackerInfoSchema>

/** Unrotated rectangle `[x1, y1, x2, y2]`, image pixels of the upright picture. */
const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()])

/** Trackers find a marked object again on other frames. They run on this machine. */
export const trackersContract = {
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
        'All objects of one request are followed together. `state` is what the last answer gave for an object: with it the tracker goes on from what it has learnt, without it (or when it was forgotten, or the box is another one than the tracker left) it begins anew on `from`. `box` of the answer is null when the object was lost.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        tracker: z.string(),
        from: frameIndexSchema,
        to: frameIndexSchema,
        objects: z.array(z.object({ box: boxSchema, state: z.string().nullable() })).max(200),
      }),
    )
    .output(
      z.object({
        /** How many objects were begun anew. */
        initialized: z.int(),
        /** In the order asked. */
        objects: z.array(z.object({ box: boxSchema.nullable(), state: z.string() })),
      }),
    ),
}
