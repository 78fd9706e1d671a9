import { client } from '#renderer/state/client.ts'
import { aiSettings } from '#renderer/state/known-functions.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { stepOf } from '#renderer/state/steps.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { withKeyframe } from '#shared/tracks/on-frame.ts'
import { annotationsOf, type Bench, commonLabel } from '../bench/bench.ts'
import { type Followed, isNewTo, setFollowed } from './followed.ts'

interface Led {
  readonly followed: Followed
  /** As it is now, with the keyframes found so far. */
  track: Track
}

/**
 * The next frame came: every followed track whose last keyframe is on the frame before is found there and gets a keyframe,
 * as in CVAT. Steps that come faster than the tracker wait in line. @returns how to stop listening
 */
export function watchFrames(bench: Bench): () => void {
  let line: Promise<unknown> = Promise.resolve()
  return bench.document.state.subscribe((now, before) => {
    if (now.frame !== before.frame + 1 || bench.ui.getState().isPlaying) return
    if (bench.ui.getState().followed.size === 0) return
    const [from, to] = [before.frame, now.frame]
    line = line.then(() => followStep(bench, from, to))
  })
}

async function followStep(bench: Bench, from: FrameIndex, to: FrameIndex): Promise<void> {
  const led = ledFrom(bench, from, [...bench.ui.getState().followed.keys()])
  if (led.length === 0) return
  const before = led.map(({ track }) => track)
  try {
    await findOn(bench, led, from, to, null)
  } catch (error) {
    notifyProblem(problemOf(error))
  } finally {
    bench.ui.setState({ following: null })
  }
  applyFound(bench, before, led, to)
}

/**
 * Lead the tracks on by themselves, frame after frame, until `until`, until all are lost, or until `signal` says stop. What was
 * found is one step of history.
 */
export async function followAhead(
  bench: Bench,
  ids: readonly AnnotationId[],
  until: FrameIndex,
  signal: AbortSignal,
): Promise<void> {
  const start = bench.document.state.getState().frame
  let led = ledFrom(bench, start, ids)
  const before = led.map(({ track }) => track)
  const all = led
  let frame = start
  try {
    while (frame < until && led.length > 0 && !signal.aborted) {
      led = await findOn(bench, led, frame, frame + 1, until)
      frame += 1
    }
  } catch (error) {
    notifyProblem(problemOf(error))
  } finally {
    bench.ui.setState({ following: null })
  }
  applyFound(bench, before, all, frame)
  await bench.document.goTo(frame)
}

/** Of these, the tracks a tracker can lead on from this frame: seen here last, and free. */
function ledFrom(bench: Bench, frame: FrameIndex, ids: readonly AnnotationId[]): Led[] {
  const { followed } = bench.ui.getState()
  return annotationsOf(bench, ids).flatMap((one): Led[] => {
    const tracker = followed.get(one.id)
    if (one.kind !== 'track' || !tracker?.isOn) return []
    if (!tracker.tracker.shapeTypes.includes(one.type)) return []
    const last = one.keyframes.at(-1)
    const isFree = !bench.document.viewOf(one.id).locked
    return last?.frame === frame && !last.outside && isFree
      ? [{ followed: tracker, track: one }]
      : []
  })
}

/** Asks the core, one request a tracker. @returns those that were found */
async function findOn(
  bench: Bench,
  led: readonly Led[],
  from: FrameIndex,
  to: FrameIndex,
  until: FrameIndex | null,
): Promise<Led[]> {
  const found: Led[] = []
  for (const [id, group] of Map.groupBy(led, ({ followed }) => followed.tracker.id)) {
    const { name } = group[0]?.followed.tracker ?? { name: id }
    const objects = group.map(({ track }) => ({
      shape: lastOf(track),
      state: bench.ui.getState().followed.get(track.id)?.state ?? null,
    }))
    const { followed } = bench.ui.getState()
    const begun = group.filter(({ track }) =>
      isNewTo(followed.get(track.id), lastOf(track).points),
    ).length
    const count = led.length
    bench.ui.setState({ following: { tracker: name, count, begun, frame: to, until } })
    const { taskId } = bench
    const { minScore } = aiSettings().track
    const answer = await client.trackers.follow({
      ...{ taskId, tracker: id, from, to, objects, minScore },
    })
    group.forEach((one, at) => {
      const { shape, state } = answer.objects[at] ?? { shape: null, state: null }
      setFollowed(
        bench,
        [one.track.id],
        (known) => known && { ...known, state, isOn: shape !== null, left: shape?.points ?? null },
      )
      const last = one.track.keyframes.at(-1)
      if (!shape || !last) return
      one.track = withKeyframe(one.track, seenAt(last, to, shape))
      found.push(one)
    })
  }
  if (found.length < led.length) bench.ui.setState({ hint: 'trackerLost' })
  return found
}

function seenAt(
  last: Keyframe,
  frame: FrameIndex,
  { points, rotation }: Pick<Keyframe, 'points' | 'rotation'>,
): Keyframe {
  return { ...last, frame, points, rotation, attributes: [] }
}

function lastOf({ type, keyframes }: Track) {
  const { points = [], rotation = 0 } = keyframes.at(-1) ?? {}
  return { type, points, rotation }
}

/** One step for all; a track that was changed by hand meanwhile keeps what the hand did. */
function applyFound(
  bench: Bench,
  before: readonly Track[],
  led: readonly Led[],
  frame: FrameIndex,
): void {
  const changed = before.flatMap((was, at): AnnotationOperation[] => {
    const after = led[at]?.track
    const [now] = annotationsOf(bench, [was.id])
    const isSame =
      now?.kind === 'track' && now.keyframes.at(-1)?.frame === was.keyframes.at(-1)?.frame
    if (!after || after === was || !isSame) return []
    const known = new Set(was.keyframes.map((keyframe) => keyframe.frame))
    const added = after.keyframes.filter((keyframe) => !known.has(keyframe.frame))
    return [{ kind: 'update', before: now, after: added.reduce(withKeyframe, now) }]
  })
  if (changed.length === 0) return
  bench.document.apply({ ...stepOf('follow', changed, commonLabel(bench, before)), frame })
}
