import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  annotationIdSchema,
  frameIndexSchema,
  labelIdSchema,
  requestIdSchema,
  taskIdSchema,
} from '../domain/ids.ts'
import { differenceSchema, predictionChoiceSchema, predictionSchema } from '../domain/prediction.ts'

/** `open`: how many are left to decide on. */
const decided = z.object({ count: z.int(), open: z.int() })

/** A layer of what a function proposed, over the annotations: nothing of it counts before a person accepts it. */
export const predictionsContract = {
  frame: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/predictions/{frame}',
      tags: ['predictions'],
      summary: 'Open predictions of one frame',
    })
    .input(z.object({ taskId: taskIdSchema, frame: z.coerce.number().int().nonnegative() }))
    .output(z.array(predictionSchema)),
  summary: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/predictions',
      tags: ['predictions'],
      summary: 'How many are open, by label and score',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(
      z.object({
        open: z.int(),
        frames: z.int(),
        byLabel: z.array(z.object({ labelId: labelIdSchema, count: z.int() })),
        /** Twenty bins of score 0 … 1. */
        byScore: z.array(z.int()).length(20),
        withoutScore: z.int(),
      }),
    ),
  /** The next frame with an open prediction that fits; null where there is none that way. */
  next: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/predictions/next',
      tags: ['predictions'],
      summary: 'The next frame with open predictions',
    })
    .input(
      predictionChoiceSchema.omit({ ids: true, frame: true }).extend({
        taskId: taskIdSchema,
        from: frameIndexSchema,
        direction: z.enum(['forward', 'backward']).default('forward'),
      }),
    )
    .output(z.object({ frame: frameIndexSchema.nullable() })),
  /** They become annotations in one undoable step; undone, they are open again. */
  accept: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/predictions/accept',
      tags: ['predictions'],
      summary: 'Make annotations of them',
      description:
        'Some hundreds at once; more are a request of the queue, and `count` is what it will accept.',
    })
    .input(
      predictionChoiceSchema.extend({
        taskId: taskIdSchema,
        /**
         * The one that is chosen takes the place of this annotation: it keeps its id, its group and its layer, and under the same
         * label its attributes. Of a track the position on that frame. @throws INPUT_INVALID, NOT_FOUND
         */
        replaces: annotationIdSchema.optional(),
      }),
    )
    .output(decided.extend({ requestId: requestIdSchema.nullable() })),
  reject: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/predictions/reject',
      tags: ['predictions'],
      summary: 'Set them aside',
    })
    .input(predictionChoiceSchema.extend({ taskId: taskIdSchema }))
    .output(decided),
  /** Those that were rejected are open again. */
  restore: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/predictions/restore',
      tags: ['predictions'],
      summary: 'Take rejections back',
    })
    .input(predictionChoiceSchema.extend({ taskId: taskIdSchema }))
    .output(decided),
  clear: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/predictions/clear',
      tags: ['predictions'],
      summary: 'Forget the whole layer',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(decided),
  /** Where predictions and annotations disagree, a page, by frame. */
  differences: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/predictions/differences',
      tags: ['predictions'],
      summary: 'Where predictions and annotations disagree',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        /** Pairs overlap at least so much. */
        iou: z.coerce.number().min(0).max(1).default(0.5),
        minScore: z.coerce.number().min(0).max(1).default(0),
        from: z.coerce.number().int().nonnegative().default(0),
        limit: z.coerce.number().int().positive().max(10_000).default(500),
      }),
    )
    .output(
      z.object({ differences: z.array(differenceSchema), next: frameIndexSchema.nullable() }),
    ),
}
