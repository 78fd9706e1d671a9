import { z } from 'zod'
import { frameIndexSchema, taskIdSchema } from './ids.ts'

/** Formats that can be kept beside the pictures, a file for each of them. */
export const sidecarFormats = ['labelme', 'x-anylabeling', 'yolo'] as const
export const sidecarFormatSchema = z.enum(sidecarFormats)
export type SidecarFormat = z.infer<typeof sidecarFormatSchema>

/** Something about the file of one frame. */
export const sidecarFileSchema = z.object({
  frame: frameIndexSchema,
  /** Of the picture. */
  name: z.string(),
  /** Absolute path of the file. */
  file: z.string(),
})
export type SidecarFileRef = z.infer<typeof sidecarFileSchema>

/** Why a file is not in step, a clause without a full stop. */
export const sidecarProblemSchema = sidecarFileSchema.extend({ problem: z.string() })
export type SidecarProblem = z.infer<typeof sidecarProblemSchema>

/** How a task's files stand. Lists name at most 1,000; the counts are exact. */
export const sidecarStateSchema = z.object({
  taskId: taskIdSchema,
  /** Null: the task keeps no files. */
  format: sidecarFormatSchema.nullable(),
  /** Files known to be in step as of the last look at them. */
  files: z.int(),
  problemCount: z.int(),
  problems: z.array(sidecarProblemSchema),
})
export type SidecarState = z.infer<typeof sidecarStateSchema>

/** What one pass over the files of a task did. */
export const sidecarReportSchema = z.object({
  /** Files that were written because something changed here. */
  written: z.int(),
  /** Files that another program had changed: what it changed is here now, and can be undone. */
  readIn: z.int(),
  /** Annotations that came, went or changed by it. */
  changes: z.int(),
  /** Changed on both sides: what is here was written, the other program's file lies beside it under this name. */
  keptCount: z.int(),
  kept: z.array(sidecarFileSchema),
  problemCount: z.int(),
  problems: z.array(sidecarProblemSchema),
  /** Frames whose pictures are in an archive or share their name: there is no place for a file. */
  withoutPlace: z.int(),
  /** What files said that has no place here, one sentence each. */
  notes: z.array(z.string()),
})
export type SidecarReport = z.infer<typeof sidecarReportSchema>
