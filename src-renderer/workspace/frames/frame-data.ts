import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { orpc, queries } from '#renderer/state/queries.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'

/** Names and counts come in pages, so that a list of 100,000 frames asks for what is in sight. */
const PAGE = 500
/** All counts together, for the filters of the gallery. */
const COUNTS_A_CALL = 5000

const pageOf = (frame: FrameIndex) => Math.floor(frame / PAGE) * PAGE

/** A frame's name; '' until it is known. */
export function useFrameLabel(taskId: TaskId, frame: FrameIndex): string {
  const from = pageOf(frame)
  const { data } = useQuery({
    ...orpc.frames.list.queryOptions({ input: { taskId, from, count: PAGE } }),
    select: (rows) => rows[frame - from]?.name ?? '',
  })
  return data ?? ''
}

/** How many annotations are on a frame; null until it is known. */
export function useFrameCount(taskId: TaskId, frame: FrameIndex): number | null {
  const from = pageOf(frame)
  const { data } = useQuery({
    ...orpc.frames.counts.queryOptions({ input: { taskId, from, count: PAGE } }),
    select: ({ counts }) => counts[frame - from] ?? 0,
    // Counted anew after an edit; the old number stays until the new one is there.
    placeholderData: (before) => before,
  })
  return data ?? null
}

/** Annotations of every frame of the range; null until all are counted. */
export function useAllCounts(
  taskId: TaskId,
  range: { readonly start: FrameIndex; readonly stop: FrameIndex },
): ((frame: FrameIndex) => number) | null {
  const pages: number[] = []
  for (let from = range.start; from <= range.stop; from += COUNTS_A_CALL) pages.push(from)
  const { start } = range
  // Remembered, so that the list is filtered again when a number changed and not at every render.
  const combine = useCallback(
    (results: readonly { readonly data?: { readonly counts: number[] } | undefined }[]) => {
      if (results.some(({ data }) => !data)) return null
      const counted = results.map(({ data }) => data?.counts ?? [])
      return (frame: FrameIndex) => {
        const at = frame - start
        return counted[Math.floor(at / COUNTS_A_CALL)]?.[at % COUNTS_A_CALL] ?? 0
      }
    },
    [start],
  )
  return useQueries({
    queries: pages.map((from) =>
      orpc.frames.counts.queryOptions({ input: { taskId, from, count: COUNTS_A_CALL } }),
    ),
    combine,
  })
}

const none: ReadonlySet<FrameIndex> = new Set()
const framesOf = (rows: readonly { readonly frame: FrameIndex }[]) =>
  new Set(rows.map(({ frame }) => frame))

/** Frames that cannot be read. */
export function useProblemFrames(taskId: TaskId): ReadonlySet<FrameIndex> {
  const { data } = useQuery({ ...queries.problems(taskId), select: framesOf })
  return data ?? none
}
