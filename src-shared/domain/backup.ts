import { z } from 'zod'
import { projectIdSchema, taskIdSchema } from './ids.ts'

/** By this file in it an archive is a snapshot of a whole library. */
export const SNAPSHOT_SPEC = 'fieldmark-library.json'

/** What a backup wrote. */
export const backupReportSchema = z.object({
  path: z.string(),
  sizeBytes: z.int(),
  tasks: z.int(),
  frames: z.int(),
  annotations: z.int(),
  /** Pictures that could not be read, black ones in their place; `notes` names the first of them. */
  picturesLeftOut: z.int().default(0),
  /** Things that are not in the file, or that CVAT's reader takes otherwise, one sentence each. */
  notes: z.array(z.string()),
})
export type BackupReport = z.infer<typeof backupReportSchema>

/** What came out of a backup. */
export const restoreReportSchema = z.object({
  /** Null: the archive was a task's. */
  projectId: projectIdSchema.nullable(),
  tasks: z.array(
    z.object({
      id: taskIdSchema,
      name: z.string(),
      subset: z.string(),
      frames: z.int(),
      annotations: z.int(),
    }),
  ),
  /** Things that were left out or changed, one sentence each. */
  notes: z.array(z.string()),
})
export type RestoreReport = z.infer<typeof restoreReportSchema>
