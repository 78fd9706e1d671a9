import { oc } from '@orpc/contract'
import { z } from 'zod'
import { projectIdSchema, requestIdSchema, taskIdSchema } from '../domain/ids.ts'

const enqueued = z.object({ requestId: requestIdSchema })

const target = {
  /** Null: the data directory's `exports/` folder, under CVAT's name for it. */
  path: z.string().min(1).nullable().default(null),
  overwrite: z.boolean().default(true),
}

/** Archives with everything a task, a project or the whole library is, media included. */
export const backupsContract = {
  /** CVAT's task backup. Appears whole or not at all. The request's result is a BackupReport. */
  task: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/backup',
      tags: ['backups'],
      summary: 'Back a task up to a file',
    })
    .input(z.object({ taskId: taskIdSchema, ...target }))
    .output(enqueued),
  /** CVAT's project backup. The request's result is a BackupReport. */
  project: oc
    .route({
      method: 'POST',
      path: '/projects/{projectId}/backup',
      tags: ['backups'],
      summary: 'Back a project up to a file',
    })
    .input(z.object({ projectId: projectIdSchema, ...target }))
    .output(enqueued),
  /** A task from its backup, of CVAT or of Fieldmark. All or nothing. The request's result is a RestoreReport. */
  restoreTask: oc
    .route({
      method: 'POST',
      path: '/backups/restore-task',
      tags: ['backups'],
      summary: 'Create a task from a backup',
    })
    .input(z.object({ path: z.string().min(1) }))
    .output(enqueued),
  /** A project with its tasks from its backup. All or nothing. The request's result is a RestoreReport. */
  restoreProject: oc
    .route({
      method: 'POST',
      path: '/backups/restore-project',
      tags: ['backups'],
      summary: 'Create a project from a backup',
    })
    .input(z.object({ path: z.string().min(1) }))
    .output(enqueued),
  /** The whole data directory without its cache, while it is in use. The request's result is a BackupReport. */
  snapshot: oc
    .route({
      method: 'POST',
      path: '/library/snapshot',
      tags: ['backups'],
      summary: 'Copy the whole library into a file',
    })
    .input(z.object({ withModels: z.boolean().default(false), ...target }))
    .output(enqueued),
}
