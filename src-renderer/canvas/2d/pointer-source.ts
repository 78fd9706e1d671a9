import { type ScreenPoint, screenPoint } from '../geometry/space.ts'
import type { PointerInput } from '../tools/tool-state.ts'

/** A pointer event before anyone knows where the picture is. */
export interface RawInput extends Omit<PointerInput, 'image' | 'trail'> {
  /** Places the pointer passed since the event before, oldest first, this one left out. */
  readonly trail?: readonly ScreenPoint[]
}

export interface PointerListener {
  press(input: RawInput): void
  move(input: RawInput): void
  release(input: RawInput): void
  /** The system took the pointer away in the middle of a gesture. */
  abort(): void
  leave(): void
  zoom(factor: number, about: ScreenPoint): void
  /** The wheel with Shift or Ctrl held, +1 up, -1 down. @returns false where it means nothing: then it zooms */
  turn(notches: number, key: 'shift' | 'ctrl'): boolean
  menu(at: ScreenPoint, event: MouseEvent): void
}

const DOUBLE_CLICK_MS = 400
const DOUBLE_CLICK_DISTANCE = 5
/** A mouse wheel's notch is about 100 and zooms by a fifth; trackpads send many small deltas, pinches even smaller ones. */
const WHEEL_RATE = 0.0018
const PINCH_RATE = 0.01
const NOTCH = 50
const LINE_PX = 16

/** Listens to the host element and speaks in presses, moves and releases. @returns a function that stops listening */
export function listenToPointer(host: HTMLElement, listener: PointerListener): () => void {
  const stop = new AbortController()
  const options = { signal: stop.signal }
  const clicks = clickCounter()

  host.addEventListener(
    'pointerdown',
    (event) => {
      // The middle button would start the browser's own scrolling.
      if (event.button === 1) event.preventDefault()
      host.setPointerCapture(event.pointerId)
      const input = read(host, event)
      listener.press({ ...input, clicks: clicks(input, event.timeStamp) })
    },
    options,
  )
  host.addEventListener(
    'pointermove',
    (event) => listener.move({ ...read(host, event), trail: trailOf(host, event) }),
    options,
  )
  host.addEventListener('pointerup', (event) => listener.release(read(host, event)), options)
  host.addEventListener('pointercancel', () => listener.abort(), options)
  host.addEventListener('pointerleave', () => listener.leave(), options)
  host.addEventListener(
    'contextmenu',
    (event) => {
      event.preventDefault()
      listener.menu(place(host, event), event)
    },
    options,
  )
  host.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      // With Shift, some systems turn the wheel's way sideways.
      const along = event.deltaY || event.deltaX
      const key = turningKey(event)
      if (key && along !== 0 && listener.turn(-Math.sign(along), key)) return
      listener.zoom(wheelFactor(event), place(host, event))
    },
    { ...options, passive: false },
  )
  return () => stop.abort()
}

/** Pinches come as wheel events with Ctrl, too: they zoom. */
function turningKey(event: WheelEvent): 'shift' | 'ctrl' | null {
  if (event.shiftKey) return 'shift'
  if (event.metaKey) return 'ctrl'
  return event.ctrlKey && Math.abs(event.deltaY) >= NOTCH ? 'ctrl' : null
}

function place(host: HTMLElement, event: MouseEvent): ScreenPoint {
  const box = host.getBoundingClientRect()
  return screenPoint(event.clientX - box.left, event.clientY - box.top)
}

function read(host: HTMLElement, event: PointerEvent): RawInput {
  return {
    screen: place(host, event),
    button: event.button,
    clicks: 1,
    shift: event.shiftKey,
    ctrl: event.ctrlKey || event.metaKey,
    alt: event.altKey,
  }
}

/** A pen or a fast mouse tells several places a frame; the browser hands them over in one event. */
function trailOf(host: HTMLElement, event: PointerEvent): ScreenPoint[] {
  const events = event.buttons === 0 ? [] : (event.getCoalescedEvents?.() ?? [])
  return events.slice(0, -1).map((one) => place(host, one))
}

/** Pointer events carry no click count, unlike mouse events. */
function clickCounter(): (input: RawInput, timeMs: number) => number {
  let last = { x: -1e9, y: -1e9, timeMs: -1e9, button: -1, count: 0 }
  return ({ screen, button }, timeMs) => {
    const near = Math.hypot(screen.x - last.x, screen.y - last.y) <= DOUBLE_CLICK_DISTANCE
    const again = near && button === last.button && timeMs - last.timeMs <= DOUBLE_CLICK_MS
    const count = again && last.count === 1 ? 2 : 1
    last = { x: screen.x, y: screen.y, timeMs, button, count }
    return count
  }
}

/** @returns what to multiply the scale by */
export function wheelFactor(event: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const delta = event.deltaMode === 1 ? event.deltaY * LINE_PX : event.deltaY
  const isPinch = event.ctrlKey && Math.abs(delta) < NOTCH
  const clamped = Math.min(Math.max(delta, -240), 240)
  return Math.exp(-clamped * (isPinch ? PINCH_RATE : WHEEL_RATE))
}
