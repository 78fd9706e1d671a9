/**
 * Detections as annotations of a task: labels by the mapping, values checked, shapes cut to the picture. Nothing of an
 * answer is trusted; what cannot be kept is counted and left out.
 */
import type { SkeletonElement } from '../domain/annotation.ts'
import type { DetectedElement, Detection } from '../domain/detection.ts'
import type { FrameIndex } from '../domain/ids.ts'
import type { Proposal } from '../domain/prediction.ts'
import type { Form } from '../geometry/convert.ts'
import { formProblem } from '../geometry/shape-rules.ts'
import { attributeValues } from './attribute-values.ts'
import { clipForm, intoPicture, type PictureSize } from './clip.ts'
import { isCompatible } from './compatible.ts'
import type { MappedLabel, ResolvedMapping } from './mapping.ts'
import type { DropNotes } from './notes.ts'
import { asLabelWants } from './retype.ts'

export interface ProposalOptions {
  readonly mapping: ResolvedMapping
  readonly frame: FrameIndex
  /** Null while nobody knows it. */
  readonly size: PictureSize | null
  readonly masksToPolygons: boolean
}

/** More objects are on no picture that people look at one by one. */
const MOST_OF_A_FRAME = 20_000

const ENDLESS: PictureSize = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY }

/**
 * @param notes  told of what is left out
 * @returns annotations without ids, source `auto`; groups are numbers of this answer. An object that falls into several
 *   shapes is a group.
 */
export function toProposals(
  detections: readonly Detection[],
  options: ProposalOptions,
  notes: DropNotes,
): Proposal[] {
  const groups = new Groups(detections)
  return best(detections, notes).flatMap((found) => {
    const mapped = options.mapping.of(found.label)
    if (!mapped) {
      notes.add(`detections of "${short(found.label)}", which is not mapped to any label`)
      return []
    }
    if (!isCompatible(found.type, mapped.label.type)) {
      const { name, type } = mapped.label
      notes.add(`detections of type ${found.type}, and their label "${name}" takes ${type}`)
      return []
    }
    const proposals = proposalsOf(found, mapped, options, notes)
    const group = groups.of(found, proposals.length)
    return proposals.map((one) => ({ ...one, group }))
  })
}

/** Names are a function's: they may be as long as it likes. */
const short = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name)

/** Those with the best scores where there are far too many, in the order they came. */
function best(detections: readonly Detection[], notes: DropNotes): readonly Detection[] {
  if (detections.length <= MOST_OF_A_FRAME) return detections
  notes.add('detections beyond the 20,000 best of a frame', detections.length - MOST_OF_A_FRAME)
  const ranked = detections.map((one, at) => ({ at, score: scoreOf(one) ?? 1 }))
  ranked.sort((a, b) => b.score - a.score || a.at - b.at)
  const kept = new Set(ranked.slice(0, MOST_OF_A_FRAME).map(({ at }) => at))
  return detections.filter((_, at) => kept.has(at))
}

/** Numbers for what the function itself did not group. */
class Groups {
  #last: number

  constructor(detections: readonly Detection[]) {
    this.#last = detections.reduce((most, { group }) => Math.max(most, known(group)), 0)
  }

  of({ group }: Detection, parts: number): number {
    if (known(group) > 0 || parts < 2) return known(group)
    this.#last += 1
    return this.#last
  }
}

const known = (group: number) => (Number.isSafeInteger(group) && group > 0 ? group : 0)

function proposalsOf(
  found: Detection,
  mapped: MappedLabel,
  options: ProposalOptions,
  notes: DropNotes,
): Proposal[] {
  const tell = (name: string) => notes.add(`values that the attribute "${name}" cannot have`)
  const attributes = attributeValues(found.attributes, mapped.attributes, tell)
  const common = {
    ...{ frame: options.frame, labelId: mapped.label.id, group: 0, source: 'auto' as const },
    attributes,
  }
  if (found.type === 'tag') return [{ kind: 'tag', ...common }]
  const shape = {
    ...{ kind: 'shape' as const, ...common, occluded: false, zOrder: 0, rotation: 0 },
    ...{ score: scoreOf(found), type: found.type, points: [], elements: [] },
  }
  if (found.type === 'skeleton') {
    const elements = jointsOf(found.elements, mapped, options.size ?? ENDLESS, tell)
    if (elements === null) notes.add('skeletons none of whose joints was found')
    return elements === null ? [] : [{ ...shape, elements }]
  }
  return formsOf(found, found.type, mapped, options, notes).map((form) => ({
    ...shape,
    type: form.type,
    points: [...form.points],
    rotation: form.rotation,
  }))
}

function scoreOf({ score }: { readonly score: number | null }): number | null {
  return score === null || Number.isNaN(score) ? null : Math.min(1, Math.max(0, score))
}

function formsOf(
  { points, rotation, outline }: Detection,
  type: Form['type'],
  { label }: MappedLabel,
  { size, masksToPolygons }: ProposalOptions,
  notes: DropNotes,
): Form[] {
  const problem = formProblem(type, points)
  if (problem !== null || !Number.isFinite(rotation)) {
    notes.add(`broken detections: ${problem ?? 'a rotation is not a finite number'}`)
    return []
  }
  const turns = type === 'rectangle' || type === 'ellipse'
  const form = { type, points, rotation: turns ? ((rotation % 360) + 360) % 360 : 0 }
  const wanted = asLabelWants(form, { outline, labelType: label.type, masksToPolygons, size })
  const kept = wanted.flatMap((one) => clipForm(one, size ?? ENDLESS))
  if (kept.length === 0) notes.add('detections too small to keep, or outside the picture')
  return kept
}

/** In the order of the label's joints; null when none is seen. Those the function is silent about are in the middle of the others, outside. */
function jointsOf(
  found: readonly DetectedElement[],
  { label, joints }: MappedLabel,
  size: PictureSize,
  tell: (attribute: string) => void,
): SkeletonElement[] | null {
  const byLabel = new Map<number, SkeletonElement>()
  for (const { label: name, points, outside, attributes } of found) {
    const joint = joints.get(name)
    if (!joint || formProblem('points', points) !== null || points.length !== 2) continue
    byLabel.set(joint.label.id, {
      ...{ labelId: joint.label.id, points: intoPicture(points, size), occluded: false, outside },
      attributes: attributeValues(attributes, joint.attributes, tell),
    })
  }
  const answered = [...byLabel.values()]
  const seen = answered.filter(({ outside }) => !outside)
  if (seen.length === 0) return null
  const middle = [0, 1].map(
    (axis) => seen.reduce((sum, { points }) => sum + (points[axis] ?? 0), 0) / seen.length,
  )
  return label.sublabels.map(
    ({ id }): SkeletonElement =>
      byLabel.get(id) ?? {
        ...{ labelId: id, points: middle, occluded: false, outside: true, attributes: [] },
      },
  )
}
