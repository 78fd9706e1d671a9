import { z } from 'zod'
import { projectIdSchema, requestIdSchema, taskIdSchema } from './ids.ts'

export const requestKinds = [
  'scan',
  'index',
  'index-video',
  'export-dataset',
  'import-dataset',
  'preview-import',
  'export-project',
  'import-project',
  'bulk-edit',
  'stats',
  'validate',
  'compare',
  'sidecar',
  'backup',
  'restore',
  'annotate',
  'accept-predictions',
  'link',
  'track',
  'install-model',
  'bench-model',
] as const
export const requestKindSchema = z.enum(requestKinds)
export type RequestKind = z.infer<typeof requestKindSchema>

export const requestStateSchema = z.enum([
  'queued',
  'started',
  'paused',
  'finished',
  'failed',
  'cancelled',
])
/** What goes on where it stopped, and may therefore be paused; of other work a pause would be a new beginning. */
export const pausableKinds: readonly RequestKind[] = ['annotate']
export const errorBodySchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
})
export type ErrorBody = z.infer<typeof errorBodySchema>

/** What an import did with each item of the file it read. */
export const importReportSchema = z.object({
  imported: z.int(),
  matchedFrames: z.int(),
  /** Items of the file for which this task has no frame, named (at most 1,000; the count is exact). */
  unmatchedCount: z.int(),
  unmatched: z.array(z.string()),
  /** Annotations of the file that were here already (mode `merge`). */
  merged: z.int().default(0),
  /** Labels that were made for it. */
  labelsCreated: z.array(z.string()).default([]),
  /** Things left out or changed, one sentence each, with a count in it. */
  notes: z.array(z.string()),
})
export type ImportReport = z.infer<typeof importReportSchema>

/** An import into a project: what came of the file, task by task. */
export const projectImportReportSchema = z.object({
  projectId: projectIdSchema,
  /** The tasks that were made or, with media `existing`, got annotations. */
  tasks: z.array(
    z.object({
      id: taskIdSchema,
      name: z.string(),
      subset: z.string(),
      frames: z.int(),
      imported: z.int(),
    }),
  ),
  labelsCreated: z.array(z.string()),
  imported: z.int(),
  /** Items of the file without a picture, named (at most 1,000; the count is exact). */
  unmatchedCount: z.int(),
  unmatched: z.array(z.string()),
  notes: z.array(z.string()),
})
export type ProjectImportReport = z.infer<typeof projectImportReportSchema>

/** A written file, read back and compared with what was to be written. Counts are of shapes and tags, a track's on every frame. */
export const verificationSchema = z.object({
  /** What was to be written. */
  annotations: z.int(),
  /** Those that are in the file. */
  found: z.int(),
  missing: z.int(),
  /** In the file, and not in the store. */
  surplus: z.int(),
  /** How far the farthest point of what was found lies from where it was, in image pixels. */
  largestErrorPx: z.number(),
  /** Whether as many are missing as the loss report says are left out, and no more surplus than it says. */
  agreesWithLossReport: z.boolean(),
})
export type Verification = z.infer<typeof verificationSchema>

export const exportReportSchema = z.object({
  path: z.string(),
  sizeBytes: z.int(),
  frames: z.int(),
  annotations: z.int(),
  /** Pictures that were wanted and could not be read; `notes` names the first of them. */
  picturesLeftOut: z.int().default(0),
  notes: z.array(z.string()),
  /** Null when nobody asked for it, or the format cannot be read back. */
  verified: verificationSchema.nullable().default(null),
})
export type ExportReport = z.infer<typeof exportReportSchema>

/** Work the machine does: stored, cancellable, resumable, honest about progress. (`Request` is fetch's word.) */
export const workRequestSchema = z.object({
  id: requestIdSchema,
  kind: requestKindSchema,
  taskId: taskIdSchema.nullable(),
  /** A short human title, e.g. "Export COCO 1.0 of street". */
  title: z.string(),
  state: requestStateSchema,
  /** 0 … 1; null while the total is unknown. */
  progress: z.number().nullable(),
  /** What it is doing now, e.g. "3,200 of 10,000 frames". */
  message: z.string(),
  attempts: z.int(),
  error: errorBodySchema.nullable(),
  result: z.unknown(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type WorkRequest = z.infer<typeof workRequestSchema>
