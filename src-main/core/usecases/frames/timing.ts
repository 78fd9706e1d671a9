import type { TaskId } from '#shared/domain/ids.ts'
import type { VideoIndex } from '../../ports.ts'
import type { Deps } from '../../usecase.ts'
import { indexIfStale } from '../tasks/index-video.ts'

/** Frames nearer than this to an even beat are on it: below what a screen can show, and how containers round. */
const EVEN_SEC = 0.001

export interface Timing {
  /** Frames of the task a second at the video's own speed; 0 when nobody knows, or for pictures. */
  readonly frameRate: number
  /** Seconds of each frame of the task from its first one; null when they are even, `frame / frameRate`. */
  readonly times: number[] | null
}

/** When each frame of a task is due in playback. Playing is also when a changed file should be looked at again. */
export function frameTiming(deps: Deps, taskId: TaskId): Timing {
  const task = deps.store.tasks.get(taskId)
  const file = deps.store.videos.ofTask(taskId)
  if (!file || !task.video) return { frameRate: 0, times: null }
  void indexIfStale(deps, taskId)
  const index = deps.store.videos.find(file)
  const frameRate = task.video.frameRate / task.frameStep
  return index ? timingOf(index, task) : { frameRate, times: null }
}

/** The times of frames start, start + step …, `size` of them; those beyond the index follow at its pace. */
export function timingOf(
  { pts, facts }: Pick<VideoIndex, 'pts' | 'facts'>,
  { startFrame, frameStep, size }: { startFrame: number; frameStep: number; size: number },
): Timing {
  const unit = facts.timeBase.num / facts.timeBase.den
  const first = pts[startFrame] ?? 0
  const known = Math.min(size, Math.floor((pts.length - 1 - startFrame) / frameStep) + 1)
  const timeAt = (frame: number) => ((pts[startFrame + frame * frameStep] ?? first) - first) * unit
  const duration = known > 1 ? timeAt(known - 1) : 0
  const frameRate = duration > 0 ? (known - 1) / duration : facts.frameRate / frameStep
  const times = Array.from({ length: size }, (_, frame) =>
    frame < known || frameRate === 0 ? timeAt(frame) : frame / frameRate,
  )
  const even = times.every(
    (time, frame) => Math.abs(time * frameRate - frame) <= EVEN_SEC * frameRate,
  )
  return { frameRate, times: even ? null : times }
}
