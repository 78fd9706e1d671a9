import { oc } from '@orpc/contract'
import { z } from 'zod'
import { detectionSchema } from '../domain/detection.ts'
import { functionIdSchema, functionInfoSchema, parameterValuesSchema } from '../domain/function.ts'
import { frameIndexSchema, jobIdSchema, taskIdSchema } from '../domain/ids.ts'
import { labelMappingSchema } from '../domain/label-mapping.ts'
import { proposalSchema } from '../domain/prediction.ts'
import { workRequestSchema } from '../domain/request.ts'

const pointSchema = z.tuple([z.number(), z.number()])
const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()])

/** A part of the picture in image pixels; `right` and `bottom` excluded. */
export const regionSchema = z.object({
  left: z.number(),
  top: z.number(),
  right: z.number(),
  bottom: z.number(),
})

/** Look at the picture in overlapping tiles, for objects too small to be seen on the whole of it. */
export const tilesSchema = z.object({
  /** Side of a tile, image pixels. */
  size: z.int().min(64).max(8192),
  /** Share of a tile that it has in common with its neighbour. */
  overlap: z.number().min(0).max(0.8).default(0.2),
  /** The whole picture as well. */
  whole: z.boolean().default(true),
})
export type Tiles = z.infer<typeof tilesSchema>

/** How a detector is run, on one frame or on many. */
export const detectorRunSchema = z.object({
  functionId: functionIdSchema,
  parameters: parameterValuesSchema.default({}),
  /** Left out: labels of equal names (case, `_`, `-` and spaces aside) and fitting types. @throws MAPPING_INVALID */
  mapping: labelMappingSchema.optional(),
  region: regionSchema.nullable().default(null),
  tiles: tilesSchema.nullable().default(null),
  /** Masks become polygons, also for labels that could take masks. */
  masksToPolygons: z.boolean().default(false),
})
export type DetectorRun = z.infer<typeof detectorRunSchema>

