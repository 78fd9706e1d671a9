import type { AttributeValue, Shape } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'

/** Shapes as they were copied, with the labels they speak of: enough to say in another task what they are. */
export interface Copied {
  readonly taskId: TaskId
  readonly shapes: readonly Shape[]
  readonly labels: readonly Label[]
  /** Milliseconds since 1970: of two windows' copies the later counts. */
  readonly at: number
}

const STORAGE_KEY = 'fieldmark.clipboard'
/** Characters; more stays in this window. */
const MOST_SHARED = 1_000_000

let own: Copied | null = null

/** Remember for this window and, where it is not too much, for the others. */
export function keepCopied(
  taskId: TaskId,
  shapes: readonly Shape[],
  labels: readonly Label[],
): void {
  const used = new Set(shapes.map(({ labelId }) => labelId))
  own = { taskId, shapes, labels: labels.filter(({ id }) => used.has(id)), at: Date.now() }
  const text = JSON.stringify(own)
  try {
    if (text.length <= MOST_SHARED) localStorage.setItem(STORAGE_KEY, text)
    else localStorage.removeItem(STORAGE_KEY)
  } catch {
    // Storage full or blocked: other windows do not learn of it.
  }
}

/** What was copied last, in any window; null when nothing was. */
export function lastCopied(): Copied | null {
  const shared = readShared()
  return shared && shared.at > (own?.at ?? 0) ? shared : own
}

function readShared(): Copied | null {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null') as Copied | null
  } catch {
    return null
  }
}

/**
 * Copied shapes as shapes of this task: in their own task as they are, in another one by the names of labels, attributes
 * and joints. What has no label of its name here is left out; so is an attribute's value.
 */
export function asOfTask(
  { taskId, shapes, labels }: Copied,
  here: TaskId,
  own: readonly Label[],
): Shape[] {
  if (taskId === here) return shapes.filter(({ labelId }) => own.some(({ id }) => id === labelId))
  const from = new Map(labels.map((label) => [label.id, label]))
  const byName = new Map(own.map((label) => [label.name, label]))
  return shapes.flatMap((shape) => {
    const old = from.get(shape.labelId)
    const label = old && byName.get(old.name)
    return label && mayBe(label, shape) ? (translated(shape, old, label) ?? []) : []
  })
}

function mayBe(label: Label, { type }: Shape): boolean {
  return type === 'skeleton'
    ? label.type === 'skeleton'
    : label.type === 'any' || label.type === type
}

/** @returns null when a joint has no counterpart: half a skeleton is none */
function translated(shape: Shape, old: Label, label: Label): Shape | null {
  const elements = shape.elements.flatMap((element) => {
    const oldJoint = old.sublabels.find(({ id }) => id === element.labelId)
    const joint = oldJoint && label.sublabels.find(({ name }) => name === oldJoint.name)
    if (!joint) return []
    const attributes = valuesIn(element.attributes, oldJoint, joint)
    return [{ ...element, labelId: joint.id, attributes }]
  })
  if (elements.length < shape.elements.length) return null
  const attributes = valuesIn(shape.attributes, old, label)
  return { ...shape, labelId: label.id, attributes, elements }
}

function valuesIn(
  values: readonly AttributeValue[],
  old: Sublabel,
  label: Sublabel,
): AttributeValue[] {
  return values.flatMap(({ specId, value }) => {
    const name = old.attributes.find(({ id }) => id === specId)?.name
    const spec = label.attributes.find((one) => one.name === name)
    return spec ? [{ specId: spec.id, value }] : []
  })
}
