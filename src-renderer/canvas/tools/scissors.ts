import type { Tool } from '../canvas-api.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { ScissorsSession } from './scissors-session.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

type ScissorsTool = Extract<Tool, { kind: 'scissors' }>

/** CSS pixels: this near, an anchor is what the pointer is on. */
const ANCHOR_REACH = 9
const ANCHOR = 4.5
const ANCHOR_HOVERED = 8
/** More vertices than this are shown without their dots. */
const MOST_DOTS = 2_000

const SQUARE_COLOR = '#f03e3e'

/**
 * Intelligent scissors: a click puts an anchor, the way to it follows the edges of the picture. The last anchor has to be in
 * the red square around the pointer; Ctrl and the wheel change its size, Ctrl held draws straight. A click on the last
 * anchor takes it away, one on the first closes the outline.
 */
export function scissoring(stage: Stage, tool: ScissorsTool): ToolState {
  const { session, color } = tool
  let stop = (): void => {}
  /** The pointer has not left the last anchor since it put it there: it is no target yet. */
  let isFresh = false

  const isOn = (anchor: ImagePoint | undefined, at: ImagePoint): boolean =>
    anchor !== undefined &&
    Math.hypot(anchor.x - at.x, anchor.y - at.y) <= ANCHOR_REACH * stage.pixel
  const isOnLast = (at: ImagePoint) => !isFresh && isOn(session.last?.at, at)
  const isClosing = (at: ImagePoint) =>
    session.anchors.length >= 3 && isOn(session.anchors[0]?.at, at)
  const show = (): void =>
    stage.setDraft({
      kind: 'sketch',
      marks: marksOf(stage, session, color, { isOnLast, isClosing }),
    })
  const follow = (input: PointerInput): ImagePoint => {
    const at = clampToImage(input.image, stage.imageSize)
    session.isHeld = input.ctrl
    session.pointAt(at, stage.pixel)
    if (!isOn(session.last?.at, at)) isFresh = false
    stage.setCursor(isOnLast(at) ? 'pointer' : 'crosshair')
    return at
  }
  const add = (at: ImagePoint): boolean => {
    if (isFresh) return false
    const problem = session.add(at)
    isFresh = problem === null
    if (problem !== null) stage.emit('hint', { key: problem })
    return problem === null
  }
  const finish = (): Next => (tool.finish() ? 'end' : undefined)

  return {
    name: 'scissors',
    cursor: 'crosshair',
    enter() {
      stop = session.subscribe(show)
      show()
    },
    press(input) {
      const at = follow(input)
      const [first] = session.anchors
      if (input.button === 2 || (input.button === 0 && isOnLast(at))) session.undo()
      else if (input.button === 0 && first && isClosing(at))
        return add(first.at) ? finish() : undefined
      else if (input.button === 0) add(at)
      return undefined
    },
    move(input) {
      follow(input)
      show()
      return undefined
    },
    turnWithCtrl(notches) {
      session.resize(notches)
      return true
    },
    key({ key, down }) {
      if (key === 'Control' || key === 'Meta') session.isHeld = down
      return undefined
    },
    finish,
    takeBack: () => session.undo(),
    leave() {
      stop()
      stage.setDraft(null)
    },
  }
}

interface Near {
  isOnLast(at: ImagePoint): boolean
  isClosing(at: ImagePoint): boolean
}

function marksOf(stage: Stage, session: ScissorsSession, color: string, near: Near): Mark[] {
  const { pointer, outline } = session
  const marks: Mark[] = []
  if (outline.length >= 6)
    marks.push({ kind: 'found', type: 'polygon', points: outline, color, faint: false })
  else if (outline.length >= 4) marks.push({ kind: 'path', points: outline, closed: false, color })
  if (outline.length <= 2 * MOST_DOTS)
    marks.push({ kind: 'dots', points: outline, color, radius: 2 })
  if (pointer) marks.push(...liveMarks(session, pointer, color))
  marks.push(...anchorMarks(session, pointer, color, near))
  if (pointer) marks.push(squareMark(pointer, session.square * stage.pixel, session.isPostponed))
  return marks
}

/** From the last anchor to the pointer: along the edges, or straight and dashed where no way is looked for. */
function liveMarks(session: ScissorsSession, pointer: ImagePoint, color: string): Mark[] {
  const { last, live } = session
  if (!last) return []
  const isFollowed = live !== null && !session.isPostponed && session.isWithin(pointer)
  if (isFollowed) return [{ kind: 'path', points: live, closed: false, color }]
  const points = [last.at.x, last.at.y, pointer.x, pointer.y]
  const isTooFar = !session.isPostponed && !session.isWithin(pointer)
  return [
    { kind: 'path', points, closed: false, color: isTooFar ? SQUARE_COLOR : color, dashed: true },
  ]
}

function anchorMarks(
  session: ScissorsSession,
  pointer: ImagePoint | null,
  color: string,
  near: Near,
): Mark[] {
  const { anchors, last } = session
  const flat = anchors.flatMap(({ at }) => [at.x, at.y])
  if (!last) return []
  const marks: Mark[] = [{ kind: 'dots', points: flat, color, radius: ANCHOR }]
  const first = anchors[0]?.at
  if (pointer && near.isOnLast(pointer)) marks.push(largeDot(last.at, color))
  else if (pointer && first && near.isClosing(pointer)) marks.push(largeDot(first, color))
  return marks
}

const largeDot = ({ x, y }: ImagePoint, color: string): Mark => {
  return { kind: 'dots', points: [x, y], color, radius: ANCHOR_HOVERED, solid: true }
}

/** @param isIdle  Ctrl draws straight, however far; its wheel sizes the square, which has to be seen for that */
const squareMark = ({ x, y }: ImagePoint, r: number, isIdle: boolean): Mark => ({
  kind: 'path',
  points: [x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r],
  closed: true,
  color: SQUARE_COLOR,
  width: 1.5,
  dashed: isIdle,
})
