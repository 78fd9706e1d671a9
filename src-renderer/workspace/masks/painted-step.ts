import { newShape } from '#renderer/state/steps.ts'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, LabelId } from '#shared/domain/ids.ts'
import { maskArea } from '#shared/geometry/mask.ts'
import { maskSubtract } from '#shared/geometry/mask-algebra.ts'
import { maskBox } from '#shared/geometry/mask-spans.ts'
import type { AnnotationOperation, Step } from '#shared/operations/operation.ts'
import { trackOf } from '#shared/tracks/edit.ts'
import { shapeOn, withShapeOn } from '#shared/tracks/on-frame.ts'

/** What a session came to. */
export interface Painted {
  /** Mask points. */
  readonly points: readonly number[]
  readonly frame: FrameIndex
  readonly labelId: LabelId
  /** The mask that was painted on; null for a new one. */
  readonly edited: Annotation | null
  /** For a new one. */
  readonly id: AnnotationId
  /** A new one goes on as a track, which holds until the next mask is painted. */
  readonly asTrack?: boolean
  readonly zOrder: number
}

/** Whose pixels a new mask takes. */
export interface Underlying {
  /** All of the frame. */
  readonly annotations: Iterable<Annotation>
  /** Neither locked nor hidden. */
  isTouchable(id: AnnotationId): boolean
}

/**
 * One step for a finished mask, whatever it does to others: undo brings all of it back.
 * @param underlying  null leaves the other masks alone
 * @returns null when nothing changes
 */
export function paintedStep(
  painted: Painted,
  underlying: Underlying | null,
  labelName: string | undefined,
): Step | null {
  const own = ownOperation(painted)
  const others = underlying ? removals(painted, underlying) : []
  const operations = own ? [own, ...others] : others
  if (operations.length === 0) return null
  const title = {
    key: painted.edited ? 'repaint' : 'draw',
    count: 1,
    type: 'mask',
    ...(labelName === undefined ? {} : { label: labelName }),
  }
  return { title, frame: painted.frame, operations }
}

function ownOperation(painted: Painted): AnnotationOperation | null {
  const { edited, frame, id, labelId, zOrder } = painted
  const points = [...painted.points]
  if (!edited) {
    const draft = { type: 'mask', points, rotation: 0 } as const
    const shape = newShape(draft, { id, frame, labelId, zOrder })
    return { kind: 'create', after: painted.asTrack ? trackOf(shape) : shape }
  }
  const shape = shapeOn(edited, frame)
  if (!shape) return null
  const sameLabel = edited.labelId === labelId
  if (sameLabel && sameNumbers(shape.points, points)) return null
  const after = withShapeOn(edited, frame, { ...shape, points, labelId })
  // Attributes belong to the label and go with it, as they do when a label is changed elsewhere.
  return { kind: 'update', before: edited, after: sameLabel ? after : { ...after, attributes: [] } }
}

/** Masks in the same layer or farther lose the pixels; those that lose all of them go. */
function removals(painted: Painted, { annotations, isTouchable }: Underlying) {
  const layer = painted.edited
    ? (shapeOn(painted.edited, painted.frame)?.zOrder ?? painted.zOrder)
    : painted.zOrder
  const operations: AnnotationOperation[] = []
  for (const before of annotations) {
    if (!isMask(before) || before.id === painted.edited?.id) continue
    if (before.zOrder > layer || !isTouchable(before.id)) continue
    if (!boxesMeet(before.points, painted.points)) continue
    const left = maskSubtract(before.points, painted.points)
    if (left === null) operations.push({ kind: 'delete', before })
    else if (maskArea(left) !== maskArea(before.points))
      operations.push({ kind: 'update', before, after: { ...before, points: left } })
  }
  return operations
}

const isMask = (annotation: Annotation): annotation is Shape =>
  annotation.kind === 'shape' && annotation.type === 'mask'

function boxesMeet(a: readonly number[], b: readonly number[]): boolean {
  const [one, other] = [maskBox(a), maskBox(b)]
  const inX = one.left < other.right && other.left < one.right
  return inX && one.top < other.bottom && other.top < one.bottom
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at])
