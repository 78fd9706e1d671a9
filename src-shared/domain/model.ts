import { z } from 'zod'
import { functionIdSchema, functionKindSchema } from './function.ts'
import { modelManifestSchema } from './model-manifest.ts'
import { errorBodySchema } from './request.ts'

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
  /** Why it cannot be used; null when it can. Of a damaged pack only the manifest's `id` and `name` mean anything. */
  problem: errorBodySchema.nullable(),
})
export type Model = z.infer<typeof modelSchema>

/** What a model was measured to do on one execution provider; with a problem there are no numbers. */
export const benchRowSchema = z.object({
  executionProvider: z.string(),
  /** As people know it. */
  title: z.string(),
  /** Why it could not run there, a clause; '' when it did. */
  problem: z.string(),
  loadMs: z.number().nullable(),
  /** Of runs after the warm-up. */
  medianMs: z.number().nullable(),
  p90Ms: z.number().nullable(),
  runs: z.int(),
  /** What the process grew by while it was loaded; null where nobody can say. */
  memoryBytes: z.int().nullable(),
})
export type BenchRow = z.infer<typeof benchRowSchema>
/** Result of the request `bench-model`. */
export const benchReportSchema = z.object({ id: z.string(), rows: z.array(benchRowSchema) })
export type BenchReport = z.infer<typeof benchReportSchema>

/** What could be read from files somebody wants to install, and what they must still say. */
export const modelProposalSchema = z.object({
  path: z.string(),
  /** Complete but for `missing`; `family` is `unknown` while nobody knows it. File paths are relative to what `path` names. */
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
