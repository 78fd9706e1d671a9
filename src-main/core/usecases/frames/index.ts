import { posix } from 'node:path'
import type { Deps, Usecases } from '../../usecase.ts'
import { searchEmpty, searchMatching } from '../search/search-frames.ts'
import { frameTiming } from './timing.ts'

export function frameUsecases(deps: Deps): Usecases['frames'] {
  const { store } = deps
  return {
    list: ({ taskId, from, count }) => store.frames.list(taskId, from, count),
    timing: ({ taskId }) => frameTiming(deps, taskId),
    problems: ({ taskId }) => store.frames.problems(taskId),
    marks: ({ taskId }) => ({
      revision: store.tasks.get(taskId).revision,
      ...store.frames.marks(taskId),
    }),
    related: ({ taskId, from, count }) => ({
      any: store.frames.hasRelated(taskId),
      frames: store.frames.related(taskId, from, count).map(({ frame, entries }) => ({
        frame,
        names: entries.map((entry) => posix.basename(entry)),
      })),
    }),
    counts: ({ taskId, from, count, of }) => {
      const { size } = store.tasks.get(taskId)
      const inside = Math.max(0, Math.min(count, size - from))
      return { from, counts: store.annotations.countByFrame(taskId, from, inside, of) }
    },
    searchAnnotated: ({ taskId, from, direction, deleted }) => ({
      frame: store.annotations.searchFrame(taskId, from, direction, deleted),
    }),
    searchMatching: (input) => searchMatching(deps, input),
    searchEmpty: (input) => searchEmpty(deps, input),
    named: ({ taskId, text }) => ({ frames: store.frames.indicesNamed(taskId, text) }),
    find: ({ taskId, text, limit }) => store.frames.find(taskId, text, limit),
  }
}
