import type { Span } from '#shared/tracks/retime.ts'
import { HEAD_PX, LANE_PX, type Layout, SCROLLBAR_PX, scrollRoom } from '../layout.ts'
import { type TimeView, timeAt, xOf } from '../time-view.ts'
import type { Brush } from './theme.ts'

/** Tags and shapes of single frames: a tick a frame, the taller the more. */
export function paintSummary(
  { ctx, theme, snap }: Brush,
  layout: Layout,
  view: TimeView,
  counts: Uint32Array,
  title: string,
): void {
  const { top, height } = layout.summary
  if (height === 0) return
  ctx.textBaseline = 'middle'
  ctx.font = `400 11px ${theme.font}`
  ctx.fillStyle = theme.text3
  ctx.fillText(title, 10, snap(top + height / 2))
  ctx.save()
  ctx.beginPath()
  ctx.rect(HEAD_PX, top, layout.timeWidth, height)
  ctx.clip()
  ctx.translate(HEAD_PX, 0)
  ctx.fillStyle = theme.text3
  const last = Math.min(counts.length - 1, Math.ceil(timeAt(view, layout.timeWidth)))
  const width = Math.max(1, Math.min(6, view.perFrame - 1))
  let [column, most] = [Number.NaN, 0]
  const flush = () => {
    const tall = Math.min(height - 5, 3 + Math.log2(most) * 3)
    if (most > 0) ctx.fillRect(column, snap(top + height - 2 - tall), width, tall)
  }
  for (let frame = Math.max(0, Math.floor(view.first)); frame <= last; frame += 1) {
    const count = counts[frame] ?? 0
    if (count === 0) continue
    const x = snap(xOf(view, frame + 0.5) - width / 2)
    if (x !== column) {
      flush()
      ;[column, most] = [x, 0]
    }
    most = Math.max(most, count)
  }
  flush()
  ctx.restore()
  ctx.fillStyle = theme.border
  ctx.fillRect(0, snap(top + height - 1), layout.width, 1)
}

/** All frames of the task in one band: how many tracks there are when, and which part is looked at. */
export function paintOverview(
  { ctx, theme, snap }: Brush,
  layout: Layout,
  scene: {
    readonly view: TimeView
    readonly size: number
    readonly range: Span
    /** The most tracks at once in each pixel column. */
    readonly heights: Uint32Array
  },
): void {
  const { top, height } = layout.overview
  const { view, size, heights, range } = scene
  const width = layout.timeWidth
  ctx.fillStyle = theme.chrome
  ctx.fillRect(0, top, layout.width, height)
  ctx.fillStyle = theme.border
  ctx.fillRect(0, snap(top), layout.width, 1)
  ctx.save()
  ctx.translate(HEAD_PX, 0)
  let most = 1
  for (const value of heights) most = Math.max(most, value)
  ctx.fillStyle = theme.strong
  const room = height - 6
  for (let x = 0; x < heights.length; x += 1) {
    const tall = ((heights[x] ?? 0) / most) * room
    if (tall > 0) ctx.fillRect(x, top + height - 2 - tall, 1, tall)
  }
  const scale = width / size
  ctx.fillStyle = theme.isDark ? 'rgb(0 0 0 / 40%)' : 'rgb(120 130 140 / 20%)'
  if (range.start > 0) ctx.fillRect(0, top + 1, range.start * scale, height - 1)
  const after = (range.stop + 1) * scale
  if (after < width - 1) ctx.fillRect(after, top + 1, width - after, height - 1)
  const [from, until] = windowOf(view, size, width)
  ctx.fillStyle = theme.hover
  ctx.fillRect(from, top + 1, until - from, height - 1)
  ctx.strokeStyle = theme.text3
  ctx.lineWidth = 1
  ctx.strokeRect(snap(from) + 0.5, snap(top) + 1.5, Math.max(3, snap(until - from) - 1), height - 3)
  ctx.restore()
}

/** Where the part looked at lies in the overview, CSS pixels of it. */
export function windowOf(view: TimeView, size: number, width: number): [number, number] {
  const scale = width / size
  const from = Math.max(0, view.first * scale)
  const until = Math.min(width, timeAt(view, width) * scale)
  const least = 8
  if (until - from >= least) return [from, until]
  const middle = Math.max(least / 2, Math.min(width - least / 2, (from + until) / 2))
  return [middle - least / 2, middle + least / 2]
}

/** Where the thumb of the lanes' scrollbar is, CSS pixels from the top of the lanes; null where all lanes are in sight. */
export function thumbOf(
  layout: Layout,
  rows: number,
  scroll: number,
): { top: number; height: number } | null {
  const room = scrollRoom(layout, rows)
  if (room === 0) return null
  const seen = layout.lanes.height
  const height = Math.max(24, (seen * seen) / (rows * LANE_PX))
  return { top: ((seen - height) * scroll) / room, height }
}

export function paintScrollbar(
  { ctx, theme, snap }: Brush,
  layout: Layout,
  rows: number,
  scroll: number,
): void {
  const thumb = thumbOf(layout, rows, scroll)
  if (!thumb) return
  ctx.fillStyle = theme.strong
  ctx.beginPath()
  const x = layout.width - SCROLLBAR_PX + 2
  ctx.roundRect(x, snap(layout.lanes.top + thumb.top + 1), SCROLLBAR_PX - 4, thumb.height - 2, 3)
  ctx.fill()
}
