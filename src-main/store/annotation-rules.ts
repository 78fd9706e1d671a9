import type { Annotation, AttributeValue, Shape, Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import type { NewAnnotation } from '../core/ports.ts'
import type { Sql } from './connection.ts'

interface KnownLabel {
  readonly parentId: number | null
  readonly attributes: ReadonlySet<number>
}

/** What an annotation of one task may say. Labels are looked up once and remembered for as long as this lives. */
export interface Rules {
  readonly frameCount: number
  label(id: number): KnownLabel | null
}

const LABEL = `SELECT label.parent_id AS parentId FROM label, task WHERE task.id = ? AND label.id = ?
  AND (label.task_id = task.id OR label.project_id = task.project_id)`

export function createRules(sql: Sql, taskId: TaskId, frameCount: number): Rules {
  const known = new Map<number, KnownLabel | null>()
  const look = (id: number): KnownLabel | null => {
    const label = sql<{ parentId: number | null }>(LABEL).get(taskId, id)
    if (!label) return null
    // Removed attributes count as known: what carries a value of one stays editable.
    const rows = sql<{ id: number }>('SELECT id FROM attribute WHERE label_id = ?').all(id)
    return { parentId: label.parentId, attributes: new Set(rows.map((row) => row.id)) }
  }
  return {
    frameCount,
    label(id) {
      const found = known.get(id)
      if (found !== undefined) return found
      const label = look(id)
      known.set(id, label)
      return label
    },
  }
}

/**
 * @param number  what messages call the annotation: its id, or its place in the file that brings it
 * @throws ANNOTATION_INVALID
 */
export function checkAnnotation(
  rules: Rules,
  annotation: Annotation | NewAnnotation,
  number: number,
): void {
  const problem = problemOf(rules, annotation)
  if (problem === null) return
  throw new AppError('ANNOTATION_INVALID', { annotation: number, frame: annotation.frame, problem })
}

function problemOf(rules: Rules, annotation: Annotation | NewAnnotation): string | null {
  const { frame, labelId, attributes } = annotation
  const label = rules.label(labelId)
  if (!isFrame(rules, frame)) return outside(rules, frame)
  if (!label || label.parentId !== null) return `label ${labelId} is not one of this task's`
  const attributeProblem = problemOfAttributes(label, attributes)
  if (attributeProblem) return attributeProblem
  if (annotation.kind === 'tag') return null
  if (annotation.kind === 'shape') return problemOfShape(rules, annotation)
  return problemOfTrack(rules, label, annotation)
}

type AnyShape = Omit<Shape, 'id'>

function problemOfShape(rules: Rules, shape: AnyShape): string | null {
  if (!Number.isFinite(shape.rotation)) return 'its rotation is not a finite number'
  if (shape.score !== null && !Number.isFinite(shape.score)) return 'its score is not a number'
  return problemOfForm(rules, shape)
}

/** What a shape is on one frame, and a track at one keyframe. */
type Form = Pick<AnyShape, 'type' | 'labelId' | 'points' | 'elements'>

function problemOfForm(rules: Rules, form: Form): string | null {
  if (form.type !== 'skeleton') {
    return form.elements.length > 0
      ? `a ${form.type} has no joints`
      : formProblem(form.type, form.points)
  }
  if (form.points.length > 0) return 'a skeleton has no points of its own, only joints'
  return problemOfJoints(rules, form)
}

/** Each joint once, as one point. One that is missing counts as outside: a label may get joints after its skeletons were drawn. */
function problemOfJoints(rules: Rules, skeleton: Form): string | null {
  if (skeleton.elements.length === 0) return 'a skeleton without joints'
  const seen = new Set<number>()
  for (const { labelId, points, attributes } of skeleton.elements) {
    const label = rules.label(labelId)
    if (label?.parentId !== skeleton.labelId) return `label ${labelId} is no joint of its skeleton`
    if (seen.has(labelId)) return `it has two joints of the label ${labelId}`
    seen.add(labelId)
    const problem =
      formProblem('points', points) ??
      (points.length === 2 ? null : 'a joint is one point, no more') ??
      problemOfAttributes(label, attributes)
    if (problem) return problem
  }
  return null
}

function problemOfTrack(rules: Rules, label: KnownLabel, track: Omit<Track, 'id'>): string | null {
  let last = -1
  for (const keyframe of track.keyframes) {
    const { frame, rotation, attributes } = keyframe
    if (!isFrame(rules, frame)) return outside(rules, frame)
    if (frame <= last) return 'its keyframes are not in order'
    if (!Number.isFinite(rotation)) return 'its rotation is not a finite number'
    const form = { ...keyframe, type: track.type, labelId: track.labelId }
    const problem = problemOfForm(rules, form) ?? problemOfAttributes(label, attributes)
    if (problem) return problem
    last = frame
  }
  if (track.keyframes[0]?.frame !== track.frame) return 'it does not begin at its first keyframe'
  return null
}

function problemOfAttributes(label: KnownLabel, values: readonly AttributeValue[]): string | null {
  const seen = new Set<number>()
  for (const { specId } of values) {
    if (!label.attributes.has(specId)) return `attribute ${specId} is not one of its label's`
    if (seen.has(specId)) return `attribute ${specId} has two values`
    seen.add(specId)
  }
  return null
}

function isFrame({ frameCount }: Rules, frame: number): boolean {
  return Number.isInteger(frame) && frame >= 0 && frame < frameCount
}

function outside({ frameCount }: Rules, frame: number): string {
  return `frame ${frame} is outside the task, which has ${frameCount} frames`
}
