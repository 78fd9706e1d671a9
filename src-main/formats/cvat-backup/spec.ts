/** What CVAT's `task.json` and `project.json` say. Keys that are not here are passed over: newer versions add some. */
import { z } from 'zod'
import { sortingMethodSchema } from '#shared/domain/task.ts'
import { VERSION } from './write-task.ts'

const frame = z
  .int()
  .min(0)
  .max(2 ** 31)
/** CVAT writes '' or null for nothing, older versions leave the key out. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const jobSchema = z.object({
  start_frame: frame.nullish(),
  stop_frame: frame.nullish(),
  status: z.enum(['annotation', 'validation', 'completed']).catch('annotation'),
  type: z.string().nullish(),
  /** Of a task with custom segments: the job's own files. */
  files: z.array(z.string()).nullish(),
})
export type SpecJob = z.infer<typeof jobSchema>

export const taskSpecSchema = z.object({
  version: z.literal(VERSION),
  name: z.string(),
  subset: text,
  bug_tracker: text,
  labels: z.array(z.unknown()).nullish(),
  data: z.object({
    start_frame: frame.nullish(),
    stop_frame: frame.nullish(),
    frame_filter: text,
    storage: text,
    sorting_method: sortingMethodSchema.nullish(),
    deleted_frames: z.array(frame).nullish(),
    custom_segments: z.boolean().nullish(),
  }),
  jobs: z.array(jobSchema).min(1).max(1_000_000),
})
export type TaskSpec = z.infer<typeof taskSpecSchema>

export const projectSpecSchema = z.object({
  version: z.literal(VERSION),
  name: z.string(),
  bug_tracker: text,
  labels: z.array(z.unknown()).nullish(),
})
