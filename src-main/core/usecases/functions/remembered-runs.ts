/**
 * How a function was run last, by function and by what shares its labels: the project, or the task where there is none. Kept
 * among the settings, the latest hundred.
 */
import { z } from 'zod'
import type { FunctionId, ParameterValues } from '#shared/domain/function.ts'
import { parameterValuesSchema } from '#shared/domain/function.ts'
import { type LabelMapping, labelMappingSchema } from '#shared/domain/label-mapping.ts'
import type { Task } from '#shared/domain/task.ts'
import type { Store } from '../../ports.ts'

const KEY = 'functionRuns'
const MOST = 100

const runSchema = z.object({ mapping: labelMappingSchema, parameters: parameterValuesSchema })
export interface RememberedRun {
  readonly mapping: LabelMapping
  readonly parameters: ParameterValues
}
const runsSchema = z.array(z.tuple([z.string(), runSchema])).catch([])

type Owner = Pick<Task, 'id' | 'projectId'>

const nameOf = ({ id, projectId }: Owner, functionId: FunctionId): string =>
  `${projectId === null ? `task ${id}` : `project ${projectId}`} ${functionId}`

const read = (store: Pick<Store, 'settings'>) => runsSchema.parse(store.settings.all()[KEY] ?? [])

export function rememberedRun(
  store: Pick<Store, 'settings'>,
  task: Owner,
  functionId: FunctionId,
): RememberedRun | null {
  const name = nameOf(task, functionId)
  return read(store).find(([known]) => known === name)?.[1] ?? null
}

export function rememberRun(
  store: Pick<Store, 'settings'>,
  task: Owner,
  functionId: FunctionId,
  run: RememberedRun,
): void {
  const name = nameOf(task, functionId)
  const others = read(store).filter(([known]) => known !== name)
  store.settings.merge({ [KEY]: [[name, run], ...others].slice(0, MOST) })
}
