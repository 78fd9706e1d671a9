import type { Deps, Usecases } from '../../usecase.ts'

export function frameUsecases({ store }: Deps): Usecases['frames'] {
  return {
    list: ({ taskId, from, count }) => store.frames.list(taskId, from, count),
    problems: ({ taskId }) => store.frames.problems(taskId),
    marks: ({ taskId }) => ({
      revision: store.tasks.get(taskId).revision,
      ...store.frames.marks(taskId),
    }),
    searchAnnotated: ({ taskId, from, direction }) => ({
      frame: store.annotations.searchFrame(taskId, from, direction),
    }),
    find: ({ taskId, text, limit }) => store.frames.find(taskId, text, limit),
  }
}
