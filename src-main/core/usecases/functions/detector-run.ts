import type { DetectorRun } from '#shared/contract/functions.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { LabelMapping } from '#shared/domain/label-mapping.ts'
import type { Task } from '#shared/domain/task.ts'
import { defaultMapping } from '#shared/functions/default-mapping.ts'
import { type ResolvedMapping, resolveMapping } from '#shared/functions/mapping.ts'
import type { Deps } from '../../usecase.ts'
import { checkParameters } from './check-parameters.ts'
import { rememberRun } from './remembered-runs.ts'

export interface CheckedRun {
  readonly task: Task
  readonly info: FunctionInfo
  readonly mapping: LabelMapping
  readonly resolved: ResolvedMapping
}

/**
 * A run of a detector as it will be, once nothing is wrong with it; a mapping that was chosen is remembered.
 * @throws NOT_FOUND, FUNCTION_WRONG_KIND, MAPPING_INVALID, INPUT_INVALID
 */
export async function checkedRun(
  { store, functions }: Pick<Deps, 'store' | 'functions'>,
  taskId: TaskId,
  { functionId, mapping: given, parameters }: DetectorRun,
): Promise<CheckedRun> {
  const task = store.tasks.get(taskId)
  const info = await functions.get(functionId, 'detector')
  checkParameters(info, parameters)
  const labels = store.labels.ofTask(taskId)
  const resolved = resolveMapping(given, info.labels, labels)
  const mapping = given ?? defaultMapping(info.labels, labels)
  if (given) rememberRun(store, task, functionId, { mapping: given, parameters })
  return { task, info, mapping, resolved }
}
