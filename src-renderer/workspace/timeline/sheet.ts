import type { Annotation } from '#shared/domain/annotation.ts'
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

/** How frames are told as times; null for pictures of no time. */
export function clockOf({ bench }: Timeline): VideoClock | null {
  const { video, startFrame, frameStep } = bench.ui.getState().task
  if (!video || video.frameRate <= 0) return null
  return { start: startFrame / video.frameRate, perFrame: frameStep / video.frameRate }
}
