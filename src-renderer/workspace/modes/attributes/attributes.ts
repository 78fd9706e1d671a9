import { shapeBox } from '#renderer/canvas/geometry/shape-box.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AttributeSpec } from '#shared/domain/label.ts'
import { type Bench, shapeNow } from '../../bench/bench.ts'
import { setAttribute } from '../../bench/editing.ts'
import { isShown } from '../../filter/shown.ts'
import { keyedValues } from './keyed-values.ts'

/** What can be walked through on the frame: seen, not hidden, and no other than the filter lets through. */
export function objectsOf(bench: Bench): Annotation[] {
  const { annotations } = bench.document.state.getState()
  return [...annotations.values()]
    .filter((one) => one.kind === 'tag' || shapeNow(bench, one) !== null)
    .filter((one) => !bench.document.viewOf(one.id).hidden && isShown(bench, one))
    .sort((a, b) => a.id - b.id)
}

/** The object being looked at: the active one, when it can be. */
export function currentObject(bench: Bench): Annotation | undefined {
  const { active, annotations } = bench.document.state.getState()
  const [id] = active
  return id === undefined ? undefined : annotations.get(id)
}

export function specsOf(bench: Bench, object: Annotation | undefined): readonly AttributeSpec[] {
  if (!object) return []
  return bench.ui.getState().labelsById.get(object.labelId)?.attributes ?? []
}

/** The attribute being given: the index is kept from object to object, so that a column of values can be filled. */
export function currentSpec(bench: Bench): AttributeSpec | undefined {
  const specs = specsOf(bench, currentObject(bench))
  return specs[Math.min(bench.ui.getState().attributeAt, specs.length - 1)]
}

/** Tab and Shift+Tab: the next or previous object, round and round. */
export function walkObjects(bench: Bench, by: 1 | -1): void {
  const objects = objectsOf(bench)
  const at = objects.findIndex((one) => one.id === currentObject(bench)?.id)
  const next = at < 0 ? 0 : (at + by + objects.length) % objects.length
  show(bench, objects[next])
}

/** Down and Up: the next or previous attribute of the object. */
export function walkAttributes(bench: Bench, by: 1 | -1): void {
  const count = specsOf(bench, currentObject(bench)).length
  if (count === 0) return
  const at = Math.min(bench.ui.getState().attributeAt, count - 1)
  bench.ui.setState({ attributeAt: (at + by + count) % count })
}

/** A number key: the value it stands for. */
export function giveValue(bench: Bench, key: number): void {
  const [object, spec] = [currentObject(bench), currentSpec(bench)]
  const value = spec && keyedValues(spec)[key]
  if (object && spec && value !== undefined) setAttribute(bench, [object.id], spec.id, value)
}

/** Entering the workspace, and every new frame: the active object where there is one, else the first with attributes. */
export function showFirst(bench: Bench): void {
  const objects = objectsOf(bench)
  const active = objects.find((one) => one.id === currentObject(bench)?.id)
  const worth = objects.find((one) => specsOf(bench, one).length > 0)
  show(bench, active ?? worth ?? objects[0])
}

function show(bench: Bench, object: Annotation | undefined): void {
  // The resting pointer must not stay the target of the next key.
  bench.ui.setState({ hovered: null })
  bench.document.activate(object ? [object.id] : [])
  const shape = object && shapeNow(bench, object)
  if (!shape) return
  const points =
    shape.type === 'skeleton' ? shape.elements.flatMap((joint) => joint.points) : shape.points
  if (points.length < 2) return
  const { x1, y1, x2, y2 } = shapeBox({ ...shape, points })
  const margin = useSettings.getState().aamZoomMargin
  bench.canvas?.focus({ x1: x1 - margin, y1: y1 - margin, x2: x2 + margin, y2: y2 + margin })
}
