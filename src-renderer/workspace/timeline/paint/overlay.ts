import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Span } from '#shared/tracks/retime.ts'
import { HEAD_PX, LANE_PX, type Layout } from '../layout.ts'
import { clock, type TimeView, xOf } from '../time-view.ts'
import type { VideoClock } from './ruler.ts'
import { type Brush, measured } from './theme.ts'

export interface OverlayScene {
  readonly layout: Layout
  readonly view: TimeView
  readonly size: number
  /** The frame on screen, and the one on its way there. */
  readonly frame: FrameIndex
  readonly wanted: FrameIndex
  /** Frames chosen, with the rows they are chosen in (CSS pixels of the drawing area); null for none. */
  readonly chosen: (Span & { readonly top: number; readonly bottom: number }) | null
  readonly clock: VideoClock | null
  /** The frame under the pointer, and the row (CSS pixels); null beside them. */
  readonly hover: { readonly frame: FrameIndex; readonly top: number | null } | null
}

/** What moves all the time and is drawn on a sheet of its own: playhead, range chosen, what is under the pointer. */
export function paintOverlay(brush: Brush, scene: OverlayScene): void {
  const { ctx, theme } = brush
  const { layout, hover, chosen } = scene
  ctx.clearRect(0, 0, layout.width, layout.height)
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, layout.width, layout.overview.top + layout.overview.height)
  ctx.clip()
  if (hover?.top !== null && hover?.top !== undefined) {
    ctx.fillStyle = theme.hover
    const top = Math.max(layout.lanes.top, hover.top)
    ctx.fillRect(0, top, layout.width, Math.min(hover.top + LANE_PX, layout.overview.top) - top)
  }
  ctx.restore()
  paintCounter(brush, scene)
  ctx.save()
  ctx.beginPath()
  ctx.rect(HEAD_PX, 0, layout.timeWidth, layout.height)
  ctx.clip()
  ctx.translate(HEAD_PX, 0)
  if (chosen) paintChosen(brush, scene, chosen)
  if (hover) paintGhost(brush, scene, hover.frame)
  paintPlayhead(brush, scene)
  ctx.restore()
}

/** Where the playhead is, in the corner beside the ruler. */
function paintCounter({ ctx, theme, snap }: Brush, scene: OverlayScene): void {
  const { ruler } = scene.layout
  const middle = snap(ruler.top + ruler.height / 2)
  ctx.textBaseline = 'middle'
  ctx.font = `550 13px ${theme.font}`
  ctx.fillStyle = theme.text
  const frame = String(scene.wanted)
  ctx.fillText(frame, 10, middle)
  if (!scene.clock) return
  const after = 10 + measured(ctx, frame) + 8
  ctx.font = `400 12px ${theme.font}`
  ctx.fillStyle = theme.text3
  ctx.fillText(clock(scene.clock.timeOf(scene.wanted), 0.01), after, middle)
}

function paintChosen(
  { ctx, theme, snap }: Brush,
  { view, layout }: OverlayScene,
  chosen: NonNullable<OverlayScene['chosen']>,
): void {
  const x0 = snap(xOf(view, chosen.start))
  const x1 = snap(xOf(view, chosen.stop + 1))
  const top = Math.max(layout.lanes.top, chosen.top)
  const bottom = Math.min(layout.overview.top, chosen.bottom)
  ctx.fillStyle = theme.accentSoft
  ctx.fillRect(x0, layout.ruler.top, x1 - x0, layout.ruler.height)
  if (bottom <= top) return
  ctx.fillRect(x0, top, x1 - x0, bottom - top)
  ctx.strokeStyle = theme.accent
  ctx.lineWidth = 1
  ctx.strokeRect(x0 + 0.5, snap(top) + 0.5, Math.max(1, x1 - x0 - 1), bottom - top - 1)
}

function paintGhost({ ctx, theme, snap }: Brush, scene: OverlayScene, frame: FrameIndex): void {
  const { view, layout } = scene
  if (frame < 0 || frame >= scene.size) return
  const x = snap(xOf(view, frame + 0.5))
  ctx.globalAlpha = 0.35
  ctx.fillStyle = theme.text2
  ctx.fillRect(x, layout.ruler.top, 1, layout.overview.top - layout.ruler.top)
  ctx.globalAlpha = 1
  if (frame !== scene.wanted) flag({ ctx, theme, snap } as Brush, scene, x, String(frame), false)
}

function paintPlayhead(brush: Brush, scene: OverlayScene): void {
  const { ctx, theme, snap } = brush
  const { view, layout, frame, wanted, size } = scene
  const x = snap(xOf(view, wanted + 0.5))
  const [top, bottom] = [layout.thumbs.top, layout.overview.top]
  ctx.fillStyle = theme.accent
  if (view.perFrame >= 6) {
    ctx.globalAlpha = 0.16
    ctx.fillRect(
      snap(xOf(view, wanted)),
      layout.ruler.top,
      snap(view.perFrame),
      bottom - layout.ruler.top,
    )
    ctx.globalAlpha = 1
  }
  if (frame !== wanted) {
    ctx.globalAlpha = 0.4
    ctx.fillRect(snap(xOf(view, frame + 0.5)), top, 1, bottom - top)
    ctx.globalAlpha = 1
  }
  ctx.fillRect(x, top, 1, bottom - top)
  flag(brush, scene, x, String(wanted), true)
  const place = ((wanted + 0.5) / size) * layout.timeWidth
  ctx.fillRect(snap(place), layout.overview.top + 1, 1, layout.overview.height - 1)
}

/** A frame's number at its line, on the ruler. */
function flag(brush: Brush, scene: OverlayScene, x: number, text: string, isHead: boolean): void {
  const { ctx, theme } = brush
  const { layout } = scene
  ctx.font = `550 11px ${theme.font}`
  const width = measured(ctx, text) + 10
  const left = Math.max(0, Math.min(layout.timeWidth - width, x - width / 2))
  const top = layout.ruler.top + 1
  ctx.fillStyle = isHead ? theme.accent : theme.surface
  ctx.beginPath()
  ctx.roundRect(left, top, width, 15, 3)
  ctx.fill()
  if (!isHead) {
    ctx.strokeStyle = theme.strong
    ctx.lineWidth = 1
    ctx.stroke()
  }
  ctx.fillStyle = isHead ? theme.onAccent : theme.text2
  ctx.textBaseline = 'alphabetic'
  ctx.fillText(text, left + 5, top + 11.5)
}
