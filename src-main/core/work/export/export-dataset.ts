import { z } from 'zod'
import { jobIdSchema, projectIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import type { Work } from '../work.ts'
import { exportOptionParams, exportTo } from './dataset-export.ts'
import { projectStreams } from './dataset-project.ts'
import { selectionParams } from './dataset-selection.ts'
import { TaskStream } from './dataset-stream.ts'

const taskParams = z.object({
  taskId: taskIdSchema,
  jobId: jobIdSchema.nullable().default(null),
  ...exportOptionParams,
  ...selectionParams,
})

/** Stream a task, or one job of it, through a format into a zip that takes its final name only when it is whole. */
export const exportDataset: Work = async (deps, params, hooks) => {
  const { taskId, jobId, frames, filter, ...options } = taskParams.parse(params)
  const selection = { frames, filter }
  const job = jobId === null ? null : deps.store.jobs.get(jobId)
  const stream = new TaskStream(deps.store, taskId, { job, selection })
  return exportTo(deps, { project: null, streams: [stream], selection }, options, hooks)
}

const projectParams = z.object({
  projectId: projectIdSchema,
  subsets: z.array(z.string()).nullable().default(null),
  ...exportOptionParams,
  ...selectionParams,
})

/** The same for a project: all its tasks, or those of some subsets, as one data set. */
export const exportProject: Work = async (deps, params, hooks) => {
  const { projectId, subsets, frames, filter, ...options } = projectParams.parse(params)
  const selection = { frames, filter }
  const project = deps.store.projects.get(projectId)
  const streams = projectStreams(deps.store, projectId, { subsets, selection })
  return exportTo(deps, { project, streams, selection }, options, hooks)
}
