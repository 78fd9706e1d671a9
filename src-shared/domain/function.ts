import { z } from 'zod'
import { shapeTypeSchema } from './annotation.ts'
import { inputTypeSchema, labelTypeSchema } from './label.ts'
import { errorBodySchema } from './request.ts'

/**
 * A function is anything that annotates: a local ONNX model, an algorithm of OpenCV, a Nuclio function. Screen, queue and
 * command line see only this, and never ask which of them it is.
 */
export const functionKinds = ['detector', 'interactor', 'tracker', 'reid'] as const
export const functionKindSchema = z.enum(functionKinds)
export type FunctionKind = z.infer<typeof functionKindSchema>

export const functionProviders = ['onnx', 'opencv', 'nuclio'] as const
export const functionProviderSchema = z.enum(functionProviders)

/** `provider/name`; of Nuclio `nuclio/connection/name`. Stable. */
export const functionIdSchema = z.string().min(3).max(400).brand('FunctionId')
export type FunctionId = z.infer<typeof functionIdSchema>

export const functionAttributeSchema = z.object({
  name: z.string(),
  inputType: inputTypeSchema,
  values: z.array(z.string()),
})

const functionSublabelSchema = z.object({
  name: z.string(),
  /** `any` where the function does not say. */
  type: labelTypeSchema,
  attributes: z.array(functionAttributeSchema),
})

/** One label of a function's spec. */
export const functionLabelSchema = functionSublabelSchema.extend({
  /** Joints of a skeleton, in the order of its key points. */
  sublabels: z.array(functionSublabelSchema),
  /** Skeletons: CVAT's SVG of nodes and edges; null where nobody drew one. */
  svg: z.string().nullable(),
})
export type FunctionLabel = z.infer<typeof functionLabelSchema>

/** Something a person may set for a run. `threshold` (0 … 1) is known by that name to all detectors that have one. */
export const functionParameterSchema = z.discriminatedUnion('type', [
  z.object({
    name: z.string(),
    type: z.literal('number'),
    min: z.number(),
    max: z.number(),
    step: z.number(),
    defaultValue: z.number(),
    /** One sentence for people; '' where the name says it. */
    help: z.string(),
  }),
  z.object({
    name: z.string(),
    type: z.literal('boolean'),
    defaultValue: z.boolean(),
    help: z.string(),
  }),
  z.object({
    name: z.string(),
    type: z.literal('choice'),
    choices: z.array(z.string()),
    defaultValue: z.string(),
    help: z.string(),
  }),
])
export type FunctionParameter = z.infer<typeof functionParameterSchema>
export const parameterValuesSchema = z.record(
  z.string(),
  z.union([z.number(), z.boolean(), z.string()]),
)
export type ParameterValues = z.infer<typeof parameterValuesSchema>

/** How an interactor is spoken to (CVAT's words: serverless.md 2.1). */
export const interactorPromptsSchema = z.object({
  /** Positive clicks needed before the first call; 0: a box alone is enough. */
  minPositive: z.int().nonnegative(),
  /** Negative clicks needed; null: it takes none. */
  minNegative: z.int().nonnegative().nullable(),
  box: z.enum(['none', 'optional', 'required']),
  /** Whether an embedding of the picture can be made ahead (`functions.prepare`). */
  preparable: z.boolean(),
})
export type InteractorPrompts = z.infer<typeof interactorPromptsSchema>

export const functionInfoSchema = z.object({
  id: functionIdSchema,
  kind: functionKindSchema,
  provider: functionProviderSchema,
  /** As people know it. */
  name: z.string(),
  /** "ONNX Runtime", "OpenCV", "PyTorch": information only. */
  framework: z.string(),
  /** One paragraph. */
  description: z.string(),
  labels: z.array(functionLabelSchema),
  parameters: z.array(functionParameterSchema),
  /** Interactors only. */
  prompts: interactorPromptsSchema.nullable(),
  /** What a tracker follows; `[]` of all others. */
  shapeTypes: z.array(shapeTypeSchema),
  /** How to use it, for the question mark. '' where nothing is to be said. */
  help: z.string(),
  /** Whether calling it now may work. `waiting`: something starts, or loads. */
  state: z.enum(['ready', 'waiting', 'failed']),
  /** Why not, when it has failed. */
  problem: errorBodySchema.nullable(),
  /** "CPU", "CUDA", "WebGPU"; of remote functions the host. */
  device: z.string(),
  /** Milliseconds a picture, the median of what was measured on this machine; null until it has run. */
  speedMs: z.number().nullable(),
  /** Whether pictures leave this machine when it is called. */
  remote: z.boolean(),
})
export type FunctionInfo = z.infer<typeof functionInfoSchema>
