import type { StepVerb } from '#renderer/state/steps.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import { trimTrack } from '#shared/tracks/retime.ts'
import { goTo, scrubTo } from '../bench/player.ts'
import { applyEdit, editableTracks, shiftChosen, shifted, type TrackEdit } from './edits.ts'
import { type Lane, laneOf } from './lane.ts'
import { HEAD_PX, LANE_PX } from './layout.ts'
import type { Timeline } from './model.ts'
import { frameAt } from './time-view.ts'
import type { Chosen } from './timeline-state.ts'

/** A place in the drawing area, CSS pixels. */
export interface At {
  readonly x: number
  readonly y: number
}

/** What a pressed pointer does until it is let go. `cancel` leaves everything as it was. */
export interface Gesture {
  move(at: At): void
  end(at: At): void
  cancel(): void
}

/** Far enough to be meant as a drag, CSS pixels. */
const SLACK_PX = 3

/** A gesture that begins only once the pointer is really moved; until then it is a click. */
export function dragOrClick(start: At, drag: () => Gesture, click: () => void): Gesture {
  let running: Gesture | null = null
  return {
    move(at) {
      if (!running && Math.hypot(at.x - start.x, at.y - start.y) < SLACK_PX) return
      running ??= drag()
      running.move(at)
    },
    end(at) {
      if (running) running.end(at)
      else click()
    },
    cancel: () => running?.cancel(),
  }
}

/** The frame at a place, on the job. */
export function frameOf({ state, bench }: Timeline, x: number): FrameIndex {
  const { start, stop } = bench.document.range
  return Math.max(start, Math.min(stop, frameAt(state.getState().view, x - HEAD_PX)))
}

/** The playhead goes where the pointer is. Given up, it goes back. */
export function scrub(timeline: Timeline, start: At): Gesture {
  const { bench } = timeline
  const before = bench.document.state.getState().wanted
  let last: FrameIndex | null = null
  const move = ({ x }: At) => {
    const frame = frameOf(timeline, x)
    if (frame === last) return
    last = frame
    scrubTo(bench, frame)
  }
  move(start)
  return {
    move,
    end: () => goTo(bench, last ?? before),
    cancel: () => goTo(bench, before),
  }
}

/** Keyframes within frames and lanes: a rectangle pulled open. */
export function chooseRange(timeline: Timeline, start: At): Gesture {
  const before = timeline.state.getState().chosen
  const from = frameOf(timeline, start.x)
  const rowOf = (y: number) => {
    const { rows, scroll } = timeline.state.getState()
    const row = Math.floor((y - timeline.layout.lanes.top + scroll) / LANE_PX)
    return Math.max(0, Math.min(rows.length - 1, row))
  }
  const first = rowOf(start.y)
  const move = ({ x, y }: At) => {
    const [to, last] = [frameOf(timeline, x), rowOf(y)]
    const { rows } = timeline.state.getState()
    const inside = rows.slice(Math.min(first, last), Math.max(first, last) + 1)
    timeline.choose({
      start: Math.min(from, to),
      stop: Math.max(from, to),
      ids: new Set(inside.map(({ id }) => id)),
    })
  }
  return { move, end: move, cancel: () => timeline.choose(before) }
}

/** Keyframes on another frame: those chosen when the one taken is among them, else that one alone. */
export function dragKeyframes(
  timeline: Timeline,
  taken: { readonly id: AnnotationId; readonly frame: FrameIndex },
): Gesture {
  const { bench } = timeline
  const { chosen: before } = timeline.state.getState()
  const isAmong =
    before?.ids.has(taken.id) && taken.frame >= before.start && taken.frame <= before.stop
  const chosen: Chosen =
    before && isAmong ? before : { ids: new Set([taken.id]), start: taken.frame, stop: taken.frame }
  const editFor = (tracks: readonly Track[], x: number) =>
    shiftChosen(tracks, chosen, frameOf(timeline, x) - taken.frame, bench.document.range)
  return edit(timeline, {
    ids: chosen.ids,
    verb: 'retime',
    editAt: (tracks, { x }) => editFor(tracks, x).edit,
    shown: (tracks, { x }) => timeline.choose(shifted(chosen, editFor(tracks, x).by)),
    cancelled: () => timeline.choose(before),
  })
}

/** The first or last frame a track is seen on. @param tell  hears which frame that would be */
export function dragEdge(
  timeline: Timeline,
  taken: { readonly id: AnnotationId; readonly edge: 'start' | 'end' },
  tell: (frame: FrameIndex) => void,
): Gesture {
  const { range, state } = timeline.bench.document
  const { marks } = state.getState()
  // The beginning of a bar lies before its first frame, the end behind its last one.
  const edgeAt = ({ x }: At) => {
    const half = timeline.state.getState().view.perFrame / 2
    return frameOf(timeline, taken.edge === 'start' ? x + half : x - half)
  }
  return edit(timeline, {
    ids: new Set([taken.id]),
    verb: 'trim',
    editAt: (_tracks, at) => {
      const frame = edgeAt(at)
      return (track) => trimTrack(track, taken.edge, frame, range, marks)
    },
    shown: (_tracks, at) => tell(edgeAt(at)),
    cancelled: () => undefined,
  })
}

interface EditGesture {
  readonly ids: ReadonlySet<AnnotationId>
  readonly verb: StepVerb
  editAt(tracks: readonly Track[], at: At): TrackEdit
  /** What else shows of it. */
  shown(tracks: readonly Track[], at: At): void
  cancelled(): void
}

/** Shows on the lanes what would become of the tracks, and does it once the pointer is let go: one step. */
function edit(timeline: Timeline, gesture: EditGesture): Gesture {
  const { bench } = timeline
  let tracks: readonly Track[] | null = null
  let last: At | null = null
  let isOver = false
  const show = (at: At) => {
    last = at
    if (!tracks || isOver) return
    const change = gesture.editAt(tracks, at)
    const preview = new Map<AnnotationId, Lane>()
    for (const track of tracks) {
      const after = change(track)
      if (after !== track) preview.set(track.id, laneOf(after))
    }
    timeline.state.setState({ preview })
    gesture.shown(tracks, at)
  }
  const loading = editableTracks(bench, gesture.ids).then((found) => {
    tracks = found
    if (last) show(last)
  })
  const leave = () => {
    isOver = true
    timeline.state.setState({ preview: new Map() })
  }
  return {
    move: show,
    end(at) {
      show(at)
      void loading.then(async () => {
        if (isOver) return
        // As they are now: undone or changed from elsewhere meanwhile, the gesture is done to what is there.
        const now = await editableTracks(bench, gesture.ids)
        applyEdit(bench, gesture.verb, now, gesture.editAt(now, at))
        leave()
      })
    },
    cancel() {
      leave()
      gesture.cancelled()
    },
  }
}
