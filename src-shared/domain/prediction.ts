import { z } from 'zod'
import { shapeSchema, tagSchema } from './annotation.ts'
import { functionIdSchema } from './function.ts'
import { annotationIdSchema, frameIndexSchema, labelIdSchema, taskIdSchema } from './ids.ts'

/** An annotation that is not one yet: labels and attributes of the task, no id. Groups are numbers of this answer only. */
export const proposalSchema = z.discriminatedUnion('kind', [
  tagSchema.omit({ id: true }),
  shapeSchema.omit({ id: true }),
])
export type Proposal = z.infer<typeof proposalSchema>

export const predictionIdSchema = z.int().positive().brand<'PredictionId'>()
export type PredictionId = z.infer<typeof predictionIdSchema>

/** What a run of a function proposed and nobody has decided on yet. Not part of exports, statistics or filters. */
export const predictionSchema = z.object({
  id: predictionIdSchema,
  taskId: taskIdSchema,
  functionId: functionIdSchema,
  /** Of a tag and of what no score was given for: null. */
  score: z.number().nullable(),
  proposal: proposalSchema,
})
export type Prediction = z.infer<typeof predictionSchema>

/** Which open predictions are meant: all that fit every field given. */
export const predictionChoiceSchema = z.object({
  ids: z.array(predictionIdSchema).max(100_000).optional(),
  frame: frameIndexSchema.optional(),
  labelId: labelIdSchema.optional(),
  /** At least this score; those without a score fit only when this is left out. */
  minScore: z.number().min(0).max(1).optional(),
  /** Less than this score. */
  belowScore: z.number().min(0).max(1).optional(),
})
export type PredictionChoice = z.infer<typeof predictionChoiceSchema>

/**
 * Where predictions and what people drew disagree. `missed`: predicted, not drawn. `extra`: drawn, not predicted.
 * `low-overlap`: both, of one label, and overlapping less than asked. `other-label`: overlapping, of different labels.
 */
export const differenceSchema = z.object({
  kind: z.enum(['missed', 'extra', 'low-overlap', 'other-label']),
  frame: frameIndexSchema,
  labelId: labelIdSchema,
  predictionId: predictionIdSchema.nullable(),
  annotationId: annotationIdSchema.nullable(),
  /** 0 … 1; null where there is no pair. */
  iou: z.number().nullable(),
  score: z.number().nullable(),
})
export type Difference = z.infer<typeof differenceSchema>
