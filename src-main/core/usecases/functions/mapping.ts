import type { FunctionId } from '#shared/domain/function.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { defaultMapping } from '#shared/functions/default-mapping.ts'
import { fittingPart, wholeMapping } from '#shared/functions/mapping.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { rememberedRun } from './remembered-runs.ts'

/** What was chosen here last, as far as it still fits; else by name. */
export function createMapping({ store, functions }: Deps): Usecases['functions']['mapping'] {
  return async ({ taskId, functionId }: { taskId: TaskId; functionId: FunctionId }) => {
    const task = store.tasks.get(taskId)
    const { labels: found, parameters: known } = await functions.get(functionId, 'detector')
    const labels = store.labels.ofTask(taskId)
    const last = rememberedRun(store, task, functionId)
    if (!last) return { mapping: defaultMapping(found, labels), parameters: {}, remembered: false }
    const names = new Set(known.map(({ name }) => name))
    const parameters = Object.entries(last.parameters).filter(([name]) => names.has(name))
    const mapping = wholeMapping(fittingPart(last.mapping, found, labels), found, labels)
    return { mapping, parameters: Object.fromEntries(parameters), remembered: true }
  }
}
