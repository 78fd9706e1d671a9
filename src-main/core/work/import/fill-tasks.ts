import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type {
  AnnotationBatch,
  DatasetFormat,
  DatasetInput,
  NewAnnotation,
  ReadTarget,
} from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import type { ReportMaker } from './import-report.ts'
import type { Stretch } from './project-target.ts'
import { splitByPart } from './split-parts.ts'

export interface FilledTask {
  readonly taskId: TaskId
  /** Hidden until it is settled or committed. */
  readonly batch: AnnotationBatch
  /** How many annotations are in it. */
  count: number
}

interface Filling {
  readonly requestId: RequestId
  readonly format: DatasetFormat
  readonly input: DatasetInput
  readonly target: ReadTarget
  /** Tasks in the order of the target's frames. */
  readonly parts: readonly (Stretch & { readonly id: TaskId })[]
  readonly report: ReportMaker
  /** Whether an annotation, by the frames of its task, comes in. */
  keep(annotation: NewAnnotation, taskId: TaskId): boolean
}

/**
 * Read a file once into a hidden batch for each task.
 * @throws what reading throws; no batch is left then
 */
export async function fillTasks(
  deps: WorkDeps,
  { requestId, format, input, target, parts, report, keep }: Filling,
  hooks: WorkHooks,
): Promise<{ report: ReportMaker; filled: FilledTask[] }> {
  const filled = parts.map(({ id }): FilledTask => {
    return { taskId: id, batch: deps.store.annotations.beginBatch(id, requestId), count: 0 }
  })
  try {
    for await (const annotations of format.read(input, target)) {
      for (const whole of annotations) {
        for (const { at, annotation } of splitByPart(parts, whole)) {
          const task = filled[at]
          if (!task) continue
          if (!keep(annotation, task.taskId)) {
            report.merged += 1
            continue
          }
          task.batch.add([annotation])
          task.count += 1
          report.imported += 1
        }
      }
      const count = report.imported.toLocaleString('en')
      hooks.progress(report.imported, null, `${count} annotations read`)
    }
  } catch (error) {
    for (const { batch } of filled) batch.abort()
    throw error
  }
  return { report, filled }
}
