import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { orpc } from '#renderer/state/queries.ts'
import type { ObjectSummary } from '#shared/contract/annotations.ts'
import type { TaskId } from '#shared/domain/ids.ts'

const PAGE = 5000
/** More than anybody looks at one by one; the list says when it ends here. */
export const MOST_OBJECTS = 200_000

/** Every object of the frames, page after page until all are there; what has come is shown meanwhile. */
export function useObjects(
  taskId: TaskId,
  range: { readonly start: number; readonly stop: number },
): { objects: readonly ObjectSummary[]; isComplete: boolean; isCut: boolean } {
  const query = useInfiniteQuery(
    orpc.annotations.list.infiniteOptions({
      input: (from: number) => ({ taskId, from, limit: PAGE }),
      initialPageParam: range.start,
      getNextPageParam: ({ next }: { next: number | null }) =>
        next === null || next > range.stop ? undefined : next,
    }),
  )
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const objects = useMemo(
    () =>
      (data?.pages ?? [])
        .flatMap((page) => page.objects)
        .filter(({ frame }) => frame >= range.start && frame <= range.stop),
    [data, range],
  )
  const isCut = hasNextPage && objects.length >= MOST_OBJECTS
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isCut) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isCut, fetchNextPage])
  return { objects, isComplete: data !== undefined && !hasNextPage, isCut }
}
