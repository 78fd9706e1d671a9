import { oc } from '@orpc/contract'
import { z } from 'zod'
import { frameIndexSchema, taskIdSchema } from '../domain/ids.ts'
import { frameSchema } from '../domain/task.ts'

const searchInput = {
  taskId: taskIdSchema,
  from: z.coerce.number().int(),
  direction: z.enum(['forward', 'backward']),
  /** The frames to search, inclusive, such as a job's; left out: all. */
  start: z.coerce.number().int().nonnegative().optional(),
  stop: z.coerce.number().int().nonnegative().optional(),
  /** `skip`: deleted frames are passed over. */
  deleted: z.enum(['show', 'skip']).default('show'),
}

export const framesContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames',
      tags: ['frames'],
      summary: 'Frames in order, a page',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        from: z.coerce.number().int().nonnegative().default(0),
        count: z.coerce.number().int().positive().max(10_000).default(1000),
      }),
    )
    .output(z.array(frameSchema)),
  timing: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/timing',
      tags: ['frames'],
      summary: "When each frame of a video is due, for playing at the video's own speed",
      description:
        '`frameRate` counts frames of the task a second (the step is in it), 0 when nobody knows and for pictures. `times` has the seconds of each frame from the first one; null when all are within 1 ms of `frame / frameRate`.',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(
      z.object({ frameRate: z.number().nonnegative(), times: z.array(z.number()).nullable() }),
    ),
  problems: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/problems',
      tags: ['frames'],
      summary: 'Frames that cannot be read, named',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(
      z.array(
        z.object({
          frame: frameIndexSchema,
          name: z.string(),
          status: frameSchema.shape.status,
          problem: z.string(),
        }),
      ),
    ),
  marks: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/marks',
      tags: ['frames'],
      summary: 'Which frames are deleted and which are checked',
      description:
        'Frame indices in ascending order. They change by `frame` operations of `POST /tasks/{taskId}/annotations`.',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(
      z.object({
        revision: z.int(),
        deleted: z.array(frameIndexSchema),
        checked: z.array(frameIndexSchema),
      }),
    ),
  /** The next frame in `direction` from `from` that holds any annotation; null when there is none. */
  searchAnnotated: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/search',
      tags: ['frames'],
      summary: 'Next frame with annotations',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        from: z.coerce.number().int(),
        direction: z.enum(['forward', 'backward']),
        /** `skip`: deleted frames are passed over. */
        deleted: z.enum(['show', 'skip']).default('show'),
      }),
    )
    .output(z.object({ frame: frameIndexSchema.nullable() })),
  /**
   * The next frame in `direction` with an annotation that matches the filter, deleted frames passed over where asked. Where
   * nothing between `start` and `stop` matches at all, the next with any annotation, as CVAT does: `by` says which it was.
   */
  searchMatching: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/matching',
      tags: ['frames'],
      summary: 'Next frame with annotations that match a filter',
    })
    .input(z.object({ ...searchInput, filter: z.string().min(1) }))
    .output(
      z.object({ frame: frameIndexSchema.nullable(), by: z.enum(['filter', 'annotations']) }),
    ),
  searchEmpty: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/empty',
      tags: ['frames'],
      summary: 'Next frame without annotations',
    })
    .input(z.object(searchInput))
    .output(z.object({ frame: frameIndexSchema.nullable() })),
  related: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/related',
      tags: ['frames'],
      summary: 'Context images, by frame, a page',
      description:
        'Frames without any are left out. The n-th one (from 0) is at `/frames/{taskId}/{frame}/related/{n}`. `any` says whether the task has context images at all.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        from: z.coerce.number().int().nonnegative().default(0),
        count: z.coerce.number().int().positive().max(1000).default(500),
      }),
    )
    .output(
      z.object({
        any: z.boolean(),
        frames: z.array(z.object({ frame: frameIndexSchema, names: z.array(z.string()) })),
      }),
    ),
  counts: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/counts',
      tags: ['frames'],
      summary: 'How many annotations are on each frame, a page',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        from: z.coerce.number().int().nonnegative().default(0),
        count: z.coerce.number().int().positive().max(5000).default(500),
        /** `shapes`: tags and shapes alone, without tracks. */
        of: z.enum(['all', 'shapes']).default('all'),
      }),
    )
    .output(z.object({ from: frameIndexSchema, counts: z.array(z.int()) })),
  named: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/named',
      tags: ['frames'],
      summary: 'Indices of all frames whose name contains a text',
    })
    .input(z.object({ taskId: taskIdSchema, text: z.string() }))
    .output(z.object({ frames: z.array(frameIndexSchema) })),
  find: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/find',
      tags: ['frames'],
      summary: 'Frames whose name contains a text',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        text: z.string(),
        limit: z.coerce.number().int().positive().max(200).default(50),
      }),
    )
    .output(z.array(frameSchema)),
}
