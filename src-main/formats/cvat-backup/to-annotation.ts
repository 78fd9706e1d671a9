/** From CVAT's words for an annotation to ours. Labels and attributes by their names; what has no place is told. */
import type { LabelIndex, NewAnnotation } from '#main/core/ports.ts'
import type { AttributeValue, Keyframe, SkeletonElement, Track } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { KeyframeLane } from '../common/keyframe-lane.ts'
import { attributeText } from '../common/label-index.ts'
import { newShape, toSource } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { buildTrack, type Statement } from '../cvat-video/build-track.ts'
import type {
  CvatJoint,
  CvatPosition,
  CvatShape,
  CvatTag,
  CvatTrack,
  CvatValue,
} from './annotation-schema.ts'

/** What a job's annotations are read for. */
export interface Host {
  readonly labels: LabelIndex
  readonly frameCount: number
  note(what: string): void
  /** @param where  the key below the annotation; '' for itself */
  refuse(where: string, problem: string): never
}

export function toTag(tag: CvatTag, host: Host): NewAnnotation | null {
  const label = labelOf(tag.label, host)
  if (!label || !isHere(tag.frame, host)) return null
  const { frame, group, source } = tag
  const attributes = valuesOf(tag.attributes, label, host)
  return newTag({ frame, group, source: toSource(source), labelId: label.id, attributes })
}

export function toShape(shape: CvatShape, host: Host): NewAnnotation | null {
  const label = labelOf(shape.label, host)
  if (!label || !isHere(shape.frame, host)) return null
  const { type, frame, group, rotation, points } = shape
  const elements = type === 'skeleton' ? joints(shape.elements, label, host) : []
  if (type === 'skeleton' && elements.length === 0) {
    host.note('skeletons without a joint of their label were left out')
    return null
  }
  checkForm(type, points, '', host)
  return newShape({
    ...{ type, frame, group, rotation, elements, labelId: label.id },
    points: type === 'skeleton' ? [] : points,
    source: toSource(shape.source),
    occluded: type === 'skeleton' ? isOccludedByJoints(elements) : shape.occluded,
    zOrder: shape.z_order,
    score: shape.score ?? null,
    attributes: valuesOf(shape.attributes, label, host),
  })
}

export function toTrack(track: CvatTrack, host: Host): NewAnnotation | null {
  const label = labelOf(track.label, host)
  if (!label) return null
  const positions = inOrder(track.shapes, host)
  const type = positions[0]?.type ?? 'skeleton'
  const made =
    type === 'skeleton'
      ? skeletonTrack(track, positions, label, host)
      : plainTrack(track, positions, label, host)
  if (made === null) host.note('tracks without a shape on any frame were left out')
  return made
}

function plainTrack(
  track: CvatTrack,
  positions: readonly CvatPosition[],
  label: Label,
  host: Host,
): NewAnnotation | null {
  const [first] = positions
  if (!first) return null
  const keyframes = positions.map((position, at): Keyframe => {
    if (position.type !== first.type)
      host.refuse(`shapes[${at}].type`, `the track began as a ${first.type}`)
    checkForm(position.type, position.points, `shapes[${at}]`, host)
    const attributes = valuesOf(position.attributes, label, host)
    return { ...statementOf(position, attributes), frame: position.frame, elements: [] }
  })
  return {
    kind: 'track',
    frame: first.frame,
    labelId: label.id,
    group: track.group,
    source: toSource(track.source),
    type: first.type,
    attributes: valuesOf(track.attributes, label, host),
    keyframes,
  } satisfies Omit<Track, 'id'>
}

