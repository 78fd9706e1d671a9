import type { Action } from '#renderer/state/actions.ts'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'
import { goTo } from '../bench/player.ts'
import { deleteChosen, dropOutsideChosen, nudgeChosen, trimHere } from '../timeline/edits.ts'
import { startOf } from '../timeline/lane.ts'
import type { Timeline } from '../timeline/model.ts'
import { selectRow } from '../timeline/pointer.ts'
import { isTimelineShown, timelineOf } from '../timeline/timelines.ts'
import { trackTargets } from '../tracks/keyframes.ts'

/** The tracks of the task over time: shown or not, looked at, and changed. */
export function timelineActions(bench: Bench): Action[] {
  return [
    {
      ...{ id: 'view.timeline', group: 'view', keys: ['T'], scope: 'workspace' },
      run: () => toggleTimeline(bench),
    },
    {
      ...{ id: 'timeline.focus', group: 'view', keys: ['Shift+T'], scope: 'workspace' },
      run: () => focusTimeline(bench),
    },
    ...trims(bench),
    ...looks(bench),
    ...lanes(bench),
    ...edits(bench),
  ]
}

const timeline = (bench: Bench): Timeline => timelineOf(bench)
const isShown = (bench: Bench) => () => isTimelineShown(bench)

/** Alt+[ and Alt+] as in editors of films: what is in hand begins or ends on the frame shown. */
function trims(bench: Bench): Action[] {
  const targets = () => trackTargets(bench).map(({ id }) => id)
  const trim = (edge: 'start' | 'end', keys: readonly string[]): Action => ({
    ...{ id: `timeline.trim-${edge}`, group: 'objects', keys, scope: 'workspace' },
    canRun: () => targets().length > 0 || (isTimelineShown(bench) && chosenLanes(bench).length > 0),
    run: () => {
      const meant = targets()
      return trimHere(bench, meant.length > 0 ? meant : chosenLanes(bench), edge)
    },
  })
  return [trim('start', ['Alt+[']), trim('end', ['Alt+]'])]
}

const chosenLanes = (bench: Bench) => timeline(bench).selected()

function looks(bench: Bench): Action[] {
  const look = (id: string, keys: readonly string[], run: () => void): Action => ({
    ...{ id: `timeline.${id}`, group: 'view', keys, scope: 'workspace', context: 'timeline' },
    canRun: isShown(bench),
    run,
  })
  return [
    look('zoom-in', ['=', '+'], () => timeline(bench).zoom(1.5)),
    look('zoom-out', ['-', '_'], () => timeline(bench).zoom(1 / 1.5)),
    look('fit', ['Shift+Z'], () => timeline(bench).fitAll()),
    look('fit-selection', ['Z'], () => timeline(bench).fitSelection()),
    look('search', ['/'], () => timeline(bench).focus('search')),
    look('on-frame', [], () => {
      const { onFrameOnly } = timeline(bench).state.getState()
      timeline(bench).setOnFrameOnly(!onFrameOnly)
    }),
    look('thumbnails', [], () => {
      const { timeline: now } = useSettings.getState()
      setSettings({ timeline: { ...now, thumbnails: !now.thumbnails } })
    }),
  ]
}

function lanes(bench: Bench): Action[] {
  const walk = (id: string, keys: readonly string[], run: () => void): Action => ({
    ...{ id: `timeline.${id}`, group: 'view', keys, scope: 'workspace', context: 'timeline' },
    canRun: isShown(bench),
    run,
  })
  return [
    walk('previous-lane', ['Up'], () => timeline(bench).walk(-1)),
    walk('next-lane', ['Down'], () => timeline(bench).walk(1)),
    walk('lane-start', ['Enter'], () => openLane(bench)),
  ]
}

/** Enter: the track in hand, here or where it begins; once more, at its beginning. */
function openLane(bench: Bench): void {
  const { focused } = timeline(bench).state.getState()
  if (focused === null) return
  const lane = timeline(bench).lane(focused)
  const start = lane && startOf(lane)
  const { active } = bench.document.state.getState()
  if (active.includes(focused) && start !== null) goTo(bench, start)
  else selectRow(timeline(bench), focused)
}

function edits(bench: Bench): Action[] {
  const stride = () => useSettings.getState().playerStep
  const hasChosen = () => timeline(bench).state.getState().chosen !== null
  const edit = (
    id: string,
    keys: readonly string[],
    run: () => void | Promise<void>,
    when = hasChosen,
  ): Action => ({
    ...{ id: `timeline.${id}`, group: 'objects', keys, scope: 'workspace', context: 'timeline' },
    when,
    canRun: () => isTimelineShown(bench) && when(),
    run,
  })
  const hasLanes = () => timeline(bench).selected().length > 0
  const nudge = (by: () => number) => () => nudgeChosen(timeline(bench), by())
  return [
    edit('delete-keyframes', ['Del'], () => deleteChosen(timeline(bench))),
    edit(
      'nudge-later',
      ['Alt+Right'],
      nudge(() => 1),
    ),
    edit(
      'nudge-earlier',
      ['Alt+Left'],
      nudge(() => -1),
    ),
    edit('nudge-far-later', ['Shift+Alt+Right'], nudge(stride)),
    edit(
      'nudge-far-earlier',
      ['Shift+Alt+Left'],
      nudge(() => -stride()),
    ),
    edit('drop-outside', ['Shift+O'], () => dropOutsideChosen(timeline(bench)), hasLanes),
    edit('choose-all', ['Ctrl+A'], () => chooseAll(bench), hasLanes),
    edit('mark-start', ['['], () => mark(bench, 'start'), hasLanes),
    edit('mark-end', [']'], () => mark(bench, 'stop'), hasLanes),
    edit('clear', ['Esc'], () => timeline(bench).choose(null)),
  ]
}

/** Every keyframe of the tracks in hand. */
function chooseAll(bench: Bench): void {
  timeline(bench).choose({ ...bench.document.range, ids: new Set(timeline(bench).selected()) })
}

/** [ and ]: keyframes from the frame shown on, or up to it, of the tracks in hand. */
function mark(bench: Bench, end: 'start' | 'stop'): void {
  const { frame } = bench.document.state.getState()
  const { range } = bench.document
  const { chosen } = timeline(bench).state.getState()
  const span = { ...(chosen ?? range), [end]: frame }
  const isTurned = span.start > span.stop
  const ids = chosen?.ids ?? new Set(timeline(bench).selected())
  timeline(bench).choose({
    ids,
    start: isTurned && end === 'stop' ? range.start : span.start,
    stop: isTurned && end === 'start' ? range.stop : span.stop,
  })
}

function toggleTimeline(bench: Bench): void {
  const { timeline: now } = useSettings.getState()
  const kind = bench.ui.getState().task.mode === 'interpolation' ? 'video' : 'images'
  setSettings({ timeline: { ...now, [kind]: !now[kind] } })
}

function focusTimeline(bench: Bench): void {
  if (!isTimelineShown(bench)) toggleTimeline(bench)
  // It is mounted with the next rendering.
  requestAnimationFrame(() => requestAnimationFrame(() => timeline(bench).focus('lanes')))
}
