import { allowedMove, moved } from '#renderer/canvas/geometry/move.ts'
import { shapeBox } from '#renderer/canvas/geometry/shape-box.ts'
import type { AnnotationView } from '#renderer/state/journal.ts'
import { deleteStep, type StepVerb, updateStep, withAttribute } from '#renderer/state/steps.ts'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { relabelJoints } from '#shared/domain/skeleton.ts'
import type { Step } from '#shared/operations/operation.ts'
import { shapeOn, withAttributeOn, withShapeOn } from '#shared/tracks/on-frame.ts'
import { isShown } from '../filter/shown.ts'
import { keepCopied } from '../operations/clipboard.ts'
import { withJoints, withJointsOccluded } from '../skeletons/with-joints.ts'
import {
  annotationsOf,
  type Bench,
  commonLabel,
  editableTargets,
  shapeNow,
  shapesOf,
  targetIds,
} from './bench.ts'
import { labelFits } from './drawing.ts'

/** Apply one change to annotations as one step of history. */
export function change(
  bench: Bench,
  verb: StepVerb,
  annotations: readonly Annotation[],
  how: (annotation: Annotation) => Annotation,
): void {
  const step = updateStep(verb, annotations, how, commonLabel(bench, annotations))
  if (step) bench.document.apply(here(bench, step))
}

/** A track's own frame is its first; what was done to it was done on the frame shown. */
function here(bench: Bench, step: Step): Step {
  return { ...step, frame: bench.document.state.getState().frame }
}

/** Delete the targets. Locked ones only with `force` (Shift+Del). */
export function deleteTargets(bench: Bench, force: boolean): void {
  const doomed = force ? annotationsOf(bench, targetIds(bench)) : editableTargets(bench)
  if (doomed.length === 0) bench.ui.setState({ hint: 'lockedStays' })
  deleteAnnotations(bench, doomed)
}

export function deleteAnnotations(bench: Bench, doomed: readonly Annotation[]): void {
  if (doomed.length === 0) return
  bench.ui.setState({ hovered: null })
  bench.document.apply(here(bench, deleteStep(doomed, commonLabel(bench, doomed))))
}

/** Give annotations another label. Attributes belong to the old one and go with it, as in CVAT. */
export function changeLabel(bench: Bench, ids: readonly AnnotationId[], labelId: LabelId): void {
  const label = bench.ui.getState().labelsById.get(labelId)
  if (!label) return
  const fitting = unlocked(bench, ids).filter((one) =>
    labelFits(label, one.kind === 'tag' ? 'tag' : one.type),
  )
  const step = updateStep(
    'change-label',
    fitting,
    (one) => (one.labelId === labelId ? one : (relabelled(bench, one, label) ?? one)),
    label.name,
  )
  if (!step && fitting.some((one) => one.labelId !== labelId))
    bench.ui.setState({ hint: 'skeletonKeepsLabel' })
  if (step) bench.document.apply(step)
}

/** An annotation under another label, without its attributes; null where the label has no place for a skeleton's joints. */
export function relabelled(bench: Bench, one: Annotation, label: Label): Annotation | null {
  const after = { ...one, labelId: label.id, attributes: [] }
  const before = bench.ui.getState().labelsById.get(one.labelId)
  if (one.kind === 'tag' || one.type !== 'skeleton' || !before) return after
  return withJoints(after, (elements) => relabelJoints(before, label, elements))
}

export function setAttribute(
  bench: Bench,
  ids: readonly AnnotationId[],
  specId: AttributeId,
  value: string,
): void {
  const { frame, marks } = bench.document.state.getState()
  const { labelsById } = bench.ui.getState()
  change(bench, 'change-attribute', unlocked(bench, ids), (one) => {
    const spec = labelsById.get(one.labelId)?.attributes.find(({ id }) => id === specId)
    const now = shapeOn(one, frame, marks) ?? one
    if (!spec || withAttribute(now.attributes, specId, value) === now.attributes) return one
    return withAttributeOn(one, frame, spec, value, marks)
  })
}

/** Occluded for all when any is not, else for none. */
export function toggleOccluded(bench: Bench, ids: readonly AnnotationId[]): void {
  const free = unlocked(bench, ids)
  const occluded = !shapesOf(bench, free).every((shape) => shape.occluded)
  reshape(bench, 'occlude', free, (shape) =>
    shape.occluded === occluded ? shape : withJointsOccluded(shape, occluded),
  )
}

/** Nearer to the viewer (+1) or farther (-1). */
export function shiftLayer(bench: Bench, by: number): void {
  reshape(bench, 'change-z', editableTargets(bench), (shape) => ({
    ...shape,
    zOrder: shape.zOrder + by,
  }))
}

/** Put shapes on one layer. */
export function setLayer(bench: Bench, ids: readonly AnnotationId[], zOrder: number): void {
  reshape(bench, 'change-z', unlocked(bench, ids), (shape) =>
    shape.zOrder === zOrder ? shape : { ...shape, zOrder },
  )
}

