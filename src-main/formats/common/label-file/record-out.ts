/** What a label file says of a shape. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { AttributeValue, SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from '../label-index.ts'
import { type Dialect, type Drawing, pairs, type ShapeFacts } from './dialect.ts'

/** Numbers of groups that a file makes for its own needs, above all that are there. */
export type NewGroup = () => number

export interface ShapeContext {
  readonly frame: DatasetFrame
  readonly dialect: Dialect
  readonly newGroup: NewGroup
}

/** A shape's records: one, or those of a skeleton's joints, or of a mask's parts. */
export function recordsOf(shape: WovenShape, label: Label, context: ShapeContext): object[] {
  const { dialect, frame, newGroup } = context
  if (shape.type === 'skeleton') return skeletonRecords(shape, label, context)
  const drawings = dialect.draw(shape, frame)
  const group = shape.group > 0 ? shape.group : drawings.length > 1 ? newGroup() : null
  const facts = { ...valuesOf(label, shape.attributes, dialect), ...factsOf(shape), group }
  return drawings.map((drawing) => dialect.record({ ...facts, label: label.name, drawing }))
}

function factsOf({
  occluded,
  zOrder,
  score,
  track,
}: WovenShape): Pick<ShapeFacts, 'score' | 'extras'> {
  return {
    score,
    extras: {
      ...(occluded ? { occluded: true } : {}),
      ...(zOrder === 0 ? {} : { z_order: zOrder }),
      ...(track ? { track_id: track.id, keyframe: track.keyframe } : {}),
    },
  }
}

/** A box with the skeleton's label and a point for each joint that is seen, all in one group. */
function skeletonRecords(shape: WovenShape, label: Label, context: ShapeContext): object[] {
  const { dialect } = context
  const joints = label.sublabels.flatMap((sublabel) => {
    const joint = shape.elements.find(({ labelId }) => labelId === sublabel.id)
    return joint ? [{ sublabel, joint }] : []
  })
  const hidden = joints.filter(({ joint }) => joint.outside)
  const group = context.newGroup()
  const toRecord = ({ sublabel, joint }: (typeof joints)[number]) =>
    dialect.record({ ...jointFacts(joint, sublabel, dialect), group })
  const { extras, score } = factsOf(shape)
  const box = dialect.record({
    ...valuesOf(label, shape.attributes, dialect),
    ...{ label: label.name, drawing: boxDrawing(joints, context), group, score },
    extras: {
      ...extras,
      ...(shape.group > 0 ? { skeleton_group: shape.group } : {}),
      ...(hidden.length > 0 ? { hidden_joints: hidden.map(toRecord) } : {}),
    },
  })
  return [box, ...joints.filter(({ joint }) => !joint.outside).map(toRecord)]
}

function boxDrawing(
  joints: readonly { readonly joint: SkeletonElement }[],
  { dialect, frame }: ShapeContext,
): Drawing {
  const seen = joints.filter(({ joint }) => !joint.outside)
  const box = boundingBox((seen.length > 0 ? seen : joints).flatMap(({ joint }) => joint.points))
  const points = box ? [box.left, box.top, box.right, box.bottom] : [0, 0, 0, 0]
  const [drawing] = dialect.draw({ type: 'rectangle', points, rotation: 0 }, frame)
  return drawing ?? { type: 'rectangle', points: pairs(points) }
}

function jointFacts(
  joint: SkeletonElement,
  sublabel: Sublabel,
  dialect: Dialect,
): Omit<ShapeFacts, 'group'> {
  return {
    ...valuesOf(sublabel, joint.attributes, dialect, new Set(['description'])),
    label: sublabel.name,
    drawing: { type: 'point', points: pairs(joint.points) },
    // X-AnyLabeling's word for a joint that is there but not seen.
    isDifficult: joint.occluded,
    score: null,
    extras: joint.occluded ? { occluded: true } : {},
  }
}

const OWN_KEYS: ReadonlySet<string> = new Set(['description', 'difficult'])

/**
 * Every attribute the label defines: those called as keys of the tools go there, ticks are flags where the tool has them.
 * @param keys  which names are keys of this record
 */
function valuesOf(
  label: Sublabel,
  values: readonly AttributeValue[],
  { hasTicks }: Dialect,
  keys: ReadonlySet<string> = OWN_KEYS,
): Pick<ShapeFacts, 'description' | 'isDifficult' | 'flags' | 'attributes'> {
  const flags: Record<string, boolean> = {}
  const attributes: Record<string, string> = {}
  let description = ''
  let isDifficult = false
  for (const spec of label.attributes) {
    const value = attributeValue(spec, values)
    const isTick = spec.inputType === 'checkbox'
    if (spec.name === 'description' && keys.has(spec.name) && !isTick) description = value
    else if (spec.name === 'difficult' && keys.has(spec.name) && isTick)
      isDifficult = value === 'true'
    else if (isTick && hasTicks) flags[spec.name] = value === 'true'
    else attributes[spec.name] = value
  }
  return { description, isDifficult, flags, attributes }
}
