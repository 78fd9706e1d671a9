import { oc } from '@orpc/contract'
import { z } from 'zod'
import { annotationSchema } from '../domain/annotation.ts'
import {
  annotationIdSchema,
  frameIndexSchema,
  jobIdSchema,
  projectIdSchema,
  requestIdSchema,
  taskIdSchema,
} from '../domain/ids.ts'
import { labelSchema } from '../domain/label.ts'
import { rawLabelSchema } from '../domain/raw-label.ts'
import { workRequestSchema } from '../domain/request.ts'
import {
  frameSchema,
  jobSchema,
  projectSchema,
  sortingMethodSchema,
  taskSchema,
} from '../domain/task.ts'
import { historyEntrySchema, operationSchema, stepSchema } from '../operations/operation.ts'
import { appContract } from './app.ts'
import { datasetsContract } from './datasets.ts'

/** Labels as CVAT's raw JSON: checked by `parseRawLabels`, which names the place of a mistake. */
const rawLabels = z
  .array(z.unknown())
  .meta({ description: "CVAT's raw label JSON", items: rawLabelSchema.description })

const projects = {
  list: oc
    .route({ method: 'GET', path: '/projects', tags: ['projects'], summary: 'List projects' })
    .output(z.array(projectSchema)),
  get: oc
    .route({ method: 'GET', path: '/projects/{id}', tags: ['projects'], summary: 'One project' })
    .input(z.object({ id: projectIdSchema }))
    .output(projectSchema),
  create: oc
    .route({ method: 'POST', path: '/projects', tags: ['projects'], summary: 'Create a project' })
    .input(
      z.object({
        name: z.string().trim().min(1),
        labels: rawLabels,
        bugTracker: z.string().default(''),
      }),
    )
    .output(projectSchema),
  update: oc
    .route({
      method: 'PATCH',
      path: '/projects/{id}',
      tags: ['projects'],
      summary: 'Rename a project or change its labels',
    })
    .input(
      z.object({
        id: projectIdSchema,
        name: z.string().trim().min(1).optional(),
        bugTracker: z.string().optional(),
        /** The whole new list: labels without `id` are added, those left out are removed. */
        labels: rawLabels.optional(),
      }),
    )
    .output(projectSchema),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/projects/{id}',
      tags: ['projects'],
      summary: 'Delete a project and its tasks',
    })
    .input(z.object({ id: projectIdSchema }))
    .output(z.object({ deleted: z.boolean() })),
}

/** The manual's task dialog. */
export const createTaskInput = z.object({
  name: z.string().trim().min(1),
  /** Exactly one of `labels` and `projectId`; an empty list is allowed, labels can be made later. */
  labels: rawLabels.optional(),
  projectId: projectIdSchema.nullable().default(null),
  /** Folders, image files, archives or globs on this machine. */
  paths: z.array(z.string().min(1)).min(1),
  subset: z.string().default(''),
  segmentSize: z.int().nonnegative().default(0),
  overlap: z.int().nonnegative().default(0),
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

const tasks = {
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

const jobs = {
  update: oc
    .route({
      method: 'PATCH',
      path: '/jobs/{id}',
      tags: ['jobs'],
      summary: "Change a job's stage or state",
    })
    .input(
      z.object({
        id: jobIdSchema,
        stage: jobSchema.shape.stage.optional(),
        state: jobSchema.shape.state.optional(),
      }),
    )
    .output(jobSchema),
}

const frames = {
  list: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames',
      tags: ['frames'],
      summary: 'Frames in order, a page',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        from: z.coerce.number().int().nonnegative().default(0),
        count: z.coerce.number().int().positive().max(10_000).default(1000),
      }),
    )
    .output(z.array(frameSchema)),
  problems: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/problems',
      tags: ['frames'],
      summary: 'Frames that cannot be read, named',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(
      z.array(
        z.object({
          frame: frameIndexSchema,
          name: z.string(),
          status: frameSchema.shape.status,
          problem: z.string(),
        }),
      ),
    ),
  /** The next frame in `direction` from `from` that holds any annotation; null when there is none. */
  searchAnnotated: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/search',
      tags: ['frames'],
      summary: 'Next frame with annotations',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        from: z.coerce.number().int(),
        direction: z.enum(['forward', 'backward']),
      }),
    )
    .output(z.object({ frame: frameIndexSchema.nullable() })),
  find: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/frames/find',
      tags: ['frames'],
      summary: 'Frames whose name contains a text',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        text: z.string(),
        limit: z.coerce.number().int().positive().max(200).default(50),
      }),
    )
    .output(z.array(frameSchema)),
}

/** What every change of annotations answers: the new revision and the operations that were carried out. */
export const changeResultSchema = z.object({
  revision: z.int(),
  entry: historyEntrySchema,
  operations: z.array(operationSchema),
})
export type ChangeResult = z.infer<typeof changeResultSchema>

const annotations = {
  frame: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/annotations/{frame}',
      tags: ['annotations'],
      summary: "One frame's annotations",
    })
    .input(z.object({ taskId: taskIdSchema, frame: z.coerce.number().int().nonnegative() }))
    .output(z.object({ revision: z.int(), annotations: z.array(annotationSchema) })),
  /** Ids for annotations to come, so that a client can name what it creates before the core has seen it. Never given twice. */
  reserveIds: oc
    .route({
      method: 'POST',
      path: '/annotations/ids',
      tags: ['annotations'],
      summary: 'Reserve annotation ids',
    })
    .input(z.object({ count: z.int().positive().max(100_000) }))
    .output(z.object({ first: annotationIdSchema, count: z.int() })),
  /**
   * Carry out one step in one transaction. `baseRevision` is the revision it was made on: a stale one is accepted when
   * nothing it touches changed since, else refused with REVISION_CONFLICT. `clientStepId` makes a repeat harmless: the
   * same id again answers as the first time did. A new step drops what had been undone.
   */
  apply: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/annotations',
      tags: ['annotations'],
      summary: 'Carry out one step',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        baseRevision: z.int().nonnegative(),
        clientStepId: z.string().min(1).max(64),
        step: stepSchema,
      }),
    )
    .output(changeResultSchema),
  undo: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/undo',
      tags: ['annotations'],
      summary: 'Take the last step back',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(changeResultSchema),
  redo: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/redo',
      tags: ['annotations'],
      summary: 'Carry the last undone step out again',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(changeResultSchema),
  /** Newest first. `before`: entries older than that id. */
  history: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/history',
      tags: ['annotations'],
      summary: 'Steps, newest first',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        before: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().positive().max(500).default(100),
      }),
    )
    .output(z.array(historyEntrySchema)),
}

const requests = {
  list: oc
    .route({
      method: 'GET',
      path: '/requests',
      tags: ['requests'],
      summary: 'Machine work, newest first',
    })
    .input(z.object({ limit: z.coerce.number().int().positive().max(200).default(50) }))
    .output(z.array(workRequestSchema)),
  get: oc
    .route({ method: 'GET', path: '/requests/{id}', tags: ['requests'], summary: 'One request' })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
  cancel: oc
    .route({ method: 'POST', path: '/requests/{id}/cancel', tags: ['requests'], summary: 'Cancel' })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
  retry: oc
    .route({
      method: 'POST',
      path: '/requests/{id}/retry',
      tags: ['requests'],
      summary: 'Run a failed or cancelled one again',
    })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
}

/** Every typed procedure: the one list that RPC, REST, the CLI and the renderer share. */
export const contract = {
  app: appContract,
  projects,
  tasks,
  jobs,
  frames,
  annotations,
  datasets: datasetsContract,
  requests,
}
export type Contract = typeof contract
