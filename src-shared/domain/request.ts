import { z } from 'zod'
import { requestIdSchema, taskIdSchema } from './ids.ts'

export const requestKinds = [
  'scan',
  'index',
  'index-video',
  'export-dataset',
  'import-dataset',
  'bulk-edit',
] as const
export const requestKindSchema = z.enum(requestKinds)
export type RequestKind = z.infer<typeof requestKindSchema>

export const requestStateSchema = z.enum(['queued', 'started', 'finished', 'failed', 'cancelled'])
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
  /** Things left out or changed, one sentence each, with a count in it. */
  notes: z.array(z.string()),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const exportReportSchema = z.object({
  path: z.string(),
  sizeBytes: z.int(),
  frames: z.int(),
  annotations: z.int(),
  /** Pictures that were wanted and could not be read; `notes` names the first of them. */
  picturesLeftOut: z.int().default(0),
  notes: z.array(z.string()),
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
