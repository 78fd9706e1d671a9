import { toFlat } from '#shared/geometry/points.ts'
import { sliceMask } from '#shared/geometry/slice-mask.ts'
import { type SliceResult, slicePolygon } from '#shared/geometry/slice-polygon.ts'
import type { CanvasShape, Tool } from '../canvas-api.ts'
import { hitShape, nearestEdge } from '../geometry/hit.ts'
import type { ImagePoint } from '../geometry/space.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

type SliceTool = Extract<Tool, { kind: 'slice' }>

/** CSS pixels: a click this near the outline is a click on it; freehand puts a point every so many. */
const BORDER_REACH = 6
const FREEHAND_STEP = 6

/** The tool's first question: which shape? One that was selected already needs no click. */
export function slicing(stage: Stage, tool: SliceTool): ToolState {
  const given = tool.shape === null ? undefined : stage.shape(tool.shape)
  return given && problemOf(given) === null ? cutting(stage, tool, given) : choosing(stage, tool)
}

/** Why a shape cannot be sliced, as a key of the locale file `canvas`. */
function problemOf(shape: CanvasShape): string | null {
  if (shape.locked) return 'pickLocked'
  return shape.type === 'polygon' || shape.type === 'mask' ? null : 'sliceNeedsArea'
}

function choosing(stage: Stage, tool: SliceTool): ToolState {
  const chosen = (point: ImagePoint) => stage.hits(point).find((shape) => !problemOf(shape))
  return {
    name: 'choosing-slice',
    cursor: 'pointer',
    move({ image }) {
      const shape = chosen(image)
      const marks: Mark[] = shape ? [outline(shape, tool.color)] : []
      stage.setDraft(shape ? { kind: 'sketch', marks } : null)
      return undefined
    },
    press({ image, button }) {
      if (button !== 0) return undefined
      const shape = chosen(image)
      if (shape) return cutting(stage, tool, shape)
      const [other] = stage.hits(image)
      if (other) stage.emit('hint', { key: problemOf(other) ?? 'sliceNeedsArea' })
      return undefined
    },
    finish() {
      stage.emit('hint', { key: 'sliceNeedsArea' })
      return undefined
    },
    leave: () => stage.setDraft(null),
  }
}

/**
 * Clicks put the points of the cutting line, Shift draws it freehand, the right button takes the last point back, or the
 * choice of the shape when there is none. It cuts as soon as the line has left the shape, or by N, which goes straight on.
 */
function cutting(stage: Stage, tool: SliceTool, shape: CanvasShape): ToolState {
  let points: ImagePoint[] = []
  let pointer: ImagePoint | null = null

  const show = (): Next => {
    stage.setDraft({ kind: 'sketch', marks: marksOf(shape, tool.color, points, pointer) })
    return undefined
  }
  const cut = (): SliceResult => {
    const line = toFlat(points)
    return shape.type === 'mask' ? sliceMask(shape.points, line) : slicePolygon(shape.points, line)
  }
  const cutIfThrough = (): Next => {
    const last = points.at(-1)
    if (!last || points.length < 2 || !hasLeft(shape, last, stage.pixel)) return show()
    const result = cut()
    return 'pieces' in result ? done(result.pieces) : show()
  }
  const done = (pieces: readonly (readonly number[])[]): Next => {
    stage.emit('slice', { id: shape.id, pieces })
    return 'end'
  }
  const add = (point: ImagePoint): Next => {
    points = [...points, point]
    return cutIfThrough()
  }

  const takeBack = (): boolean => {
    const had = points.length > 0
    points = points.slice(0, -1)
    show()
    return had
  }

  return {
    name: 'cutting',
    cursor: 'crosshair',
    enter: () => void show(),
    press({ image, button }) {
      if (button === 2 && points.length === 0) return choosing(stage, tool)
      if (button === 2) {
        takeBack()
        return undefined
      }
      return button === 0 ? add(image) : undefined
    },
    move(input) {
      pointer = input.image
      return isFreehand(input, points.at(-1), stage.pixel) ? add(input.image) : show()
    },
    finish() {
      const result = points.length < 2 ? { problem: 'misses' as const } : cut()
      if ('pieces' in result) return done(result.pieces)
      const hints = { misses: 'sliceMisses', 'crosses-itself': 'sliceCrossesItself' }
      stage.emit('hint', { key: hints[result.problem] })
      return undefined
    },
    takeBack,
    leave: () => stage.setDraft(null),
  }
}

function isFreehand({ shift, image }: PointerInput, last: ImagePoint | undefined, pixel: number) {
  return (
    shift &&
    last !== undefined &&
    Math.hypot(image.x - last.x, image.y - last.y) >= FREEHAND_STEP * pixel
  )
}

/** Outside, or on the outline as far as a hand can tell. */
function hasLeft(shape: CanvasShape, point: ImagePoint, pixel: number): boolean {
  if (!hitShape(shape, point, 0)) return true
  if (shape.type !== 'polygon') return false
  return nearestEdge(point, shape.points, true).distance <= BORDER_REACH * pixel
}

function outline(shape: CanvasShape, color: string): Mark {
  return { kind: 'shape', shape: { ...shape, color } }
}

function marksOf(
  shape: CanvasShape,
  color: string,
  points: readonly ImagePoint[],
  pointer: ImagePoint | null,
): Mark[] {
  const flat = toFlat(points)
  const last = points.at(-1)
  const marks: Mark[] = [outline(shape, color)]
  if (last && pointer)
    marks.push({
      kind: 'path',
      points: [last.x, last.y, pointer.x, pointer.y],
      closed: false,
      color,
      dashed: true,
    })
  if (points.length > 1) marks.push({ kind: 'path', points: flat, closed: false, color })
  if (points.length > 0) marks.push({ kind: 'dots', points: flat, color })
  return marks
}
