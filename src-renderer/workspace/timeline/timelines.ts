import { useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'
import { Timeline } from './model.ts'

const timelines = new WeakMap<Bench, Timeline>()

/** The timeline of an annotation screen; another one once the task has another length, as while a video is indexed. */
export function timelineOf(bench: Bench): Timeline {
  const known = timelines.get(bench)
  if (known && known.size === Math.max(1, bench.ui.getState().task.size)) return known
  const timeline = new Timeline(bench)
  timelines.set(bench, timeline)
  return timeline
}

/** Whether the timeline is on screen: tasks on a video and tasks on pictures each remember. */
export function isTimelineShown(bench: Bench): boolean {
  const { timeline } = useSettings.getState()
  return bench.ui.getState().task.mode === 'interpolation' ? timeline.video : timeline.images
}
