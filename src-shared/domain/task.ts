import { z } from 'zod'
import { frameIndexSchema, jobIdSchema, projectIdSchema, taskIdSchema } from './ids.ts'
import { labelSchema } from './label.ts'
import { taskVideoSchema } from './video.ts'

export const sortingMethodSchema = z.enum(['lexicographical', 'natural', 'predefined', 'random'])
export type SortingMethod = z.infer<typeof sortingMethodSchema>

/** `scanning`: the frame list is still being read. `ready`: it is complete. `failed`: no frame could be listed. */
export const mediaStateSchema = z.enum(['scanning', 'ready', 'failed'])
export type MediaState = z.infer<typeof mediaStateSchema>

export const projectSchema = z.object({
  id: projectIdSchema,
  name: z.string(),
  bugTracker: z.string(),
  labels: z.array(labelSchema),
  taskCount: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Project = z.infer<typeof projectSchema>

export const taskSchema = z.object({
  id: taskIdSchema,
  projectId: projectIdSchema.nullable(),
  name: z.string(),
  /** CVAT's words: `annotation` for images, `interpolation` for video. */
  mode: z.enum(['annotation', 'interpolation']),
  dimension: z.enum(['2d', '3d']),
  /** Number of frames. */
  size: z.int(),
  subset: z.string(),
  bugTracker: z.string(),
  /** 0 = one job over everything. */
  segmentSize: z.int(),
  overlap: z.int(),
  /** First and last (inclusive) absolute frame of the sorted media, and the step between them. */
  startFrame: z.int(),
  stopFrame: z.int(),
  frameStep: z.int(),
  sortingMethod: sortingMethodSchema,
  mediaState: mediaStateSchema,
  /** Where the media are: folders, files, archives, in the order given. */
  mediaPaths: z.array(z.string()),
  /** What is known of its video; null for pictures, and while a video is being opened. */
  video: taskVideoSchema.nullable(),
  /** Frames that could not be read, or whose file is gone, as far as known. */
  problemCount: z.int(),
  objectCount: z.int(),
  annotatedFrameCount: z.int(),
  deletedFrameCount: z.int(),
  checkedFrameCount: z.int(),
  completedJobCount: z.int(),
  jobCount: z.int(),
  /** Grows by one with every change of the task's annotations. */
  revision: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Task = z.infer<typeof taskSchema>

export const jobSchema = z.object({
  id: jobIdSchema,
  taskId: taskIdSchema,
  /** Task frame indices, inclusive. */
  startFrame: frameIndexSchema,
  stopFrame: frameIndexSchema,
  stage: z.enum(['annotation', 'validation', 'acceptance']),
  state: z.enum(['new', 'in progress', 'completed', 'rejected']),
  updatedAt: z.iso.datetime(),
})
export type Job = z.infer<typeof jobSchema>

/** `pending`: header not read yet. `unreadable`: the file is there and cannot be decoded. `missing`: the file is gone. */
export const frameStatusSchema = z.enum(['pending', 'ok', 'unreadable', 'missing'])
/** What a person says about a frame. Deleted: out of the job and of exports, yet still there. Checked: looked over. */
export const frameFactsSchema = z.object({ deleted: z.boolean(), checked: z.boolean() })
export type FrameFacts = z.infer<typeof frameFactsSchema>

export const frameSchema = z.object({
  index: frameIndexSchema,
  /** Path relative to the task's media root, forward slashes: the name exports and imports use. */
  name: z.string(),
  /** Upright pixels (EXIF applied); null while pending. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  status: frameStatusSchema,
  ...frameFactsSchema.shape,
})
export type Frame = z.infer<typeof frameSchema>
export type FrameStatus = z.infer<typeof frameStatusSchema>
