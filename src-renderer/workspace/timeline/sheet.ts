import type { Annotation } from '#shared/domain/annotation.ts'
import { evenTimes } from '../playback/frame-times.ts'
import type { Lane } from './lane.ts'
import type { Timeline } from './model.ts'
import type { VideoClock } from './paint/ruler.ts'

/** A canvas over the whole drawing area. */
export interface Sheet {
  readonly canvas: HTMLCanvasElement
  readonly ctx: CanvasRenderingContext2D
}

export function sheetIn(host: HTMLElement): Sheet {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  canvas.style.cssText = 'position:absolute;inset:0;pointer-events:none'
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('This browser draws nothing in 2d')
  host.append(canvas)
  return { canvas, ctx }
}

/** What a colour is chosen by: id, label and group. */
export const asAnnotation = ({ id, labelId, group }: Lane) => ({ id, labelId, group }) as Annotation

/** When frames are shown, as the player tells it; null for pictures of no time. */
export function clockOf({ bench }: Timeline): VideoClock | null {
  const { task, times } = bench.ui.getState()
  if (!task.video) return null
  // Until the video's own times are known its rate is all there is, so that the ruler keeps its height.
  return (
    times ?? (task.video.frameRate > 0 ? evenTimes(task.video.frameRate / task.frameStep) : null)
  )
}
