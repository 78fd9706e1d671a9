import { toFlat } from '#shared/geometry/points.ts'
import { FEWEST_POINTS, isFlat } from '#shared/geometry/shape-rules.ts'
import type { CanvasShape } from '../canvas-api.ts'
import { type Cut, cutsOf, recommended } from '../geometry/contour-cut.ts'
import { type Path, type Place, placeNear } from '../geometry/outline.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import { choosingCut } from './choosing-cut.ts'
import { Bordering, type BorderView } from './path/bordering.ts'
import { PathBuilder } from './path/path-builder.ts'
import { borderMarks, outlineMarks } from './path/sketch-path.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** CSS pixels: a click this near a vertex or an edge of the shape ends there; freehand puts a point every so many. */
const VERTEX_REACH = 9
const EDGE_REACH = 5
const FREEHAND_STEP = 8
const SAME_POINT = 1
/** CVAT's: the new way is red whatever the shape's own colour is. */
const PATH_COLOR = '#fa5252'

export type EditableType = keyof typeof FEWEST_POINTS
export type EditableShape = CanvasShape & { readonly type: EditableType }

/** Shapes the contour editor works on. */
export const canEditContour = (shape: CanvasShape): shape is EditableShape =>
  shape.type in FEWEST_POINTS && !shape.locked

/**
 * The contour editor. From a place on the outline clicks, or Shift freehand, draw a new way; a click on another vertex or
 * edge puts it in the place of the part between. A line's new way may also end where no line is: it becomes its end, or
 * its beginning. To a shape of loose points it adds points. Right click takes the last point back, Escape everything.
 */
export function editingContour(stage: Stage, shape: EditableShape, start: Place): ToolState {
  const { type } = shape
  const outline: Path = { points: shape.points, closed: type === 'polygon' }
  const path = new PathBuilder()
  const bordering = new Bordering(stage, shape.id)
  let pointer = start.at
  let border: BorderView = { lit: [], caught: null }
  let end: Place | null = null

  const follow = (input: PointerInput) => {
    pointer = clampToImage(input.image, stage.imageSize)
    end = type === 'points' ? null : endNear(outline, start, pointer, stage.pixel)
    border = end || type === 'points' ? { lit: border.lit, caught: null } : bordering.look(pointer)
  }
  const show = (): Next => {
    const from = type === 'points' ? [] : [start.at]
    const aim = end ? [...path.points, end.at] : path.preview(pointer, border.caught)
    const look = { color: PATH_COLOR, closing: false }
    const line = type === 'points' ? 'points' : 'polyline'
    const marks: Mark[] = [
      ...outlineMarks(line, [...from, ...path.points], [...from, ...aim], look),
      ...borderMarks(border, path),
    ]
    if (end) marks.push({ kind: 'dots', points: toFlat([end.at]), color: PATH_COLOR, radius: 7 })
    stage.setDraft({ kind: 'sketch', marks })
    return undefined
  }
  const refuse = (key: string): Next => {
    stage.emit('hint', { key })
    return show()
  }
  const finish = (): Next => {
    if (path.points.length === 0) return refuse('contourNeedsPoints')
    if (type === 'polygon') return refuse('contourNeedsEnd')
    if (type === 'polyline') return decide(stage, shape, cutsOf(outline, start, null, path.points))
    return commit(stage, shape, [...shape.points, ...toFlat(path.points)])
  }
  const add = (caught: BorderView['caught']): Next => {
    const last = path.last ?? start.at
    const place = caught?.at ?? pointer
    if (Math.hypot(last.x - place.x, last.y - place.y) > SAME_POINT * stage.pixel)
      path.add(pointer, caught)
    return show()
  }
  const takeBack = (): boolean => {
    const was = path.takeBack()
    show()
    return was
  }

  stage.emit('hint', { key: type === 'points' ? 'contourAddPoints' : 'contourBegin' })
  return {
    name: 'editing-contour',
    cursor: 'crosshair',
    crosshair: true,
    press(input) {
      bordering.use()
      follow(input)
      if (input.button === 2) takeBack()
      if (input.button !== 0) return undefined
      if (end) return decide(stage, shape, cutsOf(outline, start, end, path.points))
      return input.clicks === 2 && path.points.length > 0 ? finish() : add(border.caught)
    },
    move(input) {
      follow(input)
      const last = path.last ?? start.at
      const step = Math.hypot(last.x - pointer.x, last.y - pointer.y)
      if (input.shift && type !== 'points' && !end && step > FREEHAND_STEP * stage.pixel)
        return add(null)
      return show()
    },
    finish,
    takeBack,
    key(input) {
      bordering.key(input)
      return undefined
    },
    leave: () => stage.setDraft(null),
  }
}

/** Where a click would end the new way; not where it began. */
function endNear(outline: Path, start: Place, point: ImagePoint, pixel: number): Place | null {
  const fromStart = Math.hypot(point.x - start.at.x, point.y - start.at.y)
  if (fromStart <= VERTEX_REACH * pixel) return null
  return placeNear(outline, point, VERTEX_REACH * pixel, EDGE_REACH * pixel)
}

/** The one cut there is, the one that takes nothing away, the recommended one, or the one a person picks. */
function decide(stage: Stage, shape: EditableShape, cuts: readonly Cut[]): Next {
  const usable = cuts.filter(({ points }) => isEnough(shape.type, points))
  const [first, second] = usable
  if (!first) {
    stage.emit('hint', { key: 'tooFewPointsToDelete' })
    return 'rest'
  }
  if (!second) return commit(stage, shape, first.points)
  const lossless = usable.find(({ cutCount, cutLength }) => cutCount === 0 && cutLength === 0)
  const choice = lossless ?? (stage.options.intelligentCropping ? recommended(first, second) : null)
  if (choice) return commit(stage, shape, choice.points)
  return choosingCut(stage, shape, [first, second], (cut) => commit(stage, shape, cut.points))
}

function isEnough(type: EditableType, points: readonly number[]): boolean {
  return points.length >= 2 * FEWEST_POINTS[type] && !isFlat(type, points)
}

function commit(stage: Stage, shape: CanvasShape, points: readonly number[]): Next {
  stage.setDraft(null)
  stage.commit([{ id: shape.id, points, rotation: shape.rotation }], 'edit-contour')
  return 'rest'
}
