import type { FrameIndex } from '#shared/domain/ids.ts'
import { isOutside, keyframeBefore, type Lane, OCCLUDED, OUTSIDE, seenFrames } from '../lane.ts'
import { type TimeView, timeAt, xOf } from '../time-view.ts'
import type { Brush } from './theme.ts'

/** Seen on fewer frames than this: drawn so that it is found at every zoom. */
export const SHORT_FRAMES = 3
/** Not seen for at least so many frames: drawn so that it is found at every zoom. */
export const LONG_GAP_FRAMES = 30
const BAR_PX = 12
const LEAST_BAR_PX = 4
const LEAST_GAP_PX = 3
/** Diamonds that would lie closer become ticks, and those a solid stripe. */
const DIAMOND_ROOM_PX = 9
const TICK_ROOM_PX = 2

export interface LaneLook {
  readonly color: string
  readonly isHidden: boolean
  readonly isLocked: boolean
  readonly isActive: boolean
  /** Keyframes within these are meant by the next verb. */
  readonly chosen: { readonly start: FrameIndex; readonly stop: FrameIndex } | null
}

export interface LanePlace {
  readonly view: TimeView
  readonly width: number
  readonly top: number
  readonly height: number
  readonly lastFrame: FrameIndex
}

/** Few keyframes are counted at once; many are hardly ever of a track that is not seen. */
const isShort = (lane: Lane, lastFrame: FrameIndex) =>
  lane.frames.length <= 6 && seenFrames(lane, lastFrame) < SHORT_FRAMES

type Kind = 'stated' | 'between' | 'held' | 'gap'

/** How strongly a stretch is filled: every frame stated, the frames between two keyframes, those after the last. */
const ALPHA: Readonly<Record<Exclude<Kind, 'gap'>, number>> = {
  stated: 0.92,
  between: 0.5,
  held: 0.32,
}

/** One track: its bar, gaps and keyframes; the origin is where time begins. */
export function paintLane(brush: Brush, lane: Lane, look: LaneLook, place: LanePlace): void {
  const { ctx } = brush
  ctx.save()
  ctx.globalAlpha = look.isHidden ? 0.35 : 1
  paintBar(brush, lane, look, place)
  paintKeyframes(brush, lane, look, place)
  if (isShort(lane, place.lastFrame)) paintShortMark(brush, lane, place)
  ctx.restore()
}

/** Stretches of one look are one rectangle, and what is narrower than a pixel is passed over: a lane costs its pixels. */
function paintBar(brush: Brush, lane: Lane, look: LaneLook, place: LanePlace): void {
  const { view, width, lastFrame } = place
  const { frames, flags } = lane
  const until = timeAt(view, width)
  const [firstSeen, lastSeen] = [flags.findIndex(isSeen), flags.findLastIndex(isSeen)]
  let run = null as Run | null
  const start = Math.max(firstSeen, keyframeBefore(lane, Math.floor(view.first)))
  for (let at = Math.max(0, start); at <= lastSeen; at += 1) {
    const from = frames[at] ?? 0
    if (from > until) break
    const next = frames[at + 1]
    const end = next ?? Math.max(lastFrame + 1, from + 1)
    const kind = kindOf(lane, at, next)
    const isOccluded = kind !== 'gap' && ((flags[at] ?? 0) & OCCLUDED) !== 0
    const x1 = xOf(view, end)
    const isSame = run?.kind === kind && run.isOccluded === isOccluded
    const isNarrow = run !== null && brush.snap(x1) <= brush.snap(run.x1)
    const isMarked = kind === 'gap' && end - from >= LONG_GAP_FRAMES
    if (run && (isSame || (isNarrow && !isMarked))) {
      run.x1 = x1
      if (isSame) run.frames += end - from
      continue
    }
    if (run) paintRun(brush, run, look, place)
    run = { kind, isOccluded, x0: xOf(view, from), x1, frames: end - from }
  }
  if (run) paintRun(brush, run, look, place)
}

const isSeen = (flag: number) => (flag & OUTSIDE) === 0

interface Run {
  readonly kind: Kind
  readonly isOccluded: boolean
  readonly x0: number
  x1: number
  frames: number
}

function kindOf(lane: Lane, at: number, next: number | undefined): Kind {
  if (isOutside(lane, at)) return 'gap'
  if (next === undefined) return 'held'
  return next - (lane.frames[at] ?? 0) === 1 ? 'stated' : 'between'
}

