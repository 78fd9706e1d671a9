import type { DatasetTask, DescribedLabel, LabelIndex, ReadTarget } from '../../ports.ts'
import { frameRecords, toDatasetFrame } from '../dataset-task.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import type { ReportMaker } from './import-report.ts'

export interface TargetOptions {
  readonly report: Pick<ReportMaker, 'miss' | 'note'>
  readonly hooks: Pick<WorkHooks, 'signal' | 'progress'>
  readonly labelIndex: LabelIndex
  readonly describe?: (label: DescribedLabel) => void
}

/** A task as readers see it: its frames by name, and where to tell what has no place in it. */
export function taskTarget(
  deps: WorkDeps,
  dataset: DatasetTask,
  { report, hooks, labelIndex, describe }: TargetOptions,
): ReadTarget {
  function* taskFrames() {
    for (const record of frameRecords(deps, dataset.task.id)) yield toDatasetFrame(dataset, record)
  }
  return {
    ...dataset,
    taskFrames,
    matcher: deps.createMatcher(taskFrames),
    signal: hooks.signal,
    progress: hooks.progress,
    unmatched: (name) => report.miss(name),
    note: (what, count = 1) => report.note(what, count),
    labelIndex,
    describe: describe ?? (() => undefined),
  }
}
