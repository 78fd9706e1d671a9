import type { AnnotationId } from '#shared/domain/ids.ts'
import type { CanvasShape } from '../canvas-api.ts'
import type { ImagePoint, ScreenPoint } from '../geometry/space.ts'
import type { PointerInput, Stage } from './tool-state.ts'

/** CSS pixels; clicks nearer to each other than this are on the same place. */
const SAME_PLACE = 4

interface Clicked {
  readonly id: AnnotationId
  readonly at: ScreenPoint
  /** It was reached by going down, so the pointer over it means it, not what covers it. */
  readonly beneath: boolean
}

const clicks = new WeakMap<Stage, Clicked>()

/**
 * The shape a click takes. Clicks on the same place go down through what lies there, one shape a click, and begin again
 * at the top after the last.
 * @param usual  what a first click takes
 */
export function clickedShape(stage: Stage, input: PointerInput, usual: CanvasShape): CanvasShape {
  const before = clicks.get(stage)
  const hits = stage.hits(input.image)
  const isAgain = before !== undefined && isSamePlace(before.at, input.screen)
  const place = isAgain ? hits.findIndex(({ id }) => id === before.id) : -1
  const beneath = place >= 0 && hits.length > 1
  const shape = beneath ? (hits[(place + 1) % hits.length] ?? usual) : usual
  clicks.set(stage, { id: shape.id, at: input.screen, beneath })
  return shape
}

/** What the pointer means: a shape that was gone down to as long as it is under the pointer, else the first one. */
export function shapeUnder(stage: Stage, point: ImagePoint): CanvasShape | undefined {
  const hits = stage.hits(point)
  const before = clicks.get(stage)
  if (!before?.beneath) return hits[0]
  const kept = hits.find(({ id }) => id === before.id)
  if (!kept) clicks.delete(stage)
  return kept ?? hits[0]
}

const isSamePlace = (a: ScreenPoint, b: ScreenPoint): boolean =>
  Math.hypot(a.x - b.x, a.y - b.y) < SAME_PLACE
