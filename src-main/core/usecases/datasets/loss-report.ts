import type { Deps, Usecases } from '../../usecase.ts'
import { exportLosses } from '../../work/export/dataset-losses.ts'
import { projectStreams } from '../../work/export/dataset-project.ts'
import type { Selection } from '../../work/export/dataset-selection.ts'
import { TaskStream } from '../../work/export/dataset-stream.ts'
import { jobOf } from './ready-task.ts'

type Report = Awaited<ReturnType<Usecases['datasets']['lossReport']>>

/** @throws NOT_FOUND, FORMAT_UNKNOWN, FILTER_INVALID */
export function taskLossReport(
  deps: Deps,
  { taskId, jobId, format, frames, filter }: Parameters<Usecases['datasets']['lossReport']>[0],
): Promise<Report> {
  const selection = { frames, filter }
  const job = jobOf(deps, taskId, jobId)
  return report(deps, format, [new TaskStream(deps.store, taskId, { job, selection })], selection)
}

/** @throws NOT_FOUND, FORMAT_UNKNOWN, FILTER_INVALID, INPUT_INVALID */
export async function projectLossReport(
  deps: Deps,
  input: Parameters<Usecases['datasets']['projectLossReport']>[0],
): Promise<Report> {
  const { projectId, subsets, format, frames, filter } = input
  const selection = { frames, filter }
  deps.store.projects.get(projectId)
  const streams = projectStreams(deps.store, projectId, { subsets, selection })
  return report(deps, format, streams, selection)
}

async function report(
  { store, formats }: Deps,
  format: string,
  streams: readonly TaskStream[],
  selection: Selection,
): Promise<Report> {
  const { annotations, losses } = await exportLosses(store, formats.get(format), {
    streams,
    selection,
  })
  return { annotations, losses: [...losses] }
}
