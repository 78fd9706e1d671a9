import { oc } from '@orpc/contract'
import { z } from 'zod'
import { projectIdSchema, requestIdSchema, taskIdSchema } from '../domain/ids.ts'
import { labelSchema } from '../domain/label.ts'
import { jobSchema, sortingMethodSchema, taskSchema } from '../domain/task.ts'

import { rawLabels } from './raw-labels.ts'

/** The manual's task dialog. */
export const createTaskInput = z.object({
  name: z.string().trim().min(1),
  /** Exactly one of `labels` and `projectId`; an empty list is allowed, labels can be made later. */
  labels: rawLabels.optional(),
  projectId: projectIdSchema.nullable().default(null),
  /** Folders, image files, archives or globs on this machine; or one video. */
  paths: z.array(z.string().min(1)).min(1),
  subset: z.string().default(''),
  segmentSize: z.int().nonnegative().default(0),
  /** null = CVAT's default: 5 frames for a video, 0 for pictures. */
  overlap: z.int().nonnegative().nullable().default(null),
  frameStep: z.int().positive().default(1),
  startFrame: z.int().nonnegative().default(0),
  /** Inclusive; null = the last one. */
  stopFrame: z.int().nonnegative().nullable().default(null),
  sortingMethod: sortingMethodSchema.default('natural'),
  bugTracker: z.string().default(''),
  /** Copy the media into the data directory instead of referring to them in place. */
  copyData: z.boolean().default(false),
})
export type CreateTaskInput = z.input<typeof createTaskInput>

export const tasksContract = {
  list: oc
    .route({ method: 'GET', path: '/tasks', tags: ['tasks'], summary: 'List tasks' })
    .input(z.object({ projectId: projectIdSchema.optional(), search: z.string().optional() }))
    .output(z.array(taskSchema)),
  get: oc
    .route({
      method: 'GET',
      path: '/tasks/{id}',
      tags: ['tasks'],
      summary: 'One task with its labels and jobs',
    })
    .input(z.object({ id: taskIdSchema }))
    .output(taskSchema.extend({ labels: z.array(labelSchema), jobs: z.array(jobSchema) })),
  create: oc
    .route({
      method: 'POST',
      path: '/tasks',
      tags: ['tasks'],
      summary: 'Create a task from media on this machine',
      description:
        'Answers at once; the media are listed by the `scan` request named in the answer.',
    })
    .input(createTaskInput)
    .output(z.object({ task: taskSchema, requestId: requestIdSchema })),
  /** Open a folder as people mean it: the task that was made from these very paths, or a new one named after the first. */
  open: oc
    .route({
      method: 'POST',
      path: '/tasks/open',
      tags: ['tasks'],
      summary: 'The task of these paths, made when there is none',
    })
    .input(z.object({ paths: z.array(z.string().min(1)).min(1) }))
    .output(
      z.object({ task: taskSchema, requestId: requestIdSchema.nullable(), created: z.boolean() }),
    ),
  update: oc
    .route({
      method: 'PATCH',
      path: '/tasks/{id}',
      tags: ['tasks'],
      summary: 'Rename a task or change its labels',
    })
    .input(
      z.object({
        id: taskIdSchema,
        name: z.string().trim().min(1).optional(),
        subset: z.string().optional(),
        bugTracker: z.string().optional(),
        projectId: projectIdSchema.nullable().optional(),
        labels: rawLabels.optional(),
      }),
    )
    .output(taskSchema),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/tasks/{id}',
      tags: ['tasks'],
      summary: 'Delete a task; its media stay where they are',
    })
    .input(z.object({ id: taskIdSchema }))
    .output(z.object({ deleted: z.boolean() })),
  /** Point the task at media that moved. Frames are found again by name, then by size and fingerprint. */
  relink: oc
    .route({
      method: 'POST',
      path: '/tasks/{id}/relink',
      tags: ['tasks'],
      summary: 'Say where moved media are now',
    })
    .input(z.object({ id: taskIdSchema, from: z.string().optional(), to: z.string() }))
    .output(
      z.object({ found: z.int(), stillMissing: z.array(z.string()), stillMissingCount: z.int() }),
    ),
}
