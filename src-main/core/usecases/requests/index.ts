import type { Deps, Usecases } from '../../usecase.ts'

export function requestUsecases({ store, queue }: Deps): Usecases['requests'] {
  return {
    list: ({ limit }) => store.requests.list(limit),
    get: ({ id }) => store.requests.get(id),
    cancel: ({ id }) => queue.cancel(id),
    retry: ({ id }) => queue.retry(id),
  }
}
