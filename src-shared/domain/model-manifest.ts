import { z } from 'zod'
import { functionKindSchema, functionLabelSchema, parameterValuesSchema } from './function.ts'

/**
 * `manifest.json` of a model pack: a folder (or zip) with one or more ONNX files. It says all that the files themselves do
 * not: which family's arithmetic goes before and after, what the classes are called, where it comes from. See docs/models.md.
 */
export const MODEL_MANIFEST_VERSION = 1

export const modelFileSchema = z.strictObject({
  /** Relative to the manifest, `/` between folders. */
  path: z.string().min(1).max(500),
  /** Hex, lower case. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  sizeBytes: z.int().positive().optional(),
  /** Where to get it when it is not in the pack. */
  url: z.url().optional(),
})

export type ModelFile = z.output<typeof modelFileSchema>

/** How a picture becomes the tensor a model reads. Left out: what the family takes, or what the file says. */
export const modelInputSchema = z.strictObject({
  /** Pixels; left out where the file fixes it. */
  width: z.int().positive().max(16_384).optional(),
  height: z.int().positive().max(16_384).optional(),
  color: z.enum(['rgb', 'bgr', 'gray']).optional(),
  /** `letterbox`: whole, centred. `letterbox-corner`: whole, top left. `stretch`: sides change apart. `crop`: middle square. */
  fit: z.enum(['letterbox', 'letterbox-corner', 'stretch', 'crop']).optional(),
  /**
   * `linear`: OpenCV's INTER_LINEAR. `area`: averages when shrinking, linear when growing. `…-antialias`: Pillow's, and so
   * torchvision's transforms of pictures.
   */
  interpolation: z
    .enum(['linear', 'area', 'nearest', 'cubic', 'linear-antialias', 'cubic-antialias'])
    .optional(),
  /** 0 … 255, of what the picture does not cover. */
  pad: z.number().min(0).max(255).optional(),
  /** Value = (pixel 0 … 255 * scale - mean) / std, a channel each in the order of `color`. */
  scale: z.number().positive().optional(),
  mean: z.array(z.number()).length(3).optional(),
  std: z.array(z.number().positive()).length(3).optional(),
})
export type ModelInput = z.infer<typeof modelInputSchema>

export const modelManifestSchema = z.strictObject({
  manifest: z.literal(MODEL_MANIFEST_VERSION),
  /** Lower case, digits, `-`, `.`, `_`; the function is `onnx/<id>`. */
  id: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9._-]*$/),
  name: z.string().min(1).max(200),
  kind: functionKindSchema,
  /** An id of the families: src-main/models/families.ts. */
  family: z.string().min(1).max(100),
  version: z.string().max(100).default(''),
  description: z.string().max(10_000).default(''),
  help: z.string().max(10_000).default(''),
  /** By role: `model`, or of families with several nets `encoder`, `decoder`, `template`, `search`, … */
  files: z.record(z.string().min(1).max(50), modelFileSchema),
  /** By role, where nets differ; `*` for all. */
  inputs: z.record(z.string(), modelInputSchema).default({}),
  /** In the order of the class index. */
  labels: z.array(functionLabelSchema).max(20_000).default([]),
  /** Defaults of what a person may set (`threshold`, `iou`, …), in place of the family's. */
  parameters: parameterValuesSchema.default({}),
  /** What only this family understands; it has its own schema. */
  options: z.record(z.string(), z.unknown()).default({}),
  /** SPDX where there is one. */
  licence: z.string().max(500).default(''),
  /** Who made it, or where it is described. */
  source: z.string().max(2000).default(''),
  /** A drawn card in Markdown, relative path. */
  card: z.string().max(500).optional(),
})
export type ModelManifest = z.output<typeof modelManifestSchema>
export type ModelManifestInput = z.input<typeof modelManifestSchema>
