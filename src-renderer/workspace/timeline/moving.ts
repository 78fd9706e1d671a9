import type { At, Gesture } from './gestures.ts'
import { HEAD_PX, scrollRoom } from './layout.ts'
import type { Timeline } from './model.ts'
import { thumbOf, windowOf } from './paint/bands.ts'
import { clampView, pan, type TimeView, zoomAt } from './time-view.ts'

/** The hand on the sheet: time and lanes go along. */
export function panBy(timeline: Timeline, start: At): Gesture {
  const { view, scroll } = timeline.state.getState()
  return {
    move({ x, y }) {
      timeline.show(pan(view, start.x - x, timeline.extent))
      timeline.scrollTo(scroll + start.y - y)
    },
    end: () => undefined,
    cancel() {
      timeline.show(view)
      timeline.scrollTo(scroll)
    },
  }
}

/** The overview's window: moved as a whole, or one of its ends, which zooms. Beside it, it comes there. */
export function dragOverview(timeline: Timeline, start: At): Gesture {
  const { view } = timeline.state.getState()
  const { extent } = timeline
  const scale = extent.width / extent.size
  const x = start.x - HEAD_PX
  const [from, until] = windowOf(view, extent.size, extent.width)
  const grip = Math.min(6, (until - from) / 4)
  const show = (next: TimeView) => timeline.show(next)
  const cancel = () => show(view)
  const end = () => undefined
  if (Math.abs(x - from) <= grip || Math.abs(x - until) <= grip) {
    const isLeft = Math.abs(x - from) <= grip
    const fixed = isLeft ? until / scale : from / scale
    return {
      move(at) {
        const moved = Math.max(0, Math.min(extent.size, (at.x - HEAD_PX) / scale))
        const [first, last] = isLeft ? [moved, fixed] : [fixed, moved]
        show({ first, perFrame: extent.width / Math.max(1, last - first) })
      },
      end,
      cancel,
    }
  }
  const isInside = x > from && x < until
  const seen = extent.width / view.perFrame
  const base = isInside ? view : clampView({ ...view, first: x / scale - seen / 2 }, extent)
  if (!isInside) show(base)
  return {
    move: (at) => show({ ...base, first: base.first + (at.x - start.x) / scale }),
    end,
    cancel,
  }
}

export function dragScrollbar(timeline: Timeline, start: At): Gesture {
  const { scroll, rows } = timeline.state.getState()
  const { layout } = timeline
  const thumb = thumbOf(layout, rows.length, scroll)
  const way = layout.lanes.height - (thumb?.height ?? 0)
  const share = way > 0 ? scrollRoom(layout, rows.length) / way : 0
  return {
    move: ({ y }) => timeline.scrollTo(scroll + (y - start.y) * share),
    end: () => undefined,
    cancel: () => timeline.scrollTo(scroll),
  }
}

/** Pixels a notch of the wheel zooms by about a tenth. */
const ZOOM_SPEED = 0.0022

/**
 * Ctrl zooms at the pointer, Shift moves in time. Plain, it scrolls the lanes where they do not all fit, and zooms where
 * they do, and over ruler and overview.
 */
export function wheel(timeline: Timeline, event: WheelEvent, at: At): void {
  const { view, scroll, rows } = timeline.state.getState()
  const { layout, extent } = timeline
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit]
  const isOverLanes = at.y >= layout.lanes.top && at.y < layout.overview.top
  const canScroll = isOverLanes && scrollRoom(layout, rows.length) > 0
  if (event.shiftKey || Math.abs(dx) > Math.abs(dy))
    timeline.show(pan(view, Math.abs(dx) > Math.abs(dy) ? dx : dy, extent))
  else if (canScroll && !event.ctrlKey && !event.metaKey) timeline.scrollTo(scroll + dy)
  else timeline.show(zoomAt(view, Math.max(0, at.x - HEAD_PX), Math.exp(-dy * ZOOM_SPEED), extent))
}
