import type { AttributeValue, Keyframe, Shape, Tag, Track } from '../domain/annotation.ts'
import type { AttributeSpec, Label, Sublabel } from '../domain/label.ts'
import type { Box } from '../geometry/box.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'
import { crossesItself, formProblem, isFlat } from '../geometry/shape-rules.ts'

/** What can be wrong with annotations that the store accepts: the rules of `fieldmark validate`, by name. */
export const lintRules = {
  'unreadable-media': 'the picture is missing or cannot be read',
  'no-shape': 'the points are no shape of that type',
  flat: 'the shape has no extent',
  'crosses-itself': 'the outline crosses itself',
  'outside-picture': 'nothing of the shape is in the picture',
  'over-the-edge': 'the shape reaches over the edge of the picture',
  duplicate: 'the same object stands there twice',
  'label-type': 'the label is for another type of shape',
  'unknown-label': 'the label does not exist',
  'attribute-value': 'the attribute does not allow the value',
  'joint-missing': 'the skeleton lacks a joint',
  'never-seen': 'the track is outside on all its keyframes',
  'beyond-the-end': 'the annotation lies on a frame the task does not have',
} as const
export type LintRule = keyof typeof lintRules

/** One thing that is wrong, with the object it is wrong with. */
export interface Finding {
  readonly rule: LintRule
  /** A clause that says more than the rule does; '' when it says all. */
  readonly detail: string
}

export interface LintFrame {
  /** Pixels; 0 when nobody knows. */
  readonly width: number
  readonly height: number
}

/** How far a shape may reach over the edge before it is told: rounding in files, in px. */
const EDGE_TOLERANCE = 1

/** What is wrong with one tag or shape on its frame, whatever else is there. */
export function lintAnnotation(
  annotation: Tag | Shape,
  label: Label | undefined,
  frame: LintFrame,
): Finding[] {
  if (label === undefined) return [{ rule: 'unknown-label', detail: '' }]
  const found = attributeFindings(annotation.attributes, label)
  if (annotation.kind === 'tag') return found
  found.push(...labelTypeFindings(annotation.type, label), ...formFindings(annotation))
  const box = shapeBounds(annotation)
  if (box !== null) found.push(...edgeFindings(box, frame))
  if (annotation.type === 'skeleton') found.push(...jointFindings(annotation, label))
  return found
}

/** What is wrong with a track as a whole; its positions are shapes and are judged as such. */
export function lintTrack(track: Track, frameCount: number): Finding[] {
  const found: Finding[] = []
  if (track.keyframes.every(({ outside }) => outside))
    found.push({ rule: 'never-seen', detail: '' })
  const beyond = track.keyframes.find((keyframe: Keyframe) => keyframe.frame >= frameCount)
  if (beyond)
    found.push({ rule: 'beyond-the-end', detail: `it has a keyframe on frame ${beyond.frame}` })
  return found
}

function labelTypeFindings(type: Shape['type'], label: Label): Finding[] {
  if (label.type === 'any' || label.type === type) return []
  return [{ rule: 'label-type', detail: `"${label.name}" is for ${label.type}, this is a ${type}` }]
}

function formFindings({ type, points }: Shape): Finding[] {
  const problem = formProblem(type, points)
  if (problem !== null) return [{ rule: 'no-shape', detail: problem }]
  if (isFlat(type, points)) return [{ rule: 'flat', detail: '' }]
  if (type === 'polygon' && crossesItself(points, true))
    return [{ rule: 'crosses-itself', detail: '' }]
  return []
}

function edgeFindings(box: Box, { width, height }: LintFrame): Finding[] {
  if (width === 0 || height === 0) return []
  const isGone = box.right < 0 || box.bottom < 0 || box.left > width || box.top > height
  if (isGone) return [{ rule: 'outside-picture', detail: `the picture is ${width} x ${height}` }]
  const over = Math.max(-box.left, -box.top, box.right - width, box.bottom - height)
  if (over <= EDGE_TOLERANCE) return []
  return [{ rule: 'over-the-edge', detail: `by ${over.toFixed(1)} px` }]
}

function attributeFindings(values: readonly AttributeValue[], label: Sublabel): Finding[] {
  return values.flatMap(({ specId, value }) => {
    const spec = label.attributes.find(({ id }) => id === specId)
    if (spec === undefined) return []
    const problem = valueProblem(spec, value)
    return problem === null
      ? []
      : [{ rule: 'attribute-value' as const, detail: `"${spec.name}" is "${value}"; ${problem}` }]
  })
}

function valueProblem({ inputType, values }: AttributeSpec, value: string): string | null {
  if (inputType === 'select' || inputType === 'radio')
    return values.includes(value) ? null : `it may be ${values.join(', ')}`
  if (inputType === 'checkbox')
    return value === 'true' || value === 'false' ? null : 'it may be true or false'
  if (inputType !== 'number') return null
  const [least = '', most = ''] = values
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return 'it must be a number'
  const isWithin =
    (least === '' || number >= Number(least)) && (most === '' || number <= Number(most))
  return isWithin ? null : `it may be ${least} to ${most}`
}

function jointFindings({ elements }: Shape, { sublabels }: Label): Finding[] {
  const there = new Set(elements.map(({ labelId }) => labelId))
  return sublabels
    .filter(({ id }) => !there.has(id))
    .map(({ name }) => ({ rule: 'joint-missing', detail: `"${name}"` }))
}
