import type { DragEvent } from 'react'
import type { Annotation } from '#shared/domain/annotation.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { annotationsOf, type Bench } from '../bench/bench.ts'
import { changeLabel, setLayer } from '../bench/editing.ts'

/** Rows are dragged within this list only: nothing else takes them. */
const TYPE = 'application/x-fieldmark-rows'

let dragged: readonly Annotation[] = []

/** Takes the row along, and with it the selection it belongs to. */
export function startDrag(bench: Bench, annotation: Annotation, event: DragEvent): void {
  const { active } = bench.document.state.getState()
  const ids = active.includes(annotation.id) ? active : [annotation.id]
  dragged = annotationsOf(bench, ids)
  event.dataTransfer.setData(TYPE, '')
  event.dataTransfer.effectAllowed = 'move'
}

/** What a row means as a place: its layer in a list by layer, its label in a list by label, nothing in any other. */
export function canDrop(bench: Bench, event: DragEvent): boolean {
  const { sort } = bench.ui.getState()
  return event.dataTransfer.types.includes(TYPE) && (sort === 'z-order' || sort === 'label')
}

/** The rows dragged join the row they were dropped on. One step, like every other edit. */
export function dropOn(bench: Bench, target: Annotation): void {
  const ids = dragged.filter((one) => one.id !== target.id).map(({ id }) => id)
  dragged = []
  const { frame } = bench.document.state.getState()
  const shape = shapeOn(target, frame)
  if (bench.ui.getState().sort === 'label') changeLabel(bench, ids, target.labelId)
  else if (shape) setLayer(bench, ids, shape.zOrder)
}
