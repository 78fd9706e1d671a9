import type { Deps, Usecases } from '../../usecase.ts'
import { createFollow } from './follow.ts'

export function trackerUsecases(deps: Deps): Usecases['trackers'] {
  return { list: () => deps.trackers.list(), follow: createFollow(deps) }
}
