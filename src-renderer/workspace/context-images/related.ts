import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { orpc, queryClient } from '#renderer/state/queries.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { useBench, useDocument } from '../bench/context.ts'

/** Which frames have context images comes in pages, so that stepping asks once in a while only. */
const PAGE = 500

const pageOptions = (taskId: TaskId, frame: FrameIndex) =>
  orpc.frames.related.queryOptions({
    input: { taskId, from: Math.floor(frame / PAGE) * PAGE, count: PAGE },
  })

/** Whether any frame of the task has context images: without, there is no panel and no button. */
export function useHasContextImages(): boolean {
  const { taskId } = useBench()
  const { data } = useQuery({ ...pageOptions(taskId, 0), select: ({ any }) => any })
  return data ?? false
}

/** The same outside of React, as far as it is known. */
export function hasContextImages(taskId: TaskId): boolean {
  return queryClient.getQueryData(pageOptions(taskId, 0).queryKey)?.any ?? false
}

const none: readonly string[] = []

/** File names of the shown frame's context images, in order. */
export function useContextNames(): readonly string[] {
  const { taskId } = useBench()
  const frame = useDocument((state) => state.frame)
  const { data } = useQuery({ ...pageOptions(taskId, frame), placeholderData: keepPreviousData })
  return data?.frames.find((one) => one.frame === frame)?.names ?? none
}