/** CVAT keeps each joint as a track of its own. What is fixed of it stands there, what may change on its shapes. */
function skeletonTrack(
  track: CvatTrack,
  positions: readonly CvatPosition[],
  label: Label,
  host: Host,
): NewAnnotation | null {
  const fixed = valuesOf(track.attributes, label, host)
  const lane = new KeyframeLane<Statement>()
  for (const position of positions) {
    const attributes = [...valuesOf(position.attributes, label, host), ...fixed]
    lane.add(position.frame, true, { ...statementOf(position, attributes), points: [] })
  }
  const lanes = new Map<LabelId, KeyframeLane<SkeletonElement>>()
  for (const [at, joint] of track.elements.entries()) {
    const sublabel = host.labels.sublabel(label, joint.label)
    if (!sublabel) {
      host.note(`joints with the unknown label "${joint.label}" were left out`)
      continue
    }
    const own = new KeyframeLane<SkeletonElement>()
    const fixedHere = valuesOf(joint.attributes, sublabel, host)
    for (const [index, position] of inOrder(joint.shapes, host).entries()) {
      const { frame, points, occluded, outside } = position
      checkJoint(points, `elements[${at}].shapes[${index}]`, host)
      const attributes = [...valuesOf(position.attributes, sublabel, host), ...fixedHere]
      own.add(frame, true, { labelId: sublabel.id, points, occluded, outside, attributes })
    }
    if (own.frames().length > 0) lanes.set(sublabel.id, own)
  }
  if (lanes.size === 0) return null
  const { group, source } = track
  return buildTrack({
    ...{ label, group, source: toSource(source), plain: false, type: 'skeleton', seen: 0 },
    ...{ lane, joints: lanes },
  })
}

function statementOf(position: CvatPosition, attributes: AttributeValue[]): Statement {
  const { points, rotation, occluded, outside, z_order: zOrder } = position
  return { points, rotation, occluded, outside, zOrder, attributes }
}

/** By frames; of two on one frame the later. */
function inOrder(positions: readonly CvatPosition[], host: Host): CvatPosition[] {
  const byFrame = new Map<number, CvatPosition>()
  for (const position of positions)
    if (isHere(position.frame, host)) byFrame.set(position.frame, position)
  return [...byFrame.values()].sort((a, b) => a.frame - b.frame)
}

function joints(elements: readonly CvatJoint[], label: Label, host: Host): SkeletonElement[] {
  const seen = new Set<LabelId>()
  return elements.flatMap((joint, at): SkeletonElement[] => {
    const sublabel = host.labels.sublabel(label, joint.label)
    if (!sublabel || seen.has(sublabel.id)) {
      host.note(`joints "${joint.label}" that "${label.name}" does not have were left out`)
      return []
    }
    seen.add(sublabel.id)
    checkJoint(joint.points, `elements[${at}]`, host)
    const { points, occluded, outside } = joint
    const attributes = valuesOf(joint.attributes, sublabel, host)
    return [{ labelId: sublabel.id, points, occluded, outside, attributes }]
  })
}

function labelOf(name: string, host: Host): Label | null {
  const label = host.labels.label(name)
  if (!label) host.note(`objects with the unknown label "${name}" were left out`)
  return label
}

function isHere(frame: number, { frameCount, note }: Host): boolean {
  if (frame < frameCount) return true
  note('objects beyond the last frame were left out')
  return false
}

function valuesOf(values: readonly CvatValue[], label: Sublabel, host: Host): AttributeValue[] {
  const found = new Map<number, AttributeValue>()
  for (const { name, value } of values) {
    const spec = host.labels.attribute(label, name)
    const text = spec && attributeText(spec, value)
    if (spec && text !== null) found.set(spec.id, { specId: spec.id, value: text })
    else
      host.note(`values of the attribute "${name}" that "${label.name}" cannot have were left out`)
  }
  return [...found.values()]
}

function checkForm(
  type: CvatShape['type'],
  points: readonly number[],
  where: string,
  host: Host,
): void {
  const problem = type === 'skeleton' ? null : formProblem(type, points)
  if (problem !== null) host.refuse(where, problem)
}

function checkJoint(points: readonly number[], where: string, host: Host): void {
  const problem = points.length === 2 ? formProblem('points', points) : 'a joint is one point'
  if (problem !== null) host.refuse(where, problem)
}
