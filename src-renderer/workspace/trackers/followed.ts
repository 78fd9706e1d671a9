import type { TrackerInfo } from '#shared/contract/trackers.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Bench } from '../bench/bench.ts'

/** A track that a tracker leads on whenever the person goes to the next frame. Lasts as long as the task is open. */
export interface Followed {
  readonly tracker: TrackerInfo
  /** The switch in the list: off, the track is left alone. */
  readonly isOn: boolean
  /** What the tracker last answered, by which it knows the object again; null = it has not seen it. */
  readonly state: string | null
  /** Points as the tracker left them: who changes them makes it begin anew. */
  readonly left: readonly number[] | null
}

/** What a tracker is doing now: shown over the picture while it takes noticeable time. */
export interface FollowingNow {
  readonly tracker: string
  readonly count: number
  /** Of them: those it sees for the first time, or after a person changed them. */
  readonly begun: number
  readonly frame: number
  /** Runs ahead by itself until this frame; null = one step, with the person. */
  readonly until: number | null
}

export function startFollowing(bench: Bench, ids: readonly AnnotationId[], tracker: TrackerInfo) {
  setFollowed(bench, ids, () => ({ tracker, isOn: true, state: null, left: null }))
}

/** The switch in the list. */
export function toggleFollowing(bench: Bench, id: AnnotationId): void {
  setFollowed(bench, [id], (known) => known && { ...known, isOn: !known.isOn })
}

/** The tracker has not seen it, or a person has put it elsewhere since. */
export function isNewTo(followed: Followed | undefined, points: readonly number[]): boolean {
  const { state = null, left = null } = followed ?? {}
  if (state === null || left?.length !== points.length) return true
  return left.some((value, at) => value !== points[at])
}

/** @param how  what becomes of each; undefined leaves it out */
export function setFollowed(
  bench: Bench,
  ids: readonly AnnotationId[],
  how: (known: Followed | undefined, id: AnnotationId) => Followed | undefined,
): void {
  const followed = new Map(bench.ui.getState().followed)
  for (const id of ids) {
    const next = how(followed.get(id), id)
    if (next) followed.set(id, next)
    else followed.delete(id)
  }
  bench.ui.setState({ followed })
}

/** A followed object says on the picture what leads it. */
export function textWithTracker(text: string, followed: Followed | undefined): string {
  if (!followed?.isOn) return text
  return text === '' ? followed.tracker.name : `${text} · ${followed.tracker.name}`
}
