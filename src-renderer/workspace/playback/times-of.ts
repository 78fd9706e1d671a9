import { QueryObserver } from '@tanstack/react-query'
import { orpc, queryClient } from '#renderer/state/queries.ts'
import type { Bench } from '../bench/bench.ts'
import { evenTimes, ownTimes } from './frame-times.ts'

/** Keeps `times` of a video true: they get better when its index has been verified. Returns how to stop. */
export function followTimes(bench: Bench): () => void {
  if (bench.ui.getState().task.video === null) return () => undefined
  const { taskId } = bench
  const observer = new QueryObserver(
    queryClient,
    orpc.frames.timing.queryOptions({ input: { taskId } }),
  )
  return observer.subscribe(({ data }) => {
    if (!data) return
    const { frameRate, times } = data
    if (times && times.length > 0) bench.ui.setState({ times: ownTimes(times) })
    else bench.ui.setState({ times: frameRate > 0 ? evenTimes(frameRate) : null })
  })
}
