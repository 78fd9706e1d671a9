import type { Tool } from '../canvas-api.ts'
import { boxOf, type ImageBox } from '../geometry/space.ts'
import type { Click, InteractSession } from './interact-session.ts'
import { DRAG_DISTANCE } from './pressing.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

type InteractTool = Extract<Tool, { kind: 'interact' }>

/** CSS pixels: this near, a click's dot is what the pointer is on. */
const DOT_REACH = 8
const DOT = 5
const DOT_HOVERED = 9
const CROSS = 4

export const POSITIVE = '#22b14c'
export const NEGATIVE = '#e5383b'

/** Where a cross says what the click would do; the browser's own cursors have none. */
const DELETING = `url("data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" fill="none"><g stroke-linecap="round"><path d="M5 5l14 14M19 5L5 19" stroke="#fff" stroke-width="4.5"/><path d="M5 5l14 14M19 5L5 19" stroke="#111" stroke-width="2"/></g></svg>',
)}") 12 12, pointer`

/**
 * Points an object out to a function: the left button puts positive clicks, the right one negative ones, a drag spans the
 * box (where there is one), a click on a dot takes it away. Ctrl held postpones the request. The session outlives this
 * state, so another label loses no click.
 */
export function interacting(stage: Stage, tool: InteractTool): ToolState {
  const { session } = tool
  let hovered: number | null = null
  let pressed: PointerInput | null = null
  let spanned: ImageBox | null = null
  /** Put down just now: under a pointer that has not left it yet, it is no target. A double click is one click. */
  let fresh: Click | null = null
  /** The first corner of a box that is made by two clicks. */
  let corner: PointerInput | null = null
  let stop = (): void => {}

  const show = (): void =>
    stage.setDraft({ kind: 'sketch', marks: marksOf(stage, session, { hovered, spanned }) })
  const tell = (problem: string | null): void => {
    if (problem !== null) stage.emit('hint', { key: problem })
  }
  const takesBox = session.rules.box !== 'none'
  const follow = (input: PointerInput): void => {
    session.isHeld = input.ctrl
    const on = dotAt(stage, session, input)
    if (on === null || session.prompt.clicks[on] !== fresh) fresh = null
    hovered = pressed || fresh ? null : on
    stage.setCursor(hovered === null ? 'crosshair' : DELETING)
    session.pointer = hovered === null && !pressed && !corner ? input.image : null
  }
  const put = (input: PointerInput): void => {
    const isLeft = input.button === 0
    const problem = session.click(input.image, isLeft === session.leftIsPositive)
    if (problem === null) fresh = session.prompt.clicks.at(-1) ?? null
    tell(problem)
  }
  const drop = (): void => {
    pressed = null
    spanned = null
    corner = null
  }

  return {
    name: 'interacting',
    cursor: 'crosshair',
    get crosshair() {
      return session.needsBox
    },
    enter() {
      stop = session.subscribe(show)
      show()
    },
    press(input) {
      follow(input)
      if (corner) {
        if (input.button === 2) drop()
      } else if (fresh) {
        // The second press of a double click.
      } else if (input.button === 0 && hovered !== null) {
        const dot = hovered
        hovered = null
        session.remove(dot)
      } else if (input.button === 0 && takesBox && session.leftIsPositive) {
        // Only the release tells a click from a drag.
        pressed = input
        session.pointer = null
      } else if (input.button === 0 || input.button === 2) put(input)
      show()
      return undefined
    },
    move(input) {
      const from = pressed ?? corner
      if (from && (corner || isDrag(from, input))) spanned = boxOf(from.image, input.image)
      follow(input)
      show()
      return undefined
    },
    release(input) {
      const from = pressed
      if (input.button !== 0 || (!from && !corner)) return undefined
      if (corner && !from) {
        tell(session.span(boxOf(corner.image, input.image)))
        drop()
      } else if (from && isDrag(from, input)) {
        tell(session.span(boxOf(from.image, input.image)))
        drop()
      } else if (from && session.needsBox) {
        pressed = null
        corner = from
      } else if (from) {
        drop()
        put(from)
      }
      follow(input)
      show()
      return undefined
    },
    key({ key, down }) {
      if (key === 'Control' || key === 'Meta') session.isHeld = down
      return undefined
    },
    finish: (): Next => (tool.finish() ? 'end' : undefined),
    takeBack() {
      if (corner) {
        drop()
        show()
        return true
      }
      return session.undo()
    },
    leave() {
      stop()
      session.pointer = null
      stage.setDraft(null)
    },
  }
}

function isDrag(from: PointerInput, to: PointerInput): boolean {
  return Math.hypot(to.screen.x - from.screen.x, to.screen.y - from.screen.y) >= DRAG_DISTANCE
}

/** The click under the pointer, by index: the nearest within reach. */
function dotAt(stage: Stage, session: InteractSession, { image }: PointerInput): number | null {
  let [found, nearest]: [number | null, number] = [null, DOT_REACH * stage.pixel]
  for (const [at, click] of session.prompt.clicks.entries()) {
    const distance = Math.hypot(click.x - image.x, click.y - image.y)
    if (distance > nearest) continue
    found = at
    nearest = distance
  }
  return found
}

function marksOf(
  stage: Stage,
  session: InteractSession,
  { hovered, spanned }: { hovered: number | null; spanned: ImageBox | null },
): Mark[] {
  const marks: Mark[] = [...session.found]
  const box = spanned ?? session.prompt.box
  if (box) marks.push(boxMark(box))
  if (spanned) {
    const { x1, x2, y2 } = spanned
    const text = `${Math.round(spanned.x2 - x1)} x ${Math.round(y2 - spanned.y1)} px`
    marks.push({ kind: 'text', at: { x: (x1 + x2) / 2, y: y2 }, text })
  }
  for (const [at, click] of session.prompt.clicks.entries())
    marks.push(...dotMarks(click, at === hovered, stage.pixel))
  return marks
}

const boxMark = ({ x1, y1, x2, y2 }: ImageBox): Mark => ({
  kind: 'path',
  points: [x1, y1, x2, y1, x2, y2, x1, y2],
  closed: true,
  color: POSITIVE,
  dashed: true,
  width: 1.5,
})

/** A dot is larger under the pointer and shows the sign it has, or the cross that a click means for it. */
function dotMarks({ x, y, isPositive }: Click, isHovered: boolean, pixel: number): Mark[] {
  const color = isPositive ? POSITIVE : NEGATIVE
  const radius = isHovered ? DOT_HOVERED : DOT
  const dot: Mark = { kind: 'dots', points: [x, y], color, radius, solid: true }
  if (!isHovered) return [dot]
  const r = CROSS * pixel
  const stroke = (points: number[]): Mark => {
    return { kind: 'path', points, closed: false, color: '#ffffff', width: 2 }
  }
  return [dot, stroke([x - r, y - r, x + r, y + r]), stroke([x + r, y - r, x - r, y + r])]
}
