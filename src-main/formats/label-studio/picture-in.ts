/** The annotations of one picture, from its task. */
import type { DatasetFrame, NewAnnotation } from '#main/core/ports.ts'
import type { Source } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { type NewShape, newShape, toSource } from '../common/new-shape.ts'
import { toScore } from '../common/read-attributes.ts'
import type { Refuse } from '../common/refuse.ts'
import type { TrackedShapes } from '../common/tracked-shapes.ts'
import { answerOf, tagNamesOf, Values, valuesOf } from './answers-in.ts'
import { isJoint, jointsOf } from './joints-in.ts'
import { formOfRegion, type RegionForm, regionKind } from './region-in.ts'
import { isObject, labelsKey, type RawResult, type RawTask } from './task-in.ts'
import { ORIGINS } from './values-out.ts'

export interface PictureContext {
  readonly frame: DatasetFrame
  readonly tally: ImportTally
  readonly tracks: TrackedShapes
  readonly refuse: Refuse
}

/** A region with all that is said of it. */
export interface Region {
  readonly id: string
  readonly drawn: RawResult
  readonly kind: string
  readonly labelName: string | null
  readonly answers: readonly RawResult[]
}

/** What is drawn, and what is said of the picture as a whole. */
export function sorted(results: readonly RawResult[]): {
  readonly regions: readonly Region[]
  readonly answers: readonly RawResult[]
} {
  const groups = Map.groupBy(results, ({ id, where }) => id ?? where)
  const regions: Region[] = []
  const answers: RawResult[] = []
  for (const [id, said] of groups) {
    const drawn = said.find((result) => regionKind(result) !== null)
    if (drawn === undefined) answers.push(...said)
    else {
      const kind = regionKind(drawn) ?? ''
      const others = said.filter((one) => one !== drawn && labelsKey(one.value) === null)
      regions.push({ id, drawn, kind, labelName: labelOf(said), answers: others })
    }
  }
  return { regions, answers }
}

function labelOf(said: readonly RawResult[]): string | null {
  for (const { value } of said) {
    const key = labelsKey(value)
    const [name] = key === null ? [] : (value[key] as unknown[])
    if (typeof name === 'string') return name
  }
  return null
}

export function* annotationsOf(task: RawTask, context: PictureContext): Generator<NewAnnotation> {
  const { regions, answers } = sorted(task.results)
  yield* tagsOf(answers, context)
  yield* shapesOf(regions, task, context)
}

function* tagsOf(
  answers: readonly RawResult[],
  { frame, tally }: PictureContext,
): Generator<NewAnnotation> {
  for (const answer of answers) {
    const names = tagNamesOf(answer.value)
    if (answer.type === 'relation') tally.note('relations between regions were left out')
    else if (names.length === 0 && answerOf(answer.value) !== undefined) {
      tally.note('answers to what was asked of whole pictures, other than choices, were left out')
    }
    const details = Array.isArray(answer.meta.tags) ? answer.meta.tags.filter(isObject) : []
    for (const name of names) {
      tally.describe({ name, type: 'tag' })
      const label = tally.label(name)
      if (label === null) continue
      const own = details.filter(({ label: said }) => said === name)
      for (const { group, source, attributes } of own.length > 0 ? own : [{} as (typeof own)[0]]) {
        const values = new Values(label, tally)
        values.addAll(attributes)
        yield {
          ...{ kind: 'tag', frame: frame.index, labelId: label.id },
          ...{ group: whole(group), source: toSource(source), attributes: values.all() },
        }
      }
    }
  }
}

function* shapesOf(
  regions: readonly Region[],
  task: RawTask,
  context: PictureContext,
): Generator<NewAnnotation> {
  const { tally, tracks } = context
  const children = Map.groupBy(regions, ({ drawn }) => drawn.parentId)
  const pointSets = new Map<unknown, NewShape>()
  const joints = new Set<Region>()
  for (const region of regions) {
    const label = region.kind === 'rectangle' ? tally.labels.label(region.labelName ?? '') : null
    if (label?.type !== 'skeleton') continue
    for (const child of children.get(region.id) ?? []) {
      if (isJoint(child, label, tally)) joints.add(child)
    }
  }
  for (const region of regions) {
    const form = checkedForm(region, context)
    if (joints.has(region)) continue
    const shape = shapeOf(region, form, { task, children, context })
    if (shape === null) continue
    const { label, made } = shape
    const { set } = region.drawn.meta
    const earlier = set === undefined ? undefined : pointSets.get(set)
    if (earlier && made.type === 'points' && earlier.labelId === made.labelId) {
      earlier.points.push(...made.points)
      continue
    }
    if (set !== undefined && made.type === 'points') pointSets.set(set, made)
    const mark = trackMark(region.drawn)
    if (mark === null || !tracks.add(mark, made, label)) yield made
  }
}

/** Checked also where it is left out for another reason: a file is refused or taken as a whole. */
function checkedForm(
  { kind, drawn }: Region,
  { frame, tally, refuse }: PictureContext,
): RegionForm | null {
  const leaveOut = (what: string) => {
    tally.note(what)
    return null
  }
  if (kind === 'videorectangle') return leaveOut('boxes of videos were left out: this is a picture')
  if (drawn.imageRotation !== 0) {
    tally.note('regions were drawn on a picture that was turned, and may lie elsewhere here')
  }
  const hasSize = frame.width > 0 && frame.height > 0
  return formOfRegion(kind, drawn, hasSize ? frame : drawn, refuse, leaveOut)
}

interface ShapeContext {
  readonly task: RawTask
  readonly children: ReadonlyMap<string | null, readonly Region[]>
  readonly context: PictureContext
}

function shapeOf(
  region: Region,
  form: RegionForm | null,
  { task, children, context }: ShapeContext,
): { label: Label; made: NewShape } | null {
  const { frame, tally } = context
  const { drawn, labelName, answers } = region
  if (labelName === null) {
    tally.nameless('regions without a label were left out')
    return null
  }
  const label = tally.label(labelName)
  if (label === null) return null
  const facts = {
    ...{ frame: frame.index, labelId: label.id },
    ...factsOf(drawn, task),
    attributes: valuesOf(answers, label, tally),
  }
  if (label.type !== 'skeleton') {
    return form && { label, made: newShape({ ...facts, ...form, points: [...form.points] }) }
  }
  const elements = form ? jointsOf(region, children.get(region.id) ?? [], label, form, context) : []
  if (elements.length === 0) {
    tally.note(`"${label.name}" without joints were left out`)
    return null
  }
  const occluded = isOccludedByJoints(elements)
  return {
    label,
    made: newShape({ ...facts, type: 'skeleton', points: [], elements, occluded }),
  }
}

function factsOf(
  { meta, score, origin }: RawResult,
  { isPrediction }: RawTask,
): Pick<NewShape, 'group' | 'occluded' | 'zOrder' | 'score' | 'source'> {
  return {
    group: whole(meta.group),
    occluded: meta.occluded === true,
    zOrder: Number.isSafeInteger(meta.z_order) ? (meta.z_order as number) : 0,
    score: toScore(typeof score === 'number' ? score : null),
    source: isPrediction ? 'auto' : sourceOf(origin),
  }
}

export function sourceOf(origin: unknown): Source {
  const found = Object.entries(ORIGINS).find(([, word]) => word === origin)
  return toSource(found?.[0])
}

function whole(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : 0
}

function trackMark({ meta }: RawResult): { id: number; keyframe: boolean } | null {
  const { track_id: id, keyframe } = meta
  return Number.isSafeInteger(id) ? { id: id as number, keyframe: keyframe === true } : null
}
