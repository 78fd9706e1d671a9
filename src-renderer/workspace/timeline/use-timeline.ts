import { useStore } from 'zustand'
import { useBench, useUi } from '../bench/context.ts'
import type { Timeline } from './model.ts'
import type { TimelineState } from './timeline-state.ts'
import { timelineOf } from './timelines.ts'

/** The timeline of the annotation screen around; another one once the task has another length. */
export function useTimeline(): Timeline {
  const bench = useBench()
  useUi((state) => state.task.size)
  return timelineOf(bench)
}

/** A part of its state; renders again only when that part changes. */
export function useTimelineState<T>(timeline: Timeline, select: (state: TimelineState) => T): T {
  return useStore(timeline.state, select)
}
