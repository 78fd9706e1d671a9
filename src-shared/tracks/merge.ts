import type { AttributeValue, Keyframe, Shape, Track } from '../domain/annotation.ts'
import type { AttributeId, FrameIndex } from '../domain/ids.ts'
import { keyframeOf } from './edit.ts'
import { positionOn } from './interpolate.ts'
import { keyframeAt } from './track-index.ts'

/** Why shapes and tracks do not make one track. */
export type MergeProblem = 'too-few' | 'labels-differ' | 'types-differ' | 'same-frame' | 'overlap'

/** Attributes that change from keyframe to keyframe, each with its default value. */
export type MutableDefaults = ReadonlyMap<AttributeId, string>

export interface MergeOptions {
  /** Of the task: nothing is stated beyond it. */
  readonly lastFrame: FrameIndex
  /** Of the label; without it every attribute is the first part's. */
  readonly mutable?: MutableDefaults
}

/**
 * Shapes and tracks of one object as one track, with the first one's id, label, group and immutable attributes; the
 * keyframes of all. A shape's part is its own frame alone, so a gap after it is a stretch in which the object is not
 * seen, as in CVAT; a track that never went outside leads over to the next part. Two places at once are refused: on the
 * same frame (`same-frame`), or where the stretches that two tracks state run beside each other (`overlap`).
 */
export function mergeToTrack(
  parts: readonly (Shape | Track)[],
  { lastFrame, mutable = new Map() }: MergeOptions,
): Track | MergeProblem {
  const [first] = parts
  if (!first || parts.length < 2) return 'too-few'
  if (parts.some((part) => part.labelId !== first.labelId)) return 'labels-differ'
  if (parts.some((part) => part.type !== first.type)) return 'types-differ'
  const stretches = parts.map(stretchesOf)
  if (runBesideEachOther(stretches.flat())) return 'overlap'
  const keyframes = new Map<FrameIndex, Keyframe>()
  for (const keyframe of parts.flatMap((part) => statementsOf(part, mutable))) {
    if (keyframe.frame > lastFrame || isContradicted(keyframe, stretches.flat())) continue
    const there = keyframes.get(keyframe.frame)
    if (there && !there.outside && !keyframe.outside) return 'same-frame'
    if (!there || there.outside) keyframes.set(keyframe.frame, keyframe)
  }
  const starts = new Set(parts.map(({ frame }) => frame))
  const ordered = withDefaults(
    [...keyframes.values()].sort((a, b) => a.frame - b.frame),
    starts,
    mutable,
  )
  const { id, labelId, group, source, type } = first
  const attributes = first.attributes.filter(({ specId }) => !mutable.has(specId))
  const frame = ordered[0]?.frame ?? first.frame
  const whole: Track = {
    ...{ kind: 'track', id, frame, labelId, group, source, attributes, type },
    keyframes: ordered,
  }
  return seamsOf(parts).reduce(withoutSeam, whole)
}

/** What a part states, with its mutable attributes on its first keyframe: they were in force there. */
function statementsOf(part: Shape | Track, mutable: MutableDefaults): Keyframe[] {
  const own = part.attributes.filter(({ specId }) => mutable.has(specId))
  if (part.kind === 'shape') {
    const seen = { ...keyframeOf(part), attributes: own }
    return [seen, { ...seen, frame: part.frame + 1, outside: true, attributes: [] }]
  }
  const [first, ...rest] = part.keyframes
  if (!first || own.length === 0) return [...part.keyframes]
  const said = [...own.filter((one) => !isIn(first.attributes, one)), ...first.attributes]
  return [{ ...first, attributes: said }, ...rest]
}

/** One part says it is not seen there, another that it is: then it is. */
function isContradicted({ frame, outside }: Keyframe, stretches: readonly Stretch[]): boolean {
  return outside && stretches.some(([first, last]) => frame >= first && frame <= last)
}

/** Where a part begins and is silent about an attribute, its default holds, not what an earlier part said last. */
function withDefaults(
  keyframes: readonly Keyframe[],
  starts: ReadonlySet<FrameIndex>,
  mutable: MutableDefaults,
): Keyframe[] {
  const said = new Set<AttributeId>()
  return keyframes.map((keyframe) => {
    const { attributes } = keyframe
    const silent = starts.has(keyframe.frame)
      ? [...mutable].filter(([id]) => said.has(id) && !attributes.some((one) => one.specId === id))
      : []
    for (const { specId } of attributes) said.add(specId)
    if (silent.length === 0) return keyframe
    const defaults = silent.map(([specId, value]) => ({ specId, value }))
    return { ...keyframe, attributes: [...attributes, ...defaults] }
  })
}

