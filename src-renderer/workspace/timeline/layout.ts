import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import { endOf, keyframeBefore, type Lane, startOf } from './lane.ts'
import { frameAt, type TimeView, xOf } from './time-view.ts'

/** CSS pixels. */
export const LANE_PX = 22
export const HEAD_PX = 212
export const SCROLLBAR_PX = 10
const RULER_PX = 22
const CLOCK_PX = 34
const SUMMARY_PX = 20
const OVERVIEW_PX = 18
/** How near the pointer has to come to a keyframe or an end. */
const NEAR_PX = 6

/** From `top` up to `top + height`, CSS pixels. */
interface Band {
  readonly top: number
  readonly height: number
}

/** Where everything is: CSS pixels of the drawing area, the heads of the lanes to the left of `HEAD_PX`. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly thumbs: Band
  readonly ruler: Band
  readonly summary: Band
  readonly lanes: Band
  readonly overview: Band
  /** Of time, without the heads and the scrollbar. */
  readonly timeWidth: number
}

export interface Shown {
  readonly width: number
  readonly height: number
  readonly hasClock: boolean
  readonly hasSummary: boolean
  /** Height of the strip of thumbnails; 0 without one. */
  readonly thumbs: number
}

export function layoutOf({ width, height, hasClock, hasSummary, thumbs }: Shown): Layout {
  const ruler = { top: thumbs, height: hasClock ? CLOCK_PX : RULER_PX }
  const summary = { top: ruler.top + ruler.height, height: hasSummary ? SUMMARY_PX : 0 }
  const top = summary.top + summary.height
  const lanes = { top, height: Math.max(0, height - OVERVIEW_PX - top) }
  return {
    width,
    height,
    thumbs: { top: 0, height: thumbs },
    ruler,
    summary,
    lanes,
    overview: { top: top + lanes.height, height: OVERVIEW_PX },
    timeWidth: Math.max(1, width - HEAD_PX - SCROLLBAR_PX),
  }
}

/** How far the lanes can be scrolled, CSS pixels. */
export function scrollRoom({ lanes }: Layout, rows: number): number {
  return Math.max(0, rows * LANE_PX - lanes.height)
}

/** The rows in sight, the second one excluded. */
export function rowsInSight({ lanes }: Layout, scroll: number, rows: number): [number, number] {
  const first = Math.max(0, Math.floor(scroll / LANE_PX))
  return [first, Math.min(rows, Math.ceil((scroll + lanes.height) / LANE_PX))]
}

/** Scrolled so that a row is in sight; the very same where it is. */
export function revealed(row: number, layout: Layout, scroll: number): number {
  const top = row * LANE_PX
  if (top < scroll) return top
  const least = top + LANE_PX - layout.lanes.height
  return Math.max(scroll, least)
}

/** What is under the pointer. */
export type Hit =
  | { readonly on: 'ruler' | 'summary' | 'overview' | 'scrollbar' | 'corner' | 'nothing' }
  | { readonly on: 'head'; readonly row: number; readonly id: AnnotationId }
  | { readonly on: 'lane'; readonly row: number; readonly id: AnnotationId }
  | {
      readonly on: 'keyframe'
      readonly row: number
      readonly id: AnnotationId
      readonly frame: FrameIndex
    }
  | {
      readonly on: 'edge'
      readonly row: number
      readonly id: AnnotationId
      readonly edge: 'start' | 'end'
    }

export interface HitScene {
  readonly layout: Layout
  readonly view: TimeView
  readonly rows: readonly Lane[]
  readonly scroll: number
  readonly lastFrame: FrameIndex
}

export function hitAt(scene: HitScene, x: number, y: number): Hit {
  const { layout, rows, scroll } = scene
  if (isIn(layout.overview, y)) return { on: x < HEAD_PX ? 'corner' : 'overview' }
  if (isIn(layout.thumbs, y) || isIn(layout.ruler, y))
    return { on: x < HEAD_PX ? 'corner' : 'ruler' }
  if (isIn(layout.summary, y)) return { on: x < HEAD_PX ? 'corner' : 'summary' }
  if (!isIn(layout.lanes, y)) return { on: 'nothing' }
  if (x >= layout.width - SCROLLBAR_PX) return { on: 'scrollbar' }
  const row = Math.floor((y - layout.lanes.top + scroll) / LANE_PX)
  const lane = rows[row]
  if (!lane) return { on: 'nothing' }
  const here = { row, id: lane.id }
  if (x < HEAD_PX) return { on: 'head', ...here }
  return { ...onLane(scene, lane, x - HEAD_PX), ...here } as Hit
}

/**
 * What is nearest counts: an end at its edge, a keyframe in the middle of its frame. Zoomed out, ends are taken from beside
 * the bar.
 */
function onLane({ view, lastFrame }: HitScene, lane: Lane, x: number) {
  const near = nearestKeyframe(lane, view, x)
  const [start, end] = [startOf(lane), endOf(lane, lastFrame)]
  const away = (time: number) => Math.abs(xOf(view, time) - x)
  const there = [
    ...(near === null ? [] : [{ away: away(near + 0.5), hit: { on: 'keyframe', frame: near } }]),
    ...(start === null ? [] : [{ away: away(start), hit: { on: 'edge', edge: 'start' } }]),
    ...(end === null ? [] : [{ away: away(end + 1), hit: { on: 'edge', edge: 'end' } }]),
  ]
  const nearest = there
    .filter((one) => one.away <= NEAR_PX)
    .toSorted((a, b) => a.away - b.away)
    .at(0)
  return nearest?.hit ?? { on: 'lane' }
}

function nearestKeyframe(lane: Lane, view: TimeView, x: number): FrameIndex | null {
  const before = keyframeBefore(lane, frameAt(view, x))
  const distance = (frame: FrameIndex) => Math.abs(xOf(view, frame + 0.5) - x)
  const beside = [lane.frames[before], lane.frames[before + 1]].filter((one) => one !== undefined)
  return beside.sort((a, b) => distance(a) - distance(b))[0] ?? null
}

const isIn = ({ top, height }: Band, y: number) => y >= top && y < top + height
