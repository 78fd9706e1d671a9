import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { jointsInOrder, visibilityOf } from '../common/joints.ts'
import {
  centreAndSize,
  type PictureSize,
  relativeNumber,
  relativeText,
  toPixels,
} from '../common/relative-numbers.ts'
import { parseTrailing } from './trailing.ts'
import type { Geometry, JointLayout, ParseContext, ParsedLine, Variant } from './variant.ts'

const BOX_FIELDS = 4
const [OUTSIDE, OCCLUDED] = [0, 1]
const NO_JOINT = '0.0 0.0 0'

/** Skeletons: `cx cy w h` and `x y visibility` of every joint, filled up to those of the largest skeleton. */
export const pose: Variant = {
  format: 'Ultralytics YOLO Pose 1.0',
  hasJoints: true,
  labelsOf: (labels) => labels.filter(({ type }) => type === 'skeleton'),
  lines(shape, frame, labels) {
    const label = labels.find(({ id }) => id === shape.labelId)
    return shape.type === 'skeleton' && label ? [skeletonText(shape, frame, label, labels)] : []
  },
  parse: parsePose,
}

/** Of the largest skeleton. @param labels  the skeletons' */
export function mostJoints(labels: readonly Label[]): number {
  return Math.max(0, ...labels.map(({ sublabels }) => sublabels.length))
}

function skeletonText(
  { elements }: WovenShape,
  size: PictureSize,
  label: Label,
  labels: readonly Label[],
): string {
  const joints = jointsInOrder(label, elements)
  const told = joints.map((joint) =>
    joint === null ? NO_JOINT : `${relativeText(joint.points, size)} ${visibilityOf(joint)}`,
  )
  const missing = mostJoints(labels) - told.length
  const padding = Array.from({ length: missing }, () => NO_JOINT)
  return [relativeText(centreAndSize(boxAround(elements)), size), ...told, ...padding].join(' ')
}

/** Around the joints that are not outside; around all of them where all are. */
function boxAround(elements: readonly SkeletonElement[]): number[] {
  const seen = elements.filter(({ outside }) => !outside)
  const box = boundingBox((seen.length > 0 ? seen : elements).flatMap(({ points }) => points))
  return box ? [box.left, box.top, box.right, box.bottom] : [0, 0, 0, 0]
}

interface Joint {
  readonly point: readonly number[]
  readonly occluded: boolean
  readonly outside: boolean
}

function parsePose(fields: readonly string[], context: ParseContext): ParsedLine {
  const { refuse, labelNumber } = context
  // The caller has made sure of it; no joints is what a line without a layout has.
  const layout: JointLayout = context.joints ?? { count: 0, dims: 3, names: new Map() }
  const end = BOX_FIELDS + layout.count * layout.dims
  if (fields.length < end || fields.length > end + 2) {
    refuse(
      `it has ${fields.length + 1} fields, kpt_shape asks for ${end + 1}: a box and ${layout.count} joints of ${layout.dims}`,
    )
  }
  const numbers = fields.slice(0, end).map((text) => relativeNumber(text, refuse))
  const joints = Array.from({ length: layout.count }, (_, i) =>
    toJoint(numbers.slice(BOX_FIELDS + i * layout.dims), layout.dims, context),
  )
  const names = layout.names.get(labelNumber) ?? null
  return {
    ...parseTrailing(fields.slice(end), refuse),
    place: (frame, label, tally) => toSkeleton({ joints, names, frame, label, tally, context }),
  }
}

/** Without visibility every joint is seen. What a model writes there is a score: anything but 0 and 1 is seen, too. */
function toJoint(numbers: readonly number[], dims: number, { refuse }: ParseContext): Joint {
  const [x = 0, y = 0, visibility = 2] = numbers.slice(0, dims)
  if (visibility < 0 || visibility > 2) refuse(`${visibility} is not 0, 1 or 2`)
  return { point: [x, y], outside: visibility === OUTSIDE, occluded: visibility === OCCLUDED }
}

function toSkeleton({
  joints,
  names,
  frame,
  label,
  tally,
  context,
}: {
  joints: readonly Joint[]
  names: readonly string[] | null
  frame: PictureSize
  label: Label
  tally: ImportTally
  context: ParseContext
}): Geometry | null {
  if (label.type !== 'skeleton') {
    tally.note(`skeletons of "${label.name}", which is no skeleton here, were left out`)
    return null
  }
  if (label.sublabels.length > joints.length) {
    const { length } = label.sublabels
    context.refuse(
      `the skeleton "${label.name}" has ${length} joints, kpt_shape says ${joints.length}`,
    )
  }
  const told = new Map<number, Joint>()
  for (const [i, joint] of joints.entries()) {
    const sublabel = sublabelOf(i, names, label, tally)
    if (sublabel !== null) told.set(sublabel, joint)
    else if (!joint.outside) tally.note(`joints that "${label.name}" does not have were left out`)
  }
  const elements = label.sublabels.map(({ id }): SkeletonElement => {
    const { point, occluded, outside } = told.get(id) ?? NOWHERE
    return { labelId: id, points: toPixels(point, frame), occluded, outside, attributes: [] }
  })
  return { type: 'skeleton', points: [], elements, occluded: isOccludedByJoints(elements) }
}

const NOWHERE: Joint = { point: [0, 0], occluded: false, outside: true }

/** By name where all names are those of joints here, else by place, as CVAT does. */
function sublabelOf(
  i: number,
  names: readonly string[] | null,
  label: Label,
  tally: ImportTally,
): number | null {
  const isNamed =
    names !== null &&
    label.sublabels.length > 0 &&
    names.filter((name) => tally.labels.sublabel(label, name) !== null).length >=
      label.sublabels.length
  if (!isNamed) return label.sublabels[i]?.id ?? null
  return tally.labels.sublabel(label, names[i] ?? '')?.id ?? null
}
