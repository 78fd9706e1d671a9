/** Whether an annotation that comes in is one that is here already: what `merge` passes over. */
import type { Keyframe, Shape, ShapeType, SkeletonElement } from '#shared/domain/annotation.ts'
import { maskIoU } from '#shared/geometry/mask-algebra.ts'
import type { NewAnnotation } from '../../ports.ts'

/** Pixels, and degrees: what a file that rounds to two digits moves. */
const NEAR = 0.01
/** What adding up binary fractions costs. */
const SLACK = 1e-6
/** Masks of one more or less pixel in a thousand are told apart. */
const SAME_PIXELS = 0.999

export function isSameAnnotation(a: NewAnnotation, b: NewAnnotation): boolean {
  if (a.kind !== b.kind || a.labelId !== b.labelId || a.frame !== b.frame) return false
  if (a.kind === 'tag') return true
  if (b.kind === 'tag' || a.type !== b.type) return false
  if (a.kind === 'shape') return b.kind === 'shape' && isSameForm(a.type, a, b)
  return b.kind === 'track' && areSameKeyframes(a.type, a.keyframes, b.keyframes)
}

function areSameKeyframes(
  type: ShapeType,
  a: readonly Keyframe[],
  b: readonly Keyframe[],
): boolean {
  return (
    a.length === b.length &&
    a.every((one, at) => {
      const other = b[at]
      if (other?.frame !== one.frame || other.outside !== one.outside) return false
      return one.outside || isSameForm(type, one, other)
    })
  )
}

type Form = Pick<Shape, 'points' | 'rotation' | 'elements'>

function isSameForm(type: ShapeType, a: Form, b: Form): boolean {
  if (type === 'mask') return areSamePixels(a.points, b.points)
  if (type === 'skeleton') return areSameJoints(a.elements, b.elements)
  return areNear(a.points, b.points) && angleBetween(a.rotation, b.rotation) <= NEAR + SLACK
}

function areNear(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.length === b.length &&
    a.every((value, at) => Math.abs(value - (b[at] ?? Number.NaN)) <= NEAR + SLACK)
  )
}

function angleBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % 360
  return Math.min(turn, 360 - turn)
}

function areSamePixels(a: readonly number[], b: readonly number[]): boolean {
  const isEqual = a.length === b.length && a.every((value, at) => value === b[at])
  return isEqual || maskIoU(a, b) >= SAME_PIXELS
}

/** By label, in whatever order they come; where a joint that is outside lies does not matter. */
function areSameJoints(a: readonly SkeletonElement[], b: readonly SkeletonElement[]): boolean {
  const seen = (joints: readonly SkeletonElement[]) => joints.filter(({ outside }) => !outside)
  const [left, right] = [seen(a), seen(b)]
  const places = new Map(right.map(({ labelId, points }) => [labelId, points]))
  return (
    left.length === right.length &&
    left.every(({ labelId, points }) => areNear(points, places.get(labelId) ?? []))
  )
}
