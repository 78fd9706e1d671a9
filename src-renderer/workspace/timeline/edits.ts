import { client } from '#renderer/state/client.ts'
import { type StepVerb, stepOf } from '#renderer/state/steps.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { toggleKeyframe } from '#shared/tracks/edit.ts'
import {
  commonRoom,
  deleteKeyframesIn,
  dropOutside,
  shiftKeyframes,
  shiftRoom,
  trimTrack,
  within,
} from '#shared/tracks/retime.ts'
import { splitTrack } from '#shared/tracks/split.ts'
import { type Bench, commonLabel } from '../bench/bench.ts'
import type { Timeline } from './model.ts'
import type { Chosen } from './timeline-state.ts'

/** What a gesture does to one track; the very same one where it does nothing. */
export type TrackEdit = (track: Track) => Track

/** Whole tracks by their ids, on whatever frames they are, those that are not locked; none and a hint where all are. */
export async function editableTracks(bench: Bench, ids: Iterable<AnnotationId>): Promise<Track[]> {
  const wanted = [...ids]
  const free = new Set(wanted.filter((id) => !bench.document.viewOf(id).locked))
  if (free.size === 0 && wanted.length > 0) bench.ui.setState({ hint: 'trackLocked' })
  if (free.size === 0) return []
  const held = (await bench.document.tracks()).filter(({ id }) => free.has(id))
  if (held.length === free.size) return held
  // Too many tracks to hold: those few come from the core, which has everything once the outbox is empty.
  await bench.document.outbox.flush()
  const { annotations } = await client.annotations.get({ taskId: bench.taskId, ids: [...free] })
  return annotations.filter((one): one is Track => one.kind === 'track')
}

/** One undoable step that does this to these tracks. Nothing happens where nothing changes. @returns whether it did */
export function applyEdit(
  bench: Bench,
  verb: StepVerb,
  tracks: readonly Track[],
  edit: TrackEdit,
): boolean {
  const operations = tracks.flatMap((before): AnnotationOperation[] => {
    const after = edit(before)
    return after === before ? [] : [{ kind: 'update', before, after }]
  })
  if (operations.length === 0) return false
  const { frame } = bench.document.state.getState()
  const changed = operations.flatMap((one) => (one.kind === 'update' ? [one.after] : []))
  bench.document.apply({ ...stepOf(verb, operations, commonLabel(bench, changed)), frame })
  return true
}

/** Keyframes chosen, so many frames later; they go together and stop where the first of them has to. */
export function shiftChosen(
  tracks: readonly Track[],
  chosen: Chosen,
  by: number,
  range: Bench['document']['range'],
): { edit: TrackEdit; by: number } {
  const way = within(commonRoom(tracks.map((track) => shiftRoom(track, chosen, range))), by)
  const amount = Number.isFinite(way) ? way : 0
  return { edit: (track) => shiftKeyframes(track, chosen, amount, range), by: amount }
}

/** Alt+Left and Alt+Right in the timeline. What was chosen stays chosen. */
export async function nudgeChosen(timeline: Timeline, by: number): Promise<void> {
  const { bench } = timeline
  const { chosen } = timeline.state.getState()
  if (!chosen) return
  const tracks = await editableTracks(bench, chosen.ids)
  const { edit, by: way } = shiftChosen(tracks, chosen, by, bench.document.range)
  if (applyEdit(bench, 'retime', tracks, edit)) timeline.choose(shifted(chosen, way))
}

export function shifted(chosen: Chosen, by: number): Chosen {
  return { ...chosen, start: chosen.start + by, stop: chosen.stop + by }
}

export async function deleteChosen(timeline: Timeline): Promise<void> {
  const { bench } = timeline
  const { chosen } = timeline.state.getState()
  if (!chosen) return
  const { range } = bench.document
  const tracks = await editableTracks(bench, chosen.ids)
  const isDone = applyEdit(bench, 'delete-keyframes', tracks, (track) =>
    deleteKeyframesIn(track, chosen, range),
  )
  if (isDone) timeline.choose(null)
  else if (tracks.length > 0) bench.ui.setState({ hint: 'onlyKeyframe' })
}

/** Keyframes within the range chosen (else all of the selected tracks) that say "not seen" are taken away. */
export async function dropOutsideChosen(timeline: Timeline): Promise<void> {
  const { bench } = timeline
  const { range } = bench.document
  const span = timeline.state.getState().chosen ?? range
  const ids = timeline.state.getState().chosen?.ids ?? timeline.selected()
  const tracks = await editableTracks(bench, ids)
  applyEdit(bench, 'outside', tracks, (track) => dropOutside(track, span, range))
}

/** Alt+[ and Alt+]: the tracks begin, or end, on the frame shown. */
export async function trimHere(
  bench: Bench,
  ids: Iterable<AnnotationId>,
  edge: 'start' | 'end',
  frame: FrameIndex = bench.document.state.getState().frame,
): Promise<void> {
  const { marks } = bench.document.state.getState()
  const tracks = await editableTracks(bench, ids)
  applyEdit(bench, 'trim', tracks, (track) =>
    trimTrack(track, edge, frame, bench.document.range, marks),
  )
}

/** One track becomes two, the second beginning on `frame`; neither moves. */
export async function splitAt(bench: Bench, id: AnnotationId, frame: FrameIndex): Promise<void> {
  const [before] = await editableTracks(bench, [id])
  const [newId] = (before && bench.document.takeIds(1)) ?? []
  if (!before || newId === undefined) return
  const parts = splitTrack(before, frame, newId)
  if (!parts) {
    bench.ui.setState({ hint: 'splitNothing' })
    return
  }
  const operations: AnnotationOperation[] = [
    { kind: 'update', before, after: parts[0] },
    { kind: 'create', after: parts[1] },
  ]
  const shown = bench.document.state.getState().frame
  const step = stepOf('split', operations, commonLabel(bench, [before]))
  bench.document.apply({ ...step, frame: shown })
}

/** A double click on a bar: the position there is stated. Where there is a keyframe already it stays. */
export async function addKeyframe(
  bench: Bench,
  id: AnnotationId,
  frame: FrameIndex,
): Promise<void> {
  const { start, stop } = bench.document.range
  if (frame < start || frame > stop) return
  const tracks = await editableTracks(bench, [id])
  applyEdit(bench, 'keyframe', tracks, (track) =>
    track.keyframes.some((keyframe) => keyframe.frame === frame)
      ? track
      : toggleKeyframe(track, frame, bench.document.state.getState().marks),
  )
}
