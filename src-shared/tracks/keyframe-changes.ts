import type { Keyframe } from '#shared/domain/annotation.ts'

export interface KeyframeChanges {
  /** Frames whose keyframe is gone or says something else now. */
  readonly gone: readonly number[]
  /** Keyframes that are new or say something else than before. */
  readonly come: readonly Keyframe[]
}

/**
 * What differs between two lists of keyframes in order. One keyframe of 10,000 is moved again and again; writing the others
 * anew each time took 60 ms, finding out that they are the same takes two.
 */
export function keyframeChanges(
  before: readonly Keyframe[],
  after: readonly Keyframe[],
): KeyframeChanges {
  const gone: number[] = []
  const come: Keyframe[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]]
    if (old && (!now || old.frame < now.frame)) {
      gone.push(old.frame)
      i += 1
    } else if (now && (!old || now.frame < old.frame)) {
      come.push(now)
      j += 1
    } else if (old && now) {
      if (!isSame(old, now)) {
        gone.push(old.frame)
        come.push(now)
      }
      i += 1
      j += 1
    }
  }
  return { gone, come }
}

function isSame(a: Keyframe, b: Keyframe): boolean {
  return (
    a === b ||
    (a.rotation === b.rotation &&
      a.occluded === b.occluded &&
      a.outside === b.outside &&
      a.zOrder === b.zOrder &&
      isSameNumbers(a.points, b.points) &&
      isSameText(a.attributes, b.attributes) &&
      isSameText(a.elements ?? [], b.elements ?? []))
  )
}

function isSameNumbers(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  // Object.is: a stored -0 stays one.
  for (let at = 0; at < a.length; at += 1) if (!Object.is(a[at], b[at])) return false
  return true
}

/** As they are stored. Most lists are empty, which costs no text. */
function isSameText(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length === 0 || b.length === 0) return a.length === b.length
  return JSON.stringify(a) === JSON.stringify(b)
}