export const functionsContract = {
  list: oc
    .route({ method: 'GET', path: '/functions', tags: ['functions'], summary: 'What can annotate' })
    .output(z.array(functionInfoSchema)),
  get: oc
    .route({ method: 'GET', path: '/functions/get', tags: ['functions'], summary: 'One function' })
    .input(z.object({ id: functionIdSchema }))
    .output(functionInfoSchema),
  /** What would become of each of its labels in this task, were nothing chosen: the last choice made here (or in its project), else by name. */
  mapping: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/mapping',
      tags: ['functions'],
      summary: "A function's labels in the words of a task",
    })
    .input(z.object({ taskId: taskIdSchema, functionId: functionIdSchema }))
    .output(
      z.object({
        /** Attributes and joints are always named. */
        mapping: labelMappingSchema,
        /** Those of the last run; what is not among them has the function's default. */
        parameters: parameterValuesSchema,
        remembered: z.boolean(),
      }),
    ),
  detect: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/detect',
      tags: ['functions'],
      summary: 'Run a detector on one frame',
      description:
        'Nothing is stored. `proposals` are annotations of the task without ids; groups are numbers of this answer. The mapping is remembered for this task and function.',
    })
    .input(detectorRunSchema.extend({ taskId: taskIdSchema, frame: frameIndexSchema }))
    .output(
      z.object({
        proposals: z.array(proposalSchema),
        /** Detections whose label is not mapped, and others that could not be kept: a sentence each with a count in it. */
        notes: z.array(z.string()),
        tookMs: z.number(),
      }),
    ),
  /** The same in the function's own words, of a frame or of a file: to try one. */
  call: oc
    .route({
      method: 'POST',
      path: '/functions/call',
      tags: ['functions'],
      summary: 'Try a detector on a frame or a file',
    })
    .input(
      z.object({
        functionId: functionIdSchema,
        picture: z.union([
          z.object({ taskId: taskIdSchema, frame: frameIndexSchema }),
          z.object({ path: z.string().min(1) }),
        ]),
        parameters: parameterValuesSchema.default({}),
        tiles: tilesSchema.nullable().default(null),
      }),
    )
    .output(z.object({ detections: z.array(detectionSchema), tookMs: z.number() })),
  prepare: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/prepare',
      tags: ['functions'],
      summary: 'Make embeddings of frames ahead',
      description:
        'In the order given; answers when the first is made, the rest follow unless the next call comes first.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        functionId: functionIdSchema,
        frames: z.array(frameIndexSchema).min(1).max(50),
      }),
    )
    .output(z.object({ tookMs: z.number() })),
  interact: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/interact',
      tags: ['functions'],
      summary: 'An object from clicks, a box, or both',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        frame: frameIndexSchema,
        functionId: functionIdSchema,
        positive: z.array(pointSchema).max(1000).default([]),
        negative: z.array(pointSchema).max(1000).default([]),
        box: boxSchema.nullable().default(null),
        region: regionSchema.nullable().default(null),
        /** `token` of the answer this refines. */
        previous: z.string().nullable().default(null),
        parameters: parameterValuesSchema.default({}),
      }),
    )
    .output(
      z.object({
        /** As `Shape.points` of a mask. */
        mask: z.array(z.number()).nullable(),
        /** Flat polygon, when the function gave one itself. */
        outline: z.array(z.number()).nullable(),
        score: z.number().nullable(),
        token: z.string().nullable(),
        tookMs: z.number(),
      }),
    ),
  /**
   * Intelligent scissors: the outline from the last point to the pointer, along the edges of the picture.
   * At most `reach` image pixels away from `from` in x and in y.
   */
  scissors: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/scissors',
      tags: ['functions'],
      summary: 'A path along edges between two points',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        frame: frameIndexSchema,
        from: pointSchema,
        to: pointSchema,
        reach: z.number().min(8).max(4096).default(100),
      }),
    )
    .output(z.object({ /** Flat, from and to included. */ path: z.array(z.number()) })),
  /** Automatic annotation of a task or a job. */
  annotate: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/annotate',
      tags: ['functions'],
      summary: 'Run a detector on many frames',
      description:
        'A request of the queue: progress, cancel, resume after a restart. What it finds is one undoable step, or a layer of predictions to decide on.',
    })
    .input(
      detectorRunSchema.extend({
        taskId: taskIdSchema,
        jobId: jobIdSchema.nullable().default(null),
        /** Inclusive; null: all of the job or task. Deleted frames are left out. */
        frames: z
          .object({ start: frameIndexSchema, stop: frameIndexSchema })
          .nullable()
          .default(null),
        /** The filter language: only frames with an annotation it finds. */
        filter: z.string().default(''),
        /** Only frames without any annotation. */
        onlyEmpty: z.boolean().default(false),
        /** Clean old annotations of these frames first (in the same undoable step). */
        cleanup: z.boolean().default(false),
        /** `annotations`: at once. `predictions`: a layer to accept from. */
        as: z.enum(['annotations', 'predictions']).default('annotations'),
      }),
    )
    .output(workRequestSchema),
  /** Link boxes of consecutive frames into tracks by their looks (ReID). */
  link: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/link',
      tags: ['functions'],
      summary: 'Link boxes into tracks',
      description:
        'Rectangle shapes of the frames become tracks, in one undoable step. With `preview` nothing is stored: the result of the request says what would be.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        jobId: jobIdSchema.nullable().default(null),
        frames: z
          .object({ start: frameIndexSchema, stop: frameIndexSchema })
          .nullable()
          .default(null),
        functionId: functionIdSchema,
        /** Largest cosine distance of two looks. */
        threshold: z.number().min(0).max(2).default(0.5),
        /** Largest way of a centre between the frames, image pixels. */
        maxDistance: z.number().positive().default(50),
        /** Frames an object may be missing before its track ends. */
        maxGap: z.int().min(0).max(1000).default(0),
        /** Boxes that nothing could be linked to stay shapes. */
        keepSingles: z.boolean().default(true),
        preview: z.boolean().default(false),
      }),
    )
    .output(workRequestSchema),
  /** Lead tracked objects over a range of frames by themselves; a request, so that it goes on while the person does other things. */
  track: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/functions/track',
      tags: ['functions'],
      summary: 'Track objects over a range of frames',
      description:
        'Every chosen shape or track of frame `from` is followed, frame by frame, to `to` (before or after `from`). One undoable step at the end; shapes become tracks that are seen on those frames alone. Objects that are lost, or found with less than `minScore`, end there. Deleted frames are passed over. Cancelled or failed, it changes nothing.',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        functionId: functionIdSchema,
        from: frameIndexSchema,
        to: frameIndexSchema,
        /** Annotation ids; empty: every shape and track of the frame that the tracker can follow. */
        annotationIds: z.array(z.int().positive()).max(10_000).default([]),
        minScore: z.number().min(0).max(1).default(0),
        /** A keyframe every so many frames; between them is interpolated. */
        keyframeEvery: z.int().min(1).max(1000).default(1),
      }),
    )
    .output(workRequestSchema),
}
