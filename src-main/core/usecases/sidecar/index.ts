import type { Deps, Usecases } from '../../usecase.ts'
import { setSidecar, stateOf, syncNow } from './set.ts'

export function sidecarUsecases(deps: Deps): Usecases['sidecar'] {
  return {
    get: ({ taskId }) => stateOf(deps, taskId),
    set: ({ taskId, format }) => setSidecar(deps, taskId, format),
    sync: ({ taskId }) => syncNow(deps, taskId),
  }
}
