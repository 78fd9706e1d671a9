import type { Deps, Usecases } from '../../usecase.ts'

export function requestUsecases({ store, queue }: Deps): Usecases['requests'] {
  return {
    list: ({ limit }) => store.requests.list(limit).map(queue.current),
    get: ({ id }) => queue.current(store.requests.get(id)),
    cancel: ({ id }) => queue.cancel(id),
    pause: ({ id }) => queue.pause(id),
    resume: ({ id }) => queue.unpause(id),
    retry: ({ id }) => queue.retry(id),
  }
}
