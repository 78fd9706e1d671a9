import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Span } from '#shared/tracks/retime.ts'

/** Which part of time is seen. A frame n takes the room from n up to n + 1. */
export interface TimeView {
  /** The time at the left edge, frames. */
  readonly first: number
  /** CSS pixels a frame. */
  readonly perFrame: number
}

/** What there is to look at: the frames of the task, on so many CSS pixels. */
export interface Extent {
  readonly size: number
  readonly width: number
}

const MOST_PER_FRAME = 96
/** Room beside the frames looked at, as a share of the width. */
const MARGIN = 0.02

/** Where a frame begins, CSS pixels from the left edge. */
export const xOf = ({ first, perFrame }: TimeView, frame: number): number =>
  (frame - first) * perFrame

/** The time at a place, frames with a fraction. */
export const timeAt = ({ first, perFrame }: TimeView, x: number): number => first + x / perFrame

/** The frame at a place; it may lie before the first or after the last one. */
export const frameAt = (view: TimeView, x: number): FrameIndex => Math.floor(timeAt(view, x))

/** As near as the view may be to what is wanted: never smaller than the whole task, never beyond its ends. */
export function clampView({ first, perFrame }: TimeView, { size, width }: Extent): TimeView {
  const least = (width * (1 - 2 * MARGIN)) / Math.max(1, size)
  const scale = Math.min(Math.max(perFrame, Math.min(least, MOST_PER_FRAME)), MOST_PER_FRAME)
  const margin = (width * MARGIN) / scale
  const most = Math.max(-margin, size + margin - width / scale)
  return { first: Math.min(Math.max(first, -margin), most), perFrame: scale }
}

/** `factor` times as large; the time under `x` stays there. */
export function zoomAt(view: TimeView, x: number, factor: number, extent: Extent): TimeView {
  const { perFrame } = clampView({ ...view, perFrame: view.perFrame * factor }, extent)
  return clampView({ first: timeAt(view, x) - x / perFrame, perFrame }, extent)
}

/** Moved by CSS pixels: positive shows what comes later. */
export function pan(view: TimeView, dx: number, extent: Extent): TimeView {
  return clampView({ ...view, first: view.first + dx / view.perFrame }, extent)
}

/** So that these frames fill the width, with a little room beside them. */
export function viewOf({ start, stop }: Span, extent: Extent): TimeView {
  const count = Math.max(1, stop - start + 1)
  const { perFrame } = clampView(
    { first: 0, perFrame: (extent.width * (1 - 2 * MARGIN)) / count },
    extent,
  )
  const beside = (extent.width / perFrame - count) / 2
  return clampView({ first: start - Math.max(0, beside), perFrame }, extent)
}

/** Turned as a page is when the frame is out of sight; the very same view while it is in sight. */
export function follow(view: TimeView, frame: FrameIndex, extent: Extent): TimeView {
  const x = xOf(view, frame)
  if (x >= 0 && x + Math.min(view.perFrame, extent.width) <= extent.width) return view
  const isLater = x > 0
  const lead = extent.width * (isLater ? 0.1 : 0.9)
  return clampView({ ...view, first: frame - lead / view.perFrame }, extent)
}

/** Numbers a ruler is divided by: 1, 2, 5, 10, 20, 50 … */
export function niceStep(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  const step = [1, 2, 5, 10].find((times) => times * decade >= least) ?? 10
  return Math.max(1, step * decade)
}

export interface Ticks {
  /** Frames that are named are multiples of it. */
  readonly major: number
  /** Frames with a small tick are multiples of it. */
  readonly minor: number
}

const NAMED_PX = 72
const TICK_PX = 7

export function ticksOf({ perFrame }: TimeView): Ticks {
  const major = niceStep(NAMED_PX / perFrame)
  const minor = Math.min(major, niceStep(TICK_PX / perFrame))
  return { major, minor: major % minor === 0 ? minor : major }
}

/** `1:04.5`: minutes, seconds and what is left of one, from a video's beginning; with hours where there are any. */
export function clock(seconds: number, step: number): string {
  const digits = [0, 1].find((count) => isWhole(step * 10 ** count)) ?? 2
  const rounded = Number(seconds.toFixed(digits))
  const [hours, minutes] = [Math.floor(rounded / 3600), Math.floor(rounded / 60) % 60]
  const rest = (rounded % 60).toFixed(digits).padStart(digits === 0 ? 2 : digits + 3, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6
