/** Tracked boxes of a video, as Label Studio tells them: frames counted from 1, seen until a keyframe says no longer. */
import type { NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue, Keyframe, Track } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { asCount, asObject, type JsonObject } from '../common/json-values.ts'
import { newShape } from '../common/new-shape.ts'
import { newTrack } from '../common/new-track.ts'
import { toScore } from '../common/read-attributes.ts'
import type { Refuse } from '../common/refuse.ts'
import { Values, valuesOf } from './answers-in.ts'
import { fromPercentBox, type Size } from './percent.ts'
import { type Region, sorted, sourceOf } from './picture-in.ts'
import type { RawTask } from './task-in.ts'

export interface VideoContext {
  readonly target: ReadTarget
  readonly tally: ImportTally
  readonly refuse: Refuse
  readonly size: Size
}

export function isVideoTask(task: RawTask): boolean {
  return typeof task.data.video === 'string' || sorted(task.results).regions.some(isTracked)
}

const isTracked = ({ kind }: Region) => kind === 'videorectangle'

export function* tracksOf(task: RawTask, context: VideoContext): Generator<NewAnnotation> {
  const { tally } = context
  const { regions, answers } = sorted(task.results)
  for (const _ of answers) tally.note('answers to what was asked of whole videos were left out')
  for (const region of regions) {
    if (!isTracked(region)) {
      tally.note('regions of videos other than tracked boxes were left out')
      continue
    }
    const told = keyframesOf(region, context)
    if (region.labelName === null) {
      tally.note('regions without a label were left out')
      continue
    }
    const label = tally.label(region.labelName)
    if (label === null) continue
    const annotation = annotationOf(region, told, label, context)
    if (annotation !== null) yield annotation
  }
}

/** A keyframe of the video, by the number its frame has there. */
interface Told extends Keyframe {
  readonly said: unknown
}

/** In order; with one that hides the box after each that says so. */
function keyframesOf({ drawn }: Region, { size, refuse }: VideoContext): Told[] {
  const where = `${drawn.where}.value.sequence`
  const { sequence } = drawn.value
  if (!Array.isArray(sequence)) refuse(where, 'it must be a list')
  const items = (sequence as unknown[]).map((value, i) =>
    parseItem(asObject(value, `${where}[${i}]`, refuse), `${where}[${i}]`, size, refuse),
  )
  const byFrame = new Map(items.map((item) => [item.keyframe.frame, item]))
  const inOrder = [...byFrame.values()].sort((a, b) => a.keyframe.frame - b.keyframe.frame)
  return inOrder.flatMap(({ keyframe, enabled }, i) => {
    const next = inOrder[i + 1]?.keyframe.frame
    const isGone = !enabled && next !== keyframe.frame + 1
    const gone = { ...keyframe, frame: keyframe.frame + 1, outside: true, said: undefined }
    return isGone ? [keyframe, gone] : [keyframe]
  })
}

function parseItem(
  item: JsonObject,
  where: string,
  size: Size,
  refuse: Refuse,
): { keyframe: Told; enabled: boolean } {
  const number = (key: string) => {
    const value = item[key]
    if (!isCoordinate(value)) refuse(`${where}.${key}`, 'it must be a number')
    return value
  }
  const frame = asCount(item.frame, `${where}.frame`, refuse)
  const box = { x: number('x'), y: number('y'), width: number('width'), height: number('height') }
  if (box.width < 0 || box.height < 0) refuse(where, 'width and height must not be negative')
  const rotation = item.rotation === undefined ? 0 : number('rotation')
  const place = fromPercentBox({ ...box, rotation }, size)
  if (!place.points.every(isCoordinate))
    refuse(where, 'it is further away than any picture reaches')
  const zOrder = Number.isSafeInteger(item.z_order) ? (item.z_order as number) : 0
  return {
    // Some files count from 0 after all; their first frame is the first here, too.
    keyframe: {
      ...{ frame: Math.max(0, frame - 1), ...place, zOrder },
      ...{ occluded: item.occluded === true, outside: false, elements: [], attributes: [] },
      said: item.attributes,
    },
    enabled: item.enabled !== false,
  }
}

function annotationOf(
  region: Region,
  told: readonly Told[],
  label: Label,
  { target, tally }: VideoContext,
): NewAnnotation | null {
  const { drawn, answers } = region
  const keyframes = onTaskFrames(told, target, tally)
  const [first] = keyframes
  if (first === undefined) return null
  const values = valuesOf(answers, label, tally)
  const group = Number.isSafeInteger(drawn.meta.group) ? Math.max(0, drawn.meta.group as number) : 0
  const facts = { labelId: label.id, group, source: sourceOf(drawn.origin) }
  if (drawn.meta.single === true && keyframes.every(({ outside }, i) => outside === i > 0)) {
    const { frame, points, rotation, occluded, zOrder } = first
    const score = toScore(typeof drawn.score === 'number' ? drawn.score : null)
    const place = { frame, points, rotation, occluded, zOrder }
    return newShape({ ...facts, ...place, type: 'rectangle', score, attributes: values })
  }
  const withValues = keyframes.map(({ said, ...keyframe }, i): Keyframe => {
    const own = new Values(label, tally)
    own.addAll(said)
    return { ...keyframe, attributes: merged(i === 0 ? values : [], own.all()) }
  })
  const { attributes, ...track } = newTrack({
    ...{ ...facts, type: 'rectangle', label, keyframes: withValues },
  })
  const constant = new Set(label.attributes.filter(({ mutable }) => !mutable).map(({ id }) => id))
  return {
    ...track,
    attributes: merged(
      attributes,
      values.filter(({ specId }) => constant.has(specId)),
    ),
  }
}

function merged(a: readonly AttributeValue[], b: readonly AttributeValue[]): AttributeValue[] {
  return [...new Map([...a, ...b].map((value) => [value.specId, value])).values()]
}

/**
 * Keyframes of the video on the frames of the task, which may be every second one of a part of it: what lies between two
 * of its frames, or before its first one, is stated on those beside.
 */
function onTaskFrames(told: readonly Told[], target: ReadTarget, tally: ImportTally): Told[] {
  const { startFrame, frameStep } = target.task
  const step = Math.max(1, frameStep)
  const last = target.frameCount - 1
  const places = new Map<number, Told | null>()
  for (const keyframe of told) {
    const exact = (keyframe.frame - startFrame) / step
    if (!keyframe.outside)
      tally.position(Math.floor(exact), `frame_${String(keyframe.frame).padStart(6, '0')}`)
    if (Number.isInteger(exact)) places.set(exact, keyframe)
    else
      for (const place of [Math.floor(exact), Math.ceil(exact)]) {
        if (!places.has(place)) places.set(place, null)
      }
  }
  const indices = [...places.keys()].map((place) => Math.min(last, Math.max(0, place)))
  const track = { kind: 'track', keyframes: told, type: 'rectangle' } as unknown as Track
  const found: Told[] = []
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    const known = places.get(index)
    const position = known ?? positionOn(track, startFrame + index * step)
    if (position === null || (position.outside && (found.at(-1)?.outside ?? true))) continue
    found.push({ said: undefined, ...position, frame: index })
  }
  return found
}