/** Before or behind everything else on the frame. */
export function sendTo(bench: Bench, ids: readonly AnnotationId[], end: 'front' | 'back'): void {
  const all = [...bench.document.state.getState().annotations.values()]
  const sent = new Set(ids)
  const layers = shapesOf(bench, all)
    .filter((shape) => !sent.has(shape.id))
    .map((shape) => shape.zOrder)
  if (layers.length === 0) return
  const zOrder =
    end === 'front'
      ? layers.reduce((a, b) => Math.max(a, b)) + 1
      : layers.reduce((a, b) => Math.min(a, b)) - 1
  setLayer(bench, ids, zOrder)
}

/** Move the targets by image pixels, together and no farther than the edge of the picture. */
export function nudge(bench: Bench, dx: number, dy: number): void {
  const { picture } = bench.document.state.getState()
  const movable = editableTargets(bench).filter((one) => !bench.document.viewOf(one.id).pinned)
  if (picture?.kind !== 'ready') return
  const by = allowedMove(shapesOf(bench, movable), { x: dx, y: dy }, picture)
  if (by.x === 0 && by.y === 0) return
  reshape(bench, 'move', movable, (shape) => {
    const { points, elements } = moved(shape, by)
    return { ...shape, points: [...points], elements }
  })
}

/** Turn the targets that can be turned, each about its own middle; degrees clockwise. */
export function rotateTargets(bench: Bench, degrees: number): void {
  const turnable = editableTargets(bench).filter(isTurnable)
  if (turnable.length === 0) return
  reshape(bench, 'rotate', turnable, (shape) => {
    return { ...shape, rotation: (((shape.rotation + degrees) % 360) + 360) % 360 }
  })
}

/** Types that have a rotation. */
export const isTurnable = (one: Annotation): boolean =>
  one.kind !== 'tag' && (one.type === 'rectangle' || one.type === 'ellipse')

/** One change to how annotations look on the frame shown, shapes and tracks alike, as one step. */
export function reshape(
  bench: Bench,
  verb: StepVerb,
  annotations: readonly Annotation[],
  how: (shape: Shape) => Shape,
): void {
  const { frame } = bench.document.state.getState()
  change(bench, verb, annotations, (one) => {
    const shape = shapeNow(bench, one)
    const after = shape && how(shape)
    return after && after !== shape ? withShapeOn(one, frame, after) : one
  })
}

/** Lock, hide or pin for all when any is not, else for none. */
export function toggleView(
  bench: Bench,
  ids: readonly AnnotationId[],
  flag: keyof AnnotationView,
): void {
  if (ids.length === 0) return
  const on = !ids.every((id) => bench.document.viewOf(id)[flag])
  bench.document.setView(ids, { [flag]: on })
}

/** Of everything the filter shows: what is not seen is not meant by “all”. */
export function allIds(bench: Bench): AnnotationId[] {
  const { annotations } = bench.document.state.getState()
  return [...annotations.values()].filter((one) => isShown(bench, one)).map(({ id }) => id)
}

export function idsWithLabel(bench: Bench, labelId: LabelId): AnnotationId[] {
  const { annotations } = bench.document.state.getState()
  return [...annotations.values()]
    .filter((one) => one.labelId === labelId && isShown(bench, one))
    .map((one) => one.id)
}

/** A track is copied as the shape it is on this frame. */
export function copyTargets(bench: Bench): void {
  const copied = shapesOf(bench, annotationsOf(bench, targetIds(bench)))
  if (copied.length > 0) keepCopied(bench.taskId, copied, bench.ui.getState().labels)
}

/** Tab and Shift+Tab: select the next or previous visible annotation, round and round. */
export function selectNeighbour(bench: Bench, by: 1 | -1): void {
  const ids = allIds(bench).filter((id) => !bench.document.viewOf(id).hidden)
  if (ids.length === 0) return
  ids.sort((a, b) => a - b)
  const current = bench.document.state.getState().active[0]
  const at = current === undefined ? -1 : ids.indexOf(current)
  const next = at < 0 ? (by === 1 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length
  const id = ids[next]
  if (id === undefined) return
  // The resting pointer must not stay the target of the next key.
  bench.ui.setState({ hovered: null })
  bench.document.activate([id])
}

/** Bring a shape into view, with room around it. */
export function focusOn(bench: Bench, id: AnnotationId): void {
  const [annotation] = annotationsOf(bench, [id])
  const shape = annotation && shapeNow(bench, annotation)
  if (shape) bench.canvas?.focus(shapeBox(shape))
}

function unlocked(bench: Bench, ids: readonly AnnotationId[]): Annotation[] {
  return annotationsOf(bench, ids).filter((one) => !bench.document.viewOf(one.id).locked)
}