function paintRun(brush: Brush, run: Run, look: LaneLook, { top, height, width }: LanePlace): void {
  const { ctx, theme, snap } = brush
  const x0 = snap(Math.max(-20, run.x0))
  const least = run.kind === 'gap' ? LEAST_GAP_PX : LEAST_BAR_PX
  const x1 = snap(Math.min(width + 20, Math.max(run.x1, run.x0 + least)))
  const middle = top + height / 2
  if (run.kind === 'gap') {
    const isLong = run.frames >= LONG_GAP_FRAMES
    ctx.fillStyle = isLong ? theme.warn : look.color
    if (isLong) dashes(brush, x0, x1, middle)
    else ctx.fillRect(x0, snap(middle - 0.5), x1 - x0, 1)
    return
  }
  const y = snap(middle - BAR_PX / 2)
  const alpha = ctx.globalAlpha
  ctx.fillStyle = look.color
  if (look.isLocked) ctx.globalAlpha = alpha * 0.6
  ctx.globalAlpha *= ALPHA[run.kind]
  ctx.fillRect(x0, y, x1 - x0, BAR_PX)
  ctx.globalAlpha = alpha
  ctx.fillRect(x0, y + BAR_PX - 1, x1 - x0, 1)
  if (run.isOccluded) {
    ctx.fillStyle = hatchOf(brush)
    ctx.fillRect(x0, y, x1 - x0, BAR_PX)
  }
  if (look.isActive) {
    ctx.strokeStyle = theme.text
    ctx.globalAlpha = alpha * 0.7
    ctx.lineWidth = 1
    ctx.strokeRect(x0 + 0.5, y + 0.5, Math.max(0, x1 - x0 - 1), BAR_PX - 1)
    ctx.globalAlpha = alpha
  }
}

function dashes({ ctx, snap }: Brush, x0: number, x1: number, middle: number): void {
  for (let x = x0; x < x1; x += 6) ctx.fillRect(x, snap(middle - 0.5), Math.min(3, x1 - x), 1)
  ctx.fillRect(x0, snap(middle - 3), 1, 6)
  ctx.fillRect(x1 - 1, snap(middle - 3), 1, 6)
}

const hatches = new Map<string, CanvasPattern>()

/** Fine diagonal lines: there, and something is in front of it. */
function hatchOf({ ctx, theme, hair }: Brush): CanvasPattern | string {
  const key = `${theme.isDark} ${hair}`
  const known = hatches.get(key)
  if (known) return known
  const size = Math.round(6 / hair)
  const tile = document.createElement('canvas')
  tile.width = size
  tile.height = size
  const paint = tile.getContext('2d')
  if (!paint) return theme.page
  paint.strokeStyle = theme.isDark ? 'rgb(0 0 0 / 55%)' : 'rgb(255 255 255 / 70%)'
  paint.lineWidth = 1.6 / hair
  paint.beginPath()
  for (const shift of [-size, 0, size]) {
    paint.moveTo(shift, size)
    paint.lineTo(shift + size, 0)
  }
  paint.stroke()
  const pattern = ctx.createPattern(tile, 'repeat')
  if (!pattern) return theme.page
  pattern.setTransform(new DOMMatrix().scale(hair))
  hatches.set(key, pattern)
  return pattern
}

/** Diamonds where there is room for them, ticks where there is less, and where there is none a stripe. */
function paintKeyframes(brush: Brush, lane: Lane, look: LaneLook, place: LanePlace): void {
  const { view, width, top, height } = place
  const { frames } = lane
  const middle = top + height / 2
  let lastTick = Number.NEGATIVE_INFINITY
  const first = Math.max(0, keyframeBefore(lane, Math.floor(timeAt(view, -8))))
  for (let at = first; at < frames.length; at += 1) {
    const frame = frames[at] ?? 0
    const x = xOf(view, frame + 0.5)
    if (x > width + 8) break
    const isChosen = look.chosen !== null && frame >= look.chosen.start && frame <= look.chosen.stop
    const room = Math.min(
      x - xOf(view, (frames[at - 1] ?? -1e9) + 0.5),
      xOf(view, (frames[at + 1] ?? 1e9) + 0.5) - x,
    )
    if (room >= DIAMOND_ROOM_PX) diamond(brush, x, middle, isOutside(lane, at), isChosen)
    else if (x - lastTick >= TICK_ROOM_PX) {
      brush.ctx.fillStyle = isChosen ? brush.theme.accent : brush.theme.text
      brush.ctx.fillRect(brush.snap(x), brush.snap(middle - 3), 1, 6)
      lastTick = x
    }
  }
}

const HALF_PX = 4

/** Filled: it is seen from here on; hollow: it is not. */
function diamond(
  { ctx, theme }: Brush,
  x: number,
  y: number,
  isHollow: boolean,
  isChosen: boolean,
): void {
  ctx.beginPath()
  ctx.moveTo(x, y - HALF_PX)
  ctx.lineTo(x + HALF_PX, y)
  ctx.lineTo(x, y + HALF_PX)
  ctx.lineTo(x - HALF_PX, y)
  ctx.closePath()
  const ink = isChosen ? theme.accent : theme.text
  ctx.fillStyle = isHollow ? theme.page : ink
  ctx.strokeStyle = isHollow ? ink : theme.page
  ctx.lineWidth = isHollow ? 1.4 : 1
  ctx.fill()
  ctx.stroke()
}

/** A bracket under a track of one or two frames: easily made by mistake, easily overlooked. */
function paintShortMark({ ctx, theme, snap }: Brush, lane: Lane, place: LanePlace): void {
  const { view, top, height, width } = place
  const x = xOf(view, lane.frames[0] ?? 0)
  const end = xOf(view, (lane.frames.at(-1) ?? 0) + 1)
  if (x > width || end < 0) return
  ctx.fillStyle = theme.warn
  ctx.fillRect(snap(x - 1), snap(top + height - 4), Math.max(8, snap(end - x)), 2)
}
