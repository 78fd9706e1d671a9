import type { Deps, Usecases } from '../../usecase.ts'
import { createFollow } from './follow.ts'
import { listTrackers } from './list.ts'

export function trackerUsecases(deps: Deps): Usecases['trackers'] {
  return { list: () => listTrackers(deps), follow: createFollow(deps) }
}
