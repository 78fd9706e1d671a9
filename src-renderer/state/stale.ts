import type { Query, QueryClient, QueryKey } from '@tanstack/react-query'

/** Queries that are marked again when their first answer is here. */
const waiting = new WeakSet<Query>()

/**
 * Marks what is cached under a key as stale; what is on screen is asked for anew. A first answer that is on its way may be
 * older than the change, and TanStack would wait for it and take it as the newest: then it is marked again.
 */
export function markStale(cache: QueryClient, queryKey: QueryKey): void {
  const onTheWay = cache.getQueryCache().findAll({
    queryKey,
    predicate: ({ state }) => state.data === undefined && state.fetchStatus !== 'idle',
  })
  void cache.invalidateQueries({ queryKey })
  for (const query of onTheWay) markOnceHere(cache, query)
}

function markOnceHere(cache: QueryClient, query: Query): void {
  const { promise, queryKey } = query
  if (promise === undefined || waiting.has(query)) return
  waiting.add(query)
  promise.then(
    () => {
      waiting.delete(query)
      void cache.invalidateQueries({ queryKey, exact: true })
    },
    // Nothing came that could be old.
    () => waiting.delete(query),
  )
}
