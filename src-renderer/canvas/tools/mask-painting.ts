import type { Tool } from '../canvas-api.ts'
import type { ImagePoint } from '../geometry/space.ts'
import { brushCentre } from './brush-rows.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

export type MaskTool = Extract<Tool, { kind: 'draw'; shape: 'mask' }>

/** CSS pixels: a click this near the first corner closes the polygon; freehand puts a corner every so many. */
const CLOSE_REACH = 9
const FREEHAND_STEP = 8
/** CSS pixels; a corner this near the one before it is the same. */
const SAME_CORNER = 1

const ERASER_COLOR = '#ffffff'

/**
 * Paints a mask: the left button with the chosen brush, the right one takes pixels away. The session outlives this
 * state, so a new colour or another look at the tool loses no stroke. While an existing mask is painted on, it is hidden.
 */
export function maskPainting(stage: Stage, tool: MaskTool): ToolState {
  const { session, color, edited } = tool
  let pointer: ImagePoint | null = null

  const show = (): void => stage.setDraft({ kind: 'sketch', marks: marksOf(stage, tool, pointer) })
  const original = edited === null ? undefined : stage.shape(edited)
  let stop = (): void => {}

  const pressPolygon = (input: PointerInput): void => {
    const closes = input.clicks === 2 || isClosing(stage, session.outline, input.image)
    if (input.button === 2) session.dropCorner()
    else if (input.button === 0 && closes) closePolygon()
    else if (input.button === 0) addCorner(input.image, SAME_CORNER)
  }
  const closePolygon = (): boolean => {
    const isEnough = session.closeOutline()
    if (!isEnough) stage.emit('hint', { key: 'polygonNeedsThreePoints' })
    return isEnough
  }
  const addCorner = (at: ImagePoint, apart: number): void => {
    const last = cornerAt(session.outline, -1)
    if (!last || Math.hypot(last.x - at.x, last.y - at.y) > apart * stage.pixel)
      session.addCorner(at)
  }
  const finish = (): Next => {
    session.endStroke()
    if (session.outline.length > 0 && !closePolygon()) return undefined
    const points = session.points()
    if (!points) {
      stage.emit('hint', { key: 'maskIsEmpty' })
      return undefined
    }
    stage.emit('draw', { shape: { type: 'mask', points, rotation: 0 }, again: false })
    return 'end'
  }

  return {
    name: 'mask-painting',
    cursor: 'crosshair',
    enter() {
      stop = session.subscribe(show)
      if (original) stage.preview([{ id: original.id, points: original.points, rotation: 0 }])
      show()
    },
    press(input) {
      pointer = input.image
      if (session.isPolygon) pressPolygon(input)
      else if (input.button === 0 || input.button === 2)
        session.beginStroke(input.image, session.brush.kind === 'eraser' || input.button === 2)
      return undefined
    },
    move(input) {
      pointer = input.image
      for (const at of input.trail ?? []) session.strokeTo(at)
      if (session.isStroking) session.strokeTo(input.image)
      else if (session.isPolygon && input.shift && session.outline.length > 0)
        addCorner(input.image, FREEHAND_STEP)
      show()
      return undefined
    },
    release() {
      session.endStroke()
      return undefined
    },
    turn(notches) {
      session.resizeBrush(notches)
      return true
    },
    finish,
    leave() {
      stop()
      if (session.isStroking) session.back()
      if (original) stage.preview([])
      stage.setDraft(null)
    },
  }

  function marksOf(stage: Stage, tool: MaskTool, at: ImagePoint | null): Mark[] {
    const pixels: Mark[] = session.isHidden
      ? []
      : [{ kind: 'mask-grid', grid: session.grid, color }]
    const isMinus = session.brush.kind === 'polygon-minus' || session.brush.kind === 'eraser'
    const ink = isMinus ? ERASER_COLOR : tool.color
    if (session.isPolygon) return [...pixels, ...outlineMarks(stage, session.outline, at, ink)]
    return at ? [...pixels, tipMark(session.brush, at, ink)] : pixels
  }
}

/** The brush where it would paint, in its true size. */
function tipMark(
  { form, size }: MaskTool['session']['brush'],
  pointer: ImagePoint,
  color: string,
): Mark {
  const at = brushCentre(pointer, size)
  const r = size / 2
  if (form === 'round') return { kind: 'circle', at, radius: r, color }
  const points = [at.x - r, at.y - r, at.x + r, at.y - r, at.x + r, at.y + r, at.x - r, at.y + r]
  return { kind: 'path', points, closed: true, color, width: 1.5 }
}

function outlineMarks(
  stage: Stage,
  outline: readonly number[],
  pointer: ImagePoint | null,
  color: string,
): Mark[] {
  if (outline.length === 0) return []
  const first = cornerAt(outline, 0)
  const closing = pointer !== null && isClosing(stage, outline, pointer)
  const next = closing ? first : pointer
  const points = next ? [...outline, next.x, next.y] : outline
  return [
    { kind: 'path', points, closed: false, color, fill: 0.2 },
    { kind: 'dots', points: outline, color },
    ...(closing ? [{ kind: 'dots', points: outline.slice(0, 2), color, radius: 8 } as const] : []),
  ]
}

function isClosing(stage: Stage, outline: readonly number[], at: ImagePoint): boolean {
  const first = cornerAt(outline, 0)
  if (!first || outline.length < 6) return false
  return Math.hypot(first.x - at.x, first.y - at.y) <= CLOSE_REACH * stage.pixel
}

/** Corner by index; negative ones count from the end. */
function cornerAt(outline: readonly number[], index: number): ImagePoint | null {
  const x = outline.at(2 * index)
  const y = outline.at(2 * index + 1)
  return x === undefined || y === undefined ? null : { x, y }
}
