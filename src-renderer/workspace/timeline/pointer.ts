import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import { stopPlaying } from '../bench/player.ts'
import { addKeyframe } from './edits.ts'
import {
  type At,
  chooseRange,
  dragEdge,
  dragKeyframes,
  dragOrClick,
  frameOf,
  type Gesture,
  scrub,
} from './gestures.ts'
import { isSeenOn, startOf } from './lane.ts'
import { HEAD_PX, type Hit, hitAt } from './layout.ts'
import type { Timeline } from './model.ts'
import { dragOverview, dragScrollbar, panBy, wheel } from './moving.ts'
import type { Sheets } from './sheets.ts'
import { frameAt } from './time-view.ts'

/** Mouse, pen and touch over the drawing area. @returns how to stop listening */
export function listen(timeline: Timeline, sheets: Sheets, host: HTMLElement): () => void {
  const heard = new AbortController()
  const { signal } = heard
  let gesture: Gesture | null = null
  const atOf = (event: MouseEvent): At => {
    const box = host.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const hit = (at: At) => hitOf(timeline, at)
  const tell = (frame: FrameIndex) => sheets.hover.setState({ at: { frame, row: null } })
  const finish = () => {
    gesture = null
    sheets.hover.setState({ at: null })
    host.style.removeProperty('cursor')
  }
  host.addEventListener(
    'pointerdown',
    (event) => {
      if (gesture || (event.target !== host && event.target instanceof HTMLButtonElement)) return
      if (event.button > 1) return
      const at = atOf(event)
      gesture = begin({ timeline, tell }, hit(at), at, event)
      if (!gesture) return
      sheets.hover.setState({ at: null })
      if (event.button === 1) event.preventDefault()
      host.setPointerCapture(event.pointerId)
    },
    { signal },
  )
  host.addEventListener(
    'pointermove',
    (event) => {
      const at = atOf(event)
      if (gesture) return gesture.move(at)
      const under = hit(at)
      host.style.cursor = cursorOf(under)
      sheets.hover.setState({ at: hoverOf(timeline, under, at) })
    },
    { signal },
  )
  host.addEventListener(
    'pointerup',
    (event) => {
      const running = gesture
      finish()
      running?.end(atOf(event))
    },
    { signal },
  )
  const cancel = () => {
    const running = gesture
    finish()
    running?.cancel()
    return running !== null
  }
  host.addEventListener('pointercancel', cancel, { signal })
  host.addEventListener('lostpointercapture', cancel, { signal })
  host.addEventListener('pointerleave', () => sheets.hover.setState({ at: null }), { signal })
  host.addEventListener(
    'dblclick',
    (event) => {
      const at = atOf(event)
      doubleClick(timeline, hit(at), at)
    },
    { signal },
  )
  host.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      wheel(timeline, event, atOf(event))
    },
    { signal, passive: false },
  )
  host.addEventListener(
    'contextmenu',
    (event) => {
      event.preventDefault()
      openMenu(timeline, event, host, atOf(event))
    },
    { signal },
  )
  // Before anything else hears of it: a gesture is given up without a trace, and nothing more.
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !cancel()) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    { signal, capture: true },
  )
  return () => heard.abort()
}

function hitOf(timeline: Timeline, { x, y }: At): Hit {
  const { rows, scroll, view } = timeline.state.getState()
  const { layout, lastFrame } = timeline
  return hitAt({ layout, view, rows, scroll, lastFrame }, x, y)
}

/** `tell` shows a frame on the ruler, while a gesture puts something there. */
interface Hands {
  readonly timeline: Timeline
  readonly tell: (frame: FrameIndex) => void
}

