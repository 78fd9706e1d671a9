/** The annotations of one picture, from its label file. */
import type { DatasetFrame, NewAnnotation } from '#main/core/ports.ts'
import type { ImportTally } from '../import-tally.ts'
import { type NewShape, newShape, toSource } from '../new-shape.ts'
import { toScore } from '../read-attributes.ts'
import type { Refuse } from '../refuse.ts'
import type { TrackedShapes } from '../tracked-shapes.ts'
import { numberOf } from '../typed-values.ts'
import { formOf } from './geometry-in.ts'
import type { LabelFile, RawShape } from './parse.ts'
import { skeletonOf, takeSkeletons } from './skeletons-in.ts'
import { tagValuesOf, valuesOf } from './values-in.ts'

export interface PictureContext {
  readonly frame: DatasetFrame
  readonly tally: ImportTally
  readonly tracks: TrackedShapes
  readonly refuse: Refuse
}

/** Tags, then shapes in the file's order, which is the order they are painted in. */
export function* annotationsOf(file: LabelFile, context: PictureContext): Generator<NewAnnotation> {
  yield* tagsOf(file, context)
  yield* shapesOf(file.shapes, context)
}

function* tagsOf({ flags, tags }: LabelFile, context: PictureContext): Generator<NewAnnotation> {
  const { frame, tally } = context
  for (const [name, isOn] of flags) {
    tally.describe({ name, type: 'tag' })
    if (!isOn) continue
    const label = tally.label(name)
    if (label === null) continue
    const detailed = tags.filter((tag) => tag.label === name)
    for (const { group, attributes } of detailed.length > 0 ? detailed : [PLAIN]) {
      yield {
        kind: 'tag',
        frame: frame.index,
        labelId: label.id,
        group: Math.max(0, group),
        source: 'file',
        attributes: tagValuesOf(attributes, label, tally),
      }
    }
  }
}

const PLAIN = { group: 0, attributes: {} }

function* shapesOf(shapes: readonly RawShape[], context: PictureContext): Generator<NewAnnotation> {
  const { frame, tally, tracks, refuse } = context
  const { skeletons, joints } = takeSkeletons(shapes, tally.labels)
  const groupOf = createGroups(shapes)
  const leaveOut = (what: string) => {
    tally.note(what)
    return null
  }
  for (const [i, raw] of shapes.entries()) {
    // Checked also where it is left out: a file is refused or taken as a whole.
    const form = formOf(raw, { where: `shapes[${i}]`, refuse, leaveOut })
    if (joints.has(raw)) continue
    const label = tally.label(raw.label)
    if (label === null) continue
    const skeleton = skeletons.get(raw)
    const shape = skeleton
      ? skeletonOf(skeleton, frame.index, tally)
      : label.type === 'skeleton'
        ? null
        : form &&
          newShape({
            ...{ frame: frame.index, labelId: label.id, ...form, ...factsOf(raw) },
            group: groupOf(raw),
            attributes: valuesOf(raw, label, tally),
          })
    if (shape === null) {
      if (label.type === 'skeleton') tally.note(`"${label.name}" without joints were left out`)
      continue
    }
    const mark = raw.trackId === null ? null : { id: raw.trackId, keyframe: raw.isKeyframe }
    if (mark === null || !tracks.add(mark, shape, label)) yield shape
  }
}

function factsOf({
  occluded,
  zOrder,
  score,
  source,
}: RawShape): Pick<NewShape, 'occluded' | 'zOrder' | 'score' | 'source'> {
  const number =
    typeof score === 'number' ? score : typeof score === 'string' ? numberOf(score) : null
  return { occluded, zOrder, score: toScore(number), source: toSource(source) }
}

const LARGEST_GROUP = 1e9

/** Groups as the file numbers them; 0 and below, which are no group here, and giant ones get numbers of their own. */
function createGroups(shapes: readonly RawShape[]): (shape: RawShape) => number {
  const isOurs = (group: number) => group > 0 && group <= LARGEST_GROUP
  let last = 0
  for (const { group } of shapes) if (group !== null && isOurs(group)) last = Math.max(last, group)
  const renumbered = new Map<number, number>()
  return ({ group }) => {
    if (group === null || isOurs(group)) return group ?? 0
    const number = renumbered.get(group) ?? ++last
    renumbered.set(group, number)
    return number
  }
}
