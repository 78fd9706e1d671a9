import type { FrameRange } from '#renderer/state/frames.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { FrameTimes } from './frame-times.ts'

/** Seconds as `1:23.500`, from an hour on as `1:02:03.500`. */
export function formatTime(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000))
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60]
  const rest = `${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`
  return hours > 0 ? `${hours}:${pad(minutes, 2)}:${rest}` : `${minutes}:${rest}`
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** A time as it is typed: `1:23.5`, `1:02:03`, or seconds with `@83.5`. Null for what is none. */
export function parseTime(text: string): number | null {
  const seconds = /^@(\d+(?:[.,]\d*)?)$/.exec(text)?.[1]
  if (seconds !== undefined) return Number(seconds.replace(',', '.'))
  const match = /^(?:(\d+):)?(\d+):(\d{1,2}(?:[.,]\d*)?)$/.exec(text)
  if (!match) return null
  const [, hours = '0', minutes = '0', rest = '0'] = match
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest.replace(',', '.'))
}

/** The frame on screen at the time typed, the outermost one of the job for a time beyond it; null for what is no time. */
export function timeMeant(
  text: string,
  times: FrameTimes | null,
  range: FrameRange,
): FrameIndex | null {
  const seconds = times === null ? null : parseTime(text)
  if (seconds === null || times === null) return null
  return Math.max(range.start, Math.min(range.stop, times.frameAt(seconds)))
}