function begin({ timeline, tell }: Hands, hit: Hit, at: At, event: PointerEvent): Gesture | null {
  if (event.button === 1) return panBy(timeline, at)
  const isRange = event.shiftKey || event.altKey
  switch (hit.on) {
    case 'ruler':
    case 'summary':
      return isRange ? chooseRange(timeline, at) : scrub(timeline, at)
    case 'overview':
      return dragOverview(timeline, at)
    case 'scrollbar':
      return dragScrollbar(timeline, at)
    case 'head':
      return dragOrClick(
        at,
        () => panBy(timeline, at),
        () => selectRow(timeline, hit.id),
      )
    case 'keyframe':
      return isRange
        ? chooseRange(timeline, at)
        : dragOrClick(
            at,
            () => dragKeyframes(timeline, hit),
            () => takeKeyframe(timeline, hit.id, hit.frame),
          )
    case 'edge':
      return isRange
        ? chooseRange(timeline, at)
        : dragOrClick(
            at,
            () => dragEdge(timeline, hit, tell),
            () => void goAndSelect(timeline, hit.id, frameOf(timeline, at.x)),
          )
    case 'lane':
      return isRange
        ? chooseRange(timeline, at)
        : dragOrClick(
            at,
            () => panBy(timeline, at),
            () => {
              timeline.choose(null)
              void goAndSelect(timeline, hit.id, frameOf(timeline, at.x))
            },
          )
    case 'nothing':
      return isRange
        ? chooseRange(timeline, at)
        : dragOrClick(
            at,
            () => panBy(timeline, at),
            () => {
              timeline.choose(null)
              if (at.x > HEAD_PX) void goAndSelect(timeline, null, frameOf(timeline, at.x))
            },
          )
    case 'corner':
      return null
  }
}

/** The frame on screen, and the track in hand there when it has begun by then. */
export async function goAndSelect(
  timeline: Timeline,
  id: AnnotationId | null,
  frame: FrameIndex,
): Promise<void> {
  const { bench } = timeline
  timeline.focusLane(id)
  stopPlaying(bench)
  bench.ui.setState({ hovered: null })
  await bench.document.goTo(frame)
  const { annotations } = bench.document.state.getState()
  if (id === null) bench.document.activate([])
  else if (annotations.has(id)) bench.document.activate([id])
}

function takeKeyframe(timeline: Timeline, id: AnnotationId, frame: FrameIndex): void {
  timeline.choose({ ids: new Set([id]), start: frame, stop: frame })
  void goAndSelect(timeline, id, frame)
}

/** A head: its track selected here where it is seen, else where it begins. */
export function selectRow(timeline: Timeline, id: AnnotationId): void {
  const lane = timeline.lane(id)
  if (!lane) return
  const { frame } = timeline.bench.document.state.getState()
  const { start, stop } = timeline.bench.document.range
  const begin = Math.max(start, Math.min(stop, startOf(lane) ?? frame))
  void goAndSelect(timeline, id, isSeenOn(lane, frame) ? frame : begin)
}

function doubleClick(timeline: Timeline, hit: Hit, at: At): void {
  if (hit.on === 'head') timeline.fitLane(hit.id)
  if (hit.on === 'lane') void addKeyframe(timeline.bench, hit.id, frameOf(timeline, at.x))
  if (hit.on === 'overview') timeline.fitAll()
}

function openMenu(timeline: Timeline, event: MouseEvent, host: HTMLElement, at: At): void {
  // Asked for by a key, there is no pointer to be at: the lane in focus is meant.
  const { button, pointerType } = event as PointerEvent
  const isByKey = button !== 2 && pointerType !== 'touch' && pointerType !== 'pen'
  const { focused } = timeline.state.getState()
  const box = host.getBoundingClientRect()
  const hit = hitOf(timeline, at)
  const id = isByKey ? focused : 'id' in hit ? hit.id : null
  const frame = isByKey ? timeline.bench.document.state.getState().frame : frameOf(timeline, at.x)
  if (id !== null) timeline.focusLane(id)
  const place = isByKey
    ? { x: box.left + 60, y: box.top + 60 }
    : { x: event.clientX, y: event.clientY }
  timeline.state.setState({ menu: { id, frame, ...place } })
  if (id === null) return
  const { annotations, active } = timeline.bench.document.state.getState()
  if (annotations.has(id) && !active.includes(id)) timeline.bench.document.activate([id])
}

function cursorOf(hit: Hit): string {
  switch (hit.on) {
    case 'edge':
      return 'ew-resize'
    case 'keyframe':
    case 'head':
      return 'pointer'
    case 'ruler':
    case 'summary':
      return 'col-resize'
    default:
      return 'default'
  }
}

function hoverOf(timeline: Timeline, hit: Hit, at: At) {
  const isInTime = at.x >= HEAD_PX && hit.on !== 'overview' && hit.on !== 'scrollbar'
  const row = 'row' in hit ? hit.row : null
  if (!isInTime && row === null) return null
  const { view } = timeline.state.getState()
  return { frame: isInTime ? frameAt(view, at.x - HEAD_PX) : -1, row }
}
