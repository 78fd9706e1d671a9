import type { FrameMarks } from '#shared/operations/frame-marks.ts'
import type { Span } from '#shared/tracks/retime.ts'
import type { FrameTimes } from '../../playback/frame-times.ts'
import { HEAD_PX, type Layout } from '../layout.ts'
import { clock, type TimeView, ticksOf, timeAt, xOf } from '../time-view.ts'
import { type Brush, measured } from './theme.ts'

/** When each frame is shown, the very times the player goes by: frames of a video need not be of one length. */
export type VideoClock = Pick<FrameTimes, 'timeOf'>

export interface RulerScene {
  readonly layout: Layout
  readonly view: TimeView
  readonly size: number
  readonly range: Span
  readonly marks: FrameMarks
  readonly clock: VideoClock | null
}

/** Frame numbers, times under them, and what was said of frames: deleted, checked. */
export function paintRuler(brush: Brush, scene: RulerScene): void {
  const { ctx, theme, snap } = brush
  const { layout, view, size } = scene
  const { top, height } = layout.ruler
  ctx.fillStyle = theme.chrome
  ctx.fillRect(HEAD_PX, top, layout.width - HEAD_PX, height)
  ctx.save()
  ctx.beginPath()
  ctx.rect(HEAD_PX, top, layout.timeWidth, height)
  ctx.clip()
  ctx.translate(HEAD_PX, 0)
  const { major, minor } = ticksOf(view)
  const first = Math.max(0, Math.floor(view.first / major) * major)
  const last = Math.min(size - 1, Math.ceil(timeAt(view, layout.timeWidth)))
  ctx.fillStyle = theme.strong
  for (let frame = Math.max(0, first); frame <= last; frame += minor)
    ctx.fillRect(snap(xOf(view, frame)), top + height - (frame % major === 0 ? 8 : 4), 1, 8)
  ctx.textBaseline = 'alphabetic'
  for (let frame = first; frame <= last; frame += major) paintName(brush, scene, frame, major)
  paintMarks(brush, scene, Math.max(0, Math.floor(view.first)), last)
  ctx.restore()
  ctx.fillStyle = theme.border
  ctx.fillRect(0, snap(top + height - 1), layout.width, 1)
}

function paintName({ ctx, theme, snap }: Brush, scene: RulerScene, frame: number, step: number) {
  const { layout, view } = scene
  const { top } = layout.ruler
  const x = snap(xOf(view, frame)) + 4
  ctx.font = `500 11px ${theme.font}`
  ctx.fillStyle = theme.text2
  ctx.fillText(String(frame), x, top + 12)
  if (!scene.clock) return
  ctx.font = `400 10px ${theme.font}`
  ctx.fillStyle = theme.text3
  const seconds = scene.clock.timeOf(frame)
  const text = clock(seconds, scene.clock.timeOf(frame + step) - seconds)
  if (measured(ctx, text) < step * view.perFrame - 8) ctx.fillText(text, x, top + 24)
}

function paintMarks({ ctx, theme, snap }: Brush, scene: RulerScene, first: number, last: number) {
  const { layout, view, marks } = scene
  if (marks.deletedCount + marks.checkedCount === 0) return
  const y = layout.ruler.top + layout.ruler.height - 3
  const width = Math.max(2, view.perFrame - 1)
  for (let frame = first; frame <= last; frame += 1) {
    const isDeleted = marks.isDeleted(frame)
    if (!isDeleted && !marks.isChecked(frame)) continue
    ctx.fillStyle = isDeleted ? theme.bad : theme.accent
    ctx.fillRect(snap(xOf(view, frame)), y, width, 2)
  }
}

/** What lies outside of the job is there to be seen, not to be worked on. */
export function paintBeyond(brush: Brush, scene: RulerScene): void {
  const { ctx, theme } = brush
  const { layout, view, range, size } = scene
  const [top, bottom] = [layout.ruler.top, layout.overview.top]
  const [from, until] = [xOf(view, range.start), xOf(view, range.stop + 1)]
  ctx.save()
  ctx.beginPath()
  ctx.rect(HEAD_PX, top, layout.timeWidth, bottom - top)
  ctx.clip()
  ctx.translate(HEAD_PX, 0)
  ctx.fillStyle = theme.isDark ? 'rgb(0 0 0 / 45%)' : 'rgb(120 130 140 / 22%)'
  if (from > 0) ctx.fillRect(0, top, from, bottom - top)
  if (until < layout.timeWidth) ctx.fillRect(until, top, layout.timeWidth - until, bottom - top)
  ctx.fillStyle = theme.strong
  for (const [x, isInside] of [
    [from, range.start > 0],
    [until, range.stop < size - 1],
  ] as const)
    if (isInside) ctx.fillRect(x, top, 1, bottom - top)
  ctx.restore()
}
