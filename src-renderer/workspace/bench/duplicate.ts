import { allowedMove, moved } from '#renderer/canvas/geometry/move.ts'
import { createStep } from '#renderer/state/steps.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { annotationsOf, type Bench, commonLabel, shapesOf, targetIds } from './bench.ts'

/** Screen pixels; far enough to see that there are two now. */
const OFFSET_PX = 12

/** A copy of each target beside it, on this frame, selected; the clipboard keeps what it has. */
export function duplicateTargets(bench: Bench): void {
  const { frame, picture } = bench.document.state.getState()
  const shapes = shapesOf(bench, annotationsOf(bench, targetIds(bench)))
  if (shapes.length === 0 || picture?.kind !== 'ready') return
  const ids = bench.document.takeIds(shapes.length)
  if (!ids) return
  const by = wayOf(shapes, OFFSET_PX / bench.ui.getState().scale, picture)
  const copies = shapes.map((shape, at): Shape => {
    const { points, elements } = moved(shape, by)
    const form = { points: [...points], elements: [...elements] }
    return { ...shape, ...form, id: ids[at] ?? shape.id, frame, source: 'manual', group: 0 }
  })
  bench.document.apply(createStep('paste', copies, commonLabel(bench, copies)))
  bench.document.activate(copies.map(({ id }) => id))
}

/** Right and down, or left and up where the picture ends. */
function wayOf(shapes: readonly Shape[], px: number, size: { width: number; height: number }) {
  const there = allowedMove(shapes, { x: px, y: px }, size)
  const back = allowedMove(shapes, { x: -px, y: -px }, size)
  return {
    x: Math.abs(there.x) >= Math.abs(back.x) ? there.x : back.x,
    y: Math.abs(there.y) >= Math.abs(back.y) ? there.y : back.y,
  }
}
