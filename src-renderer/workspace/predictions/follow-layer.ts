import { client } from '#renderer/state/client.ts'
import { events } from '#renderer/state/events.ts'
import type { FrameRange } from '#renderer/state/frames.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Bench } from '../bench/bench.ts'
import { DifferenceQueue } from './difference-queue.ts'
import { PredictionLayer } from './prediction-layer.ts'

/** The layer of a task, asked of the core. */
export function createLayer(taskId: TaskId): PredictionLayer {
  return new PredictionLayer({
    summary: () => client.predictions.summary({ taskId }),
    frame: (frame: FrameIndex) => client.predictions.frame({ taskId, frame }),
  })
}

export function createQueue(taskId: TaskId, range: FrameRange): DifferenceQueue {
  return new DifferenceQueue(
    { differences: (input) => client.predictions.differences({ taskId, ...input }) },
    range,
  )
}

/** Keeps layer and differences true while frames and annotations change. Returns how to stop. */
export function followLayer(bench: Bench): () => void {
  const { predictions, differences, document, taskId, ui } = bench
  const frame = () => document.state.getState().frame
  const refresh = () => void differences.refresh(frame())
  const changed = (open: number | null) => {
    const { summary, here } = predictions.state.getState()
    // More were decided on than this frame has: other frames are not what they were either.
    const isFar = open === null || Math.abs(open - (summary?.open ?? 0)) > Math.max(1, here.length)
    predictions.changed()
    if (isFar) void differences.reload()
    else refresh()
  }
  predictions.goTo(frame())
  predictions.changed()
  const stops = [
    document.state.subscribe((now, before) => {
      // While it plays, frames go by faster than anybody could decide on what is proposed for them.
      if (now.frame === before.frame || ui.getState().isPlaying) return
      predictions.goTo(now.frame)
      // Somebody may have drawn here since it was compared.
      if (predictions.state.getState().view === 'differences') refresh()
    }),
    ui.subscribe((now, before) => {
      if (now.isPlaying === before.isPlaying) return
      if (now.isPlaying) predictions.hide()
      else predictions.goTo(frame())
    }),
    events.on('predictions', ({ taskId: of, open }) => of === taskId && changed(open)),
    events.on('annotations', ({ taskId: of }) => of === taskId && refresh()),
    events.onReconnected(() => changed(null)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
