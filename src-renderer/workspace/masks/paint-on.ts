import type { AnnotationId } from '#shared/domain/ids.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { type Bench, editableTargets, shapesOf } from '../bench/bench.ts'
import { selectTool, takeTool } from '../bench/drawing.ts'
import { maskTool, newPainting } from './painting.ts'

/** Paint on a mask that is there: Shift+click, the pencil, the menu. */
export function paintOn(bench: Bench, id: AnnotationId): void {
  const { annotations, frame, marks } = bench.document.state.getState()
  const annotation = annotations.get(id)
  const shape = annotation ? shapeOn(annotation, frame) : null
  if (shape?.type !== 'mask') return
  const isLocked = bench.document.viewOf(shape.id).locked
  if (isLocked || marks.isDeleted(frame)) {
    bench.ui.setState({ hint: isLocked ? 'lockedMask' : 'frameDeleted' })
    return
  }
  const label = bench.ui.getState().labelsById.get(shape.labelId)
  if (bench.ui.getState().painting) selectTool(bench, 'select')
  const painting = label ? newPainting(bench, label.id, shape) : null
  if (!label || !painting) return
  const { draw } = bench.ui.getState()
  bench.ui.setState({ painting, draw: { ...draw, shape: 'mask', labelId: label.id } })
  bench.document.activate([])
  const tool = maskTool(bench, label)
  if (tool) takeTool(bench, 'mask', tool)
}

/** The one mask a verb applies to; null for none or several. */
export function paintedTarget(bench: Bench): AnnotationId | null {
  const [only, ...more] = shapesOf(bench, editableTargets(bench))
  return only?.type === 'mask' && more.length === 0 ? only.id : null
}