const isIn = (values: readonly AttributeValue[], { specId }: AttributeValue): boolean =>
  values.some((one) => one.specId === specId)

/** First and last frame of it. */
type Stretch = readonly [FrameIndex, FrameIndex]

/** The stretches on which a part is seen, as far as it states them: how long a last keyframe holds is not stated. */
function stretchesOf(part: Shape | Track): Stretch[] {
  if (part.kind === 'shape') return [[part.frame, part.frame]]
  const stretches: Stretch[] = []
  let begun: FrameIndex | null = null
  for (const { frame, outside } of part.keyframes) {
    if (!outside) begun ??= frame
    else if (begun !== null) {
      stretches.push([begun, frame - 1])
      begun = null
    }
  }
  if (begun !== null) stretches.push([begun, part.keyframes.at(-1)?.frame ?? begun])
  return stretches
}

/** Of two shapes on one frame the message says more, so stretches of one frame that coincide are not meant. */
function runBesideEachOther(stretches: readonly Stretch[]): boolean {
  const all = [...stretches].sort((a, b) => a[0] - b[0])
  let reach = -1
  for (const [first, last] of all) {
    if (first < reach) return true
    reach = Math.max(reach, last)
  }
  return false
}

/** Frames on which one track takes up what another left off, as the halves of a split do. */
function seamsOf(parts: readonly (Shape | Track)[]): FrameIndex[] {
  const tracks = parts.filter((part) => part.kind === 'track')
  const ends = new Set(tracks.flatMap(({ keyframes }) => keyframes.filter(isEnd)).map(frameOf))
  return tracks.map(({ frame }) => frame).filter((frame) => ends.has(frame))
}

const isEnd = ({ outside }: Keyframe): boolean => outside
const frameOf = ({ frame }: Keyframe): FrameIndex => frame

/** Splitting states two positions that say nothing new; where nothing was changed since, they go again. */
function withoutSeam(track: Track, seam: FrameIndex): Track {
  const frames = [seam - 1, seam]
  for (const dropped of [frames, [seam - 1], [seam]]) {
    const keyframes = track.keyframes.filter(({ frame }) => !dropped.includes(frame))
    if (keyframes.length + dropped.length > track.keyframes.length) continue
    const [first] = keyframes
    if (!first || first.frame > seam - 1 || !hasNeighbours(track, dropped)) continue
    const thinner = { ...track, keyframes }
    if (frames.every((frame) => isSame(positionOn(thinner, frame), positionOn(track, frame))))
      return thinner
  }
  return track
}

/** Only between keyframes: a position stated at a track's end is where it stays, whatever it was before. */
function hasNeighbours({ keyframes }: Track, dropped: readonly FrameIndex[]): boolean {
  const at = keyframeAt(keyframes, dropped[0] ?? 0)
  return at > 0
}

/** Pixels: beyond it a position was changed, within it it was rounded. */
const ROUNDING = 1e-6

function isSame(a: Keyframe | null, b: Keyframe | null): boolean {
  if (!a || !b) return a === b
  const near = (left: readonly number[], right: readonly number[]) =>
    left.length === right.length &&
    left.every((value, at) => Math.abs(value - (right[at] ?? 0)) <= ROUNDING)
  return (
    a.outside === b.outside &&
    a.occluded === b.occluded &&
    a.zOrder === b.zOrder &&
    near(a.points, b.points) &&
    near([a.rotation], [b.rotation]) &&
    isSameValues(a.attributes, b.attributes) &&
    a.elements.length === b.elements.length &&
    a.elements.every((joint, at) => {
      const other = b.elements[at]
      return (
        other?.labelId === joint.labelId &&
        other.outside === joint.outside &&
        other.occluded === joint.occluded &&
        near(joint.points, other.points) &&
        isSameValues(joint.attributes, other.attributes)
      )
    })
  )
}

function isSameValues(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ specId, value }) => b.some((one) => one.specId === specId && one.value === value))
  )
}
