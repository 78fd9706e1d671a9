import type { DrawnShape } from '#renderer/canvas/canvas-api.ts'
import { colorOf } from '#renderer/state/coloring.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Annotation, Shape, SkeletonElement } from '#shared/domain/annotation.ts'
import { annotationsOf, type Bench, editableTargets, shapeNow, shapesOf } from './bench.ts'
import { drawingTool, selectTool, takeTool } from './drawing.ts'
import { reshape } from './editing.ts'

/** What Shift+N draws anew: the one target that may be changed and is seen on this frame. */
export function redrawTarget(bench: Bench): Annotation | null {
  const [target, ...more] = editableTargets(bench)
  return target && more.length === 0 && shapesOf(bench, [target]).length === 1 ? target : null
}

/**
 * Shift+N: draw the outline of a shape anew, with its own type and colour. The old one is not shown meanwhile; label,
 * attributes, id and group stay. Escape brings it back.
 */
export function startRedrawing(bench: Bench): void {
  const target = redrawTarget(bench)
  const [shape] = target ? shapesOf(bench, [target]) : []
  const { draw, labelsById } = bench.ui.getState()
  const label = shape && labelsById.get(shape.labelId)
  if (!shape || !label) {
    bench.ui.setState({ hint: 'nothingToRedraw' })
    return
  }
  const color = colorOf(shape, useSettings.getState().colorBy, labelsById)
  // A single point stays a single point; every other outline is as long as it turns out.
  const pointCount = shape.type === 'points' && shape.points.length === 2 ? 1 : null
  const tool = drawingTool({ ...draw, shape: shape.type, pointCount }, { ...label, color })
  if (!tool) return
  bench.document.activate([])
  takeTool(bench, shape.type, tool, shape.id)
}

/** The new outline is drawn: one step. @returns false when nothing was being redrawn */
export function finishRedrawn(bench: Bench, drawn: DrawnShape): boolean {
  const { redrawing } = bench.ui.getState()
  if (redrawing === null) return false
  reshape(bench, 'redraw', annotationsOf(bench, [redrawing]), (shape) => withForm(shape, drawn))
  selectTool(bench, 'select')
  bench.document.activate([redrawing])
  return true
}

/** Redrawing ends where the shape is no longer seen: on another frame, or deleted elsewhere. */
export function leaveRedrawing(bench: Bench): void {
  const { redrawing } = bench.ui.getState()
  if (redrawing === null) return
  const annotation = bench.document.state.getState().annotations.get(redrawing)
  if (!annotation || !shapeNow(bench, annotation)) selectTool(bench, 'select')
}

function withForm(shape: Shape, drawn: DrawnShape): Shape {
  const { points, rotation, elements = [] } = drawn
  return { ...shape, points: [...points], rotation, elements: elements.map(keepAttributes(shape)) }
}

/** A joint keeps the attributes it had. */
const keepAttributes =
  ({ elements }: Shape) =>
  (joint: SkeletonElement): SkeletonElement => {
    const before = elements.find((one) => one.labelId === joint.labelId)
    return before ? { ...joint, attributes: before.attributes } : joint
  }
