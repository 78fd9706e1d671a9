import { z } from 'zod'
import { functionIdSchema, functionKindSchema } from './function.ts'
import { modelManifestSchema } from './model-manifest.ts'

/** An execution provider of ONNX Runtime on this machine. */
export const executionProviderSchema = z.object({
  /** 'cpu', 'cuda', 'tensorrt', 'dml', 'coreml', 'webgpu' */
  name: z.string(),
  /** As people know it. */
  title: z.string(),
  available: z.boolean(),
  /** Why not, a clause without a full stop; '' when it is. */
  problem: z.string(),
})
export type ExecutionProvider = z.infer<typeof executionProviderSchema>

/** A model pack on this machine. */
export const modelSchema = z.object({
  /** Of its manifest. */
  id: z.string(),
  functionId: functionIdSchema,
  manifest: modelManifestSchema,
  /** `shipped` came with Fieldmark and cannot be removed. */
  origin: z.enum(['shipped', 'installed']),
  /** Absolute, of this machine. */
  folder: z.string(),
  sizeBytes: z.int(),
  /** Chosen by a person; null: the quickest that works. */
  executionProvider: z.string().nullable(),
  /** What it runs on now, as far as it has run. */
  runsOn: z.string().nullable(),
  speedMs: z.number().nullable(),
  /** The card in Markdown; '' where there is none. */
  card: z.string(),
})
export type Model = z.infer<typeof modelSchema>

/** What could be read from files somebody wants to install, and what they must still say. */
export const modelProposalSchema = z.object({
  path: z.string(),
  /** Complete but for `missing`. */
  manifest: modelManifestSchema,
  /** Families it may belong to, best first. */
  families: z.array(
    z.object({ id: z.string(), name: z.string(), kind: functionKindSchema, certainty: z.number() }),
  ),
  missing: z.array(z.enum(['labels', 'size', 'family'])),
  /** How many classes its outputs have; null where they do not tell. */
  classes: z.int().nullable(),
  /** Where it was read from: "its own metadata", "model.yaml of X-AnyLabeling". */
  readFrom: z.string(),
  /** Inputs and outputs, a line each: `images float32 [1, 3, 640, 640]`. */
  facts: z.array(z.string()),
  notes: z.array(z.string()),
})
export type ModelProposal = z.infer<typeof modelProposalSchema>

/** A model somebody else made: how to get it, and which family runs it. */
export const catalogueEntrySchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: functionKindSchema,
  /** null: only over Nuclio, or through conversion that `howTo` describes. */
  family: z.string().nullable(),
  description: z.string(),
  licence: z.string(),
  sizeBytes: z.int().nullable(),
  source: z.string(),
  /** Markdown, steps. */
  howTo: z.string(),
  /** A pack that can be installed from here in one step. */
  url: z.string().nullable(),
  /** Which of the documents people come from names it: "CVAT", "X-AnyLabeling". */
  knownFrom: z.array(z.string()),
})
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>
