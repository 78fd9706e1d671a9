import { oc } from '@orpc/contract'
import { z } from 'zod'
import { jobIdSchema, projectIdSchema, requestIdSchema, taskIdSchema } from '../domain/ids.ts'

export const formatInfoSchema = z.object({
  /** CVAT's exact name, e.g. `COCO 1.0`. */
  name: z.string(),
  import: z.boolean(),
  export: z.boolean(),
  dimension: z.enum(['2d', '3d']),
  /** Extension of the exported file, without the dot. */
  extension: z.string(),
  description: z.string(),
})
export type FormatInfo = z.infer<typeof formatInfoSchema>

/** One thing a format cannot hold, counted on this task's annotations. */
export const lossSchema = z.object({
  /** `dropped`: not written at all. `changed`: written as something else. */
  severity: z.enum(['dropped', 'changed']),
  count: z.int(),
  what: z.string(),
  /** How many annotations more are read back: a mask of two parts that became two outlines is one more. */
  extra: z.int().optional(),
})
export type Loss = z.infer<typeof lossSchema>

export const exportFramesSchema = z.enum(['all', 'annotated', 'checked'])
export type ExportFrames = z.infer<typeof exportFramesSchema>

/** Which frames and annotations go out. */
const selection = {
  /** `annotated`: frames that have any of what is exported. `checked`: frames a person has looked over. */
  frames: exportFramesSchema.default('all'),
  /** The filter language (docs/filter.md): only annotations it finds. Empty: all of them. */
  filter: z.string().default(''),
}

/** What every export is told, of a task, a job or a project. */
const exportOptions = {
  ...selection,
  format: z.string(),
  /** Null: the data directory's `exports/` folder. */
  path: z.string().nullable().default(null),
  /** Name of the file there, with or without its extension; null: CVAT's download name. Passed over where there is a path. */
  name: z.string().trim().min(1).nullable().default(null),
  withImages: z.boolean().default(false),
  overwrite: z.boolean().default(true),
  /** Refuse, before anything is written, when anything would be lost. @throws EXPORT_WOULD_LOSE */
  strict: z.boolean().default(false),
  /** Read the written file back and compare it with the store. */
  verify: z.boolean().default(false),
}

/** One job of the task, with its part of every track; null: the whole task. */
const onlyJob = jobIdSchema.nullable().default(null)
/** Only tasks of these subsets, `default` being those without one; null: all. */
const onlySubsets = z.array(z.string()).nullable().default(null)

const lossReport = z.object({ annotations: z.int(), losses: z.array(lossSchema) })
const enqueued = z.object({ requestId: requestIdSchema })

/**
 * `replace` (CVAT's way) swaps the task's annotations for the file's, `add` keeps both, `merge` adds what is not here yet:
 * of the same frame, label and type, with every point within 0.01 px or the very pixels. Undoable whichever it is.
 */
export const importModeSchema = z.enum(['replace', 'add', 'merge'])
export type ImportMode = z.infer<typeof importModeSchema>

const importOptions = {
  /** Only this job of the task: its frames, and its part of every track. Null: the whole task. */
  jobId: onlyJob,
  path: z.string(),
  mode: importModeSchema.default('replace'),
  /** By name in the file: the task's label it stands for, null for one to leave out. Others go to the label of their name. */
  labels: z.record(z.string(), z.string().nullable()).default({}),
  /** Labels of the file to make first, as the file describes them. None of them stays when the import fails. */
  createLabels: z.array(z.string()).default([]),
}

export const datasetsContract = {
  formats: oc
    .route({ method: 'GET', path: '/formats', tags: ['datasets'], summary: 'Dataset formats' })
    .output(z.array(formatInfoSchema)),
  lossReport: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/losses',
      tags: ['datasets'],
      summary: 'What a format cannot hold of this task',
    })
    .input(z.object({ taskId: taskIdSchema, jobId: onlyJob, format: z.string(), ...selection }))
    .output(lossReport),
  projectLossReport: oc
    .route({
      method: 'POST',
      path: '/projects/{projectId}/losses',
      tags: ['datasets'],
      summary: 'What a format cannot hold of this project',
    })
    .input(
      z.object({
        projectId: projectIdSchema,
        subsets: onlySubsets,
        format: z.string(),
        ...selection,
      }),
    )
    .output(lossReport),
  /** Writes beside the final name and renames at the end. The request's result is an ExportReport. */
  export: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/export',
      tags: ['datasets'],
      summary: 'Export a dataset to a file',
    })
    .input(z.object({ taskId: taskIdSchema, jobId: onlyJob, ...exportOptions }))
    .output(enqueued),
  /** All tasks of a project in one file, by subset. The request's result is an ExportReport. */
  exportProject: oc
    .route({
      method: 'POST',
      path: '/projects/{projectId}/export',
      tags: ['datasets'],
      summary: 'Export a project to a file',
    })
    .input(z.object({ projectId: projectIdSchema, subsets: onlySubsets, ...exportOptions }))
    .output(enqueued),
  /** The request's result is an ImportPreview. `format` null: told from the content. */
  previewImport: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/preview-import',
      tags: ['datasets'],
      summary: 'What an import would do',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        format: z.string().nullable().default(null),
        ...importOptions,
      }),
    )
    .output(enqueued),
  /** The request's result is an ImportReport. `format` null: told from the content. */
  import: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/import',
      tags: ['datasets'],
      summary: 'Import annotations from a file',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        format: z.string().nullable().default(null),
        ...importOptions,
      }),
    )
    .output(enqueued),
  /**
   * A dataset with its pictures: one task per subset, labels as the file describes them. All or nothing. The request's
   * result is a ProjectImportReport.
   */
  importProject: oc
    .route({
      method: 'POST',
      path: '/datasets/import',
      tags: ['datasets'],
      summary: 'Import a dataset with its pictures into a project',
    })
    .input(
      z.object({
        /** Null: into a new project. */
        projectId: projectIdSchema.nullable().default(null),
        /** Of the new project; null: called like the file. */
        projectName: z.string().trim().min(1).nullable().default(null),
        format: z.string().nullable().default(null),
        path: z.string(),
        /**
         * `new`: tasks are made of the file's pictures. `existing`: its annotations go to pictures the project's tasks have, as
         * `merge` does.
         */
        media: z.enum(['new', 'existing']).default('new'),
      }),
    )
    .output(enqueued),
}
