import { toFlat, toImagePoints } from '#shared/geometry/points.ts'
import { crossesItself, FEWEST_POINTS, isFlat } from '#shared/geometry/shape-rules.ts'
import type { Tool } from '../canvas-api.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import { Bordering, type BorderView } from './path/bordering.ts'
import { PathBuilder } from './path/path-builder.ts'
import { borderMarks, outlineMarks } from './path/sketch-path.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** CSS pixels: a click this near the first point closes the polygon; freehand puts a point every so many. */
const CLOSE_REACH = 9
const FREEHAND_STEP = 8
/** CSS pixels; a point this near the one before it is the same point. */
const SAME_POINT = 1

type PathTool = Extract<Tool, { kind: 'draw'; shape: 'polygon' | 'polyline' | 'points' }>

const TOO_FEW = {
  polygon: 'polygonNeedsThreePoints',
  polyline: 'polylineNeedsTwoPoints',
  points: 'pointsNeedOne',
} as const
const TOO_FLAT = { polygon: 'polygonTooSmall', polyline: 'polylineTooShort', points: '' } as const

/**
 * Polygon, polyline and points. Clicks put points; Shift draws freehand; right click takes the last one back; N, Enter,
 * double click, the first point of a polygon or the wanted number of points finish.
 */
export function drawingPath(stage: Stage, tool: PathTool): ToolState {
  const type = tool.shape
  const fewest = FEWEST_POINTS[type]
  const wanted = tool.pointCount === null ? null : Math.max(fewest, tool.pointCount)
  const path = new PathBuilder()
  for (const point of toImagePoints(tool.begun ?? []))
    path.add(clampToImage(point, stage.imageSize))
  let isDone = false
  const bordering = new Bordering(stage, null)
  let pointer: ImagePoint = { x: 0, y: 0 }
  let border: BorderView = { lit: [], caught: null }
  let again = false

  const isNear = (a: ImagePoint | undefined, b: ImagePoint, reach: number): boolean =>
    a !== undefined && Math.hypot(a.x - b.x, a.y - b.y) <= reach * stage.pixel
  const isClosing = () =>
    type === 'polygon' &&
    path.points.length >= fewest &&
    isNear(path.points[0], pointer, CLOSE_REACH)

  const follow = (input: PointerInput) => {
    pointer = clampToImage(input.image, stage.imageSize)
    again = input.ctrl && type === 'points'
    border = type === 'points' ? border : bordering.look(pointer)
  }
  const show = (): Next => {
    const closing = isClosing()
    const [first] = path.points
    const aim = closing && first ? path.points : path.preview(pointer, border.caught)
    const marks: Mark[] = []
    if (first) marks.push(...outlineMarks(type, path.points, aim, { color: tool.color, closing }))
    marks.push(...borderMarks(border, path))
    if (first && wanted !== null)
      marks.push({ kind: 'text', at: pointer, text: `${path.points.length} / ${wanted}` })
    stage.setDraft(marks.length === 0 ? null : { kind: 'sketch', marks })
    return undefined
  }
  const refuse = (key: string): Next => {
    stage.emit('hint', { key })
    return show()
  }
  const finish = (): Next => {
    if (path.points.length < fewest) return refuse(TOO_FEW[type])
    const points = toFlat(path.points.slice(0, wanted ?? undefined))
    if (isFlat(type, points)) return refuse(TOO_FLAT[type])
    isDone = true
    stage.setDraft(null)
    stage.emit('draw', { shape: { type, points, rotation: 0 }, again })
    if (type === 'polygon' && crossesItself(points, true))
      stage.emit('hint', { key: 'polygonCrossesItself' })
    return again ? 'rest' : 'end'
  }
  const add = (caught: BorderView['caught']): Next => {
    if (!isNear(path.last, caught?.at ?? pointer, SAME_POINT)) path.add(pointer, caught)
    return wanted !== null && path.points.length >= wanted ? finish() : show()
  }
  const takeBack = (): boolean => {
    const was = path.takeBack()
    show()
    return was
  }

  return {
    name: `drawing-${type}`,
    cursor: 'crosshair',
    crosshair: true,
    press(input) {
      bordering.use()
      follow(input)
      if (input.button === 2) takeBack()
      if (input.button !== 0) return undefined
      const isSecondClick = input.clicks === 2 && isNear(path.last, pointer, CLOSE_REACH)
      return isClosing() || isSecondClick ? finish() : add(border.caught)
    },
    move(input) {
      follow(input)
      if (input.shift && path.last && !isNear(path.last, pointer, FREEHAND_STEP) && !isClosing())
        return add(null)
      return show()
    },
    finish,
    takeBack,
    key(input) {
      bordering.key(input)
      return undefined
    },
    enter: () => void (path.last && show()),
    leave: () => stage.setDraft(null),
    begun: () => (isDone ? [] : path.points),
  }
}
