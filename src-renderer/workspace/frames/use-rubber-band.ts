import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import { type GridLayout, placesIn } from './grid-layout.ts'
import { type PickHow, type Picking, pick, pickBand } from './picking.ts'

interface Point {
  readonly x: number
  readonly y: number
}

interface Options {
  readonly viewport: RefObject<HTMLDivElement | null>
  readonly layout: GridLayout
  readonly cellWidth: number
  readonly items: readonly number[]
  readonly picking: Picking
  readonly onPicking: (picking: Picking) => void
}

interface Drag {
  readonly from: Point
  readonly before: Picking
  readonly place: number | null
  readonly how: PickHow
  isBand: boolean
}

/** A press shorter than this is a click. */
const SLOP_PX = 5
/** This near to an edge the list scrolls along. */
const EDGE_PX = 24

/** Clicks and rubber bands of a grid: one gesture until the hand moves. */
export function useRubberBand(options: Options) {
  const { viewport, layout, cellWidth, items, picking, onPicking } = options
  const drag = useRef<Drag | null>(null)
  const [box, setBox] = useState<{
    left: number
    top: number
    width: number
    height: number
  } | null>(null)

  const contentPoint = (event: PointerEvent): Point => {
    const element = viewport.current
    const rect = element?.getBoundingClientRect()
    const padding = element ? Number.parseFloat(getComputedStyle(element).paddingLeft) : 0
    return {
      x: event.clientX - (rect?.left ?? 0) - padding,
      y: event.clientY - (rect?.top ?? 0) + (element?.scrollTop ?? 0) - padding,
    }
  }

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || isOnScrollBar(event)) return
    const cell = event.target instanceof Element ? event.target.closest('[data-place]') : null
    const place = cell instanceof HTMLElement ? Number(cell.dataset.place) : null
    const how = howOf(event)
    drag.current = { from: contentPoint(event), before: picking, place, how, isBand: false }
    if (place !== null) onPicking(pick(picking, items, place, how))
    else if (how === 'only') onPicking({ ...picking, keys: new Set() })
  }

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const now = drag.current
    if (!now) return
    const at = contentPoint(event)
    if (!now.isBand) {
      if (Math.hypot(at.x - now.from.x, at.y - now.from.y) <= SLOP_PX) return
      now.isBand = true
      // Only from here on: a captured click would not reach the cell under it.
      event.currentTarget.setPointerCapture(event.pointerId)
    }
    scrollAlong(event)
    const band = {
      left: Math.min(at.x, now.from.x),
      top: Math.min(at.y, now.from.y),
      right: Math.max(at.x, now.from.x),
      bottom: Math.max(at.y, now.from.y),
    }
    const { left, top, right, bottom } = band
    setBox({ left, top, width: right - left, height: bottom - top })
    onPicking(pickBand(now.before, items, placesIn(layout, cellWidth, band), now.how !== 'only'))
  }

  const end = () => {
    drag.current = null
    setBox(null)
  }
  const handlers = { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end }
  return { box, handlers }
}

function howOf(event: PointerEvent): PickHow {
  const isControl = event.ctrlKey || event.metaKey
  if (event.shiftKey) return isControl ? 'add' : 'extend'
  return isControl ? 'toggle' : 'only'
}

function isOnScrollBar(event: PointerEvent<HTMLDivElement>): boolean {
  const rect = event.currentTarget.getBoundingClientRect()
  return event.clientX - rect.left > event.currentTarget.clientWidth
}

function scrollAlong(event: PointerEvent<HTMLDivElement>): void {
  const { top, bottom } = event.currentTarget.getBoundingClientRect()
  if (event.clientY < top + EDGE_PX) event.currentTarget.scrollTop -= EDGE_PX
  if (event.clientY > bottom - EDGE_PX) event.currentTarget.scrollTop += EDGE_PX
}
