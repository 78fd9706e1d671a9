import {
  IconEye,
  IconEyeOff,
  IconEyeX,
  IconLock,
  IconLockOpen,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { plainView } from '#renderer/state/journal.ts'
import { toggleKeyframe, toggleOutside } from '#shared/tracks/edit.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { FlagButton } from '../parts/flag-button.tsx'
import { applyEdit, editableTracks } from './edits.ts'
import { hasKeyframe, isSeenOn, keyframeBefore } from './lane.ts'
import { LANE_PX } from './layout.ts'
import classes from './timeline.module.css'
import { useTimeline, useTimelineState } from './use-timeline.ts'

/** The buttons of the lane in focus, over its head: the only row of which React knows. */
export function FocusedRow() {
  const timeline = useTimeline()
  const focused = useTimelineState(timeline, (state) => state.focused)
  const row = useTimelineState(timeline, (state) =>
    state.focused === null ? -1 : state.rows.findIndex(({ id }) => id === state.focused),
  )
  const scroll = useTimelineState(timeline, (state) => state.scroll)
  useTimelineState(timeline, (state) => state.version)
  const { lanes } = timeline.layout
  const top = lanes.top + row * LANE_PX - scroll
  const isInSight = row >= 0 && top >= lanes.top && top + LANE_PX <= lanes.top + lanes.height
  if (focused === null || !isInSight) return null
  return <Buttons id={focused} top={top} />
}

function Buttons({ id, top }: { id: NonNullable<ReturnType<typeof useFocused>>; top: number }) {
  const { t } = useTranslation(['timeline', 'workspace'])
  const bench = useBench()
  const timeline = useTimeline()
  const frame = useDocument((state) => state.frame)
  const view = useDocument((state) => state.views.get(id) ?? plainView)
  const lane = timeline.lane(id)
  if (!lane) return null
  const edit = async (verb: 'keyframe' | 'outside') => {
    const { marks } = bench.document.state.getState()
    const tracks = await editableTracks(bench, [id])
    const how = verb === 'keyframe' ? toggleKeyframe : toggleOutside
    const isDone = applyEdit(bench, verb, tracks, (track) => how(track, frame, marks))
    if (!isDone && tracks.length > 0 && verb === 'keyframe')
      bench.ui.setState({ hint: 'onlyKeyframe' })
  }
  const isKeyframe = hasKeyframe(lane, frame)
  const hasBegun = keyframeBefore(lane, frame) >= 0
  return (
    <div className={classes.rowButtons} style={{ top }}>
      <FlagButton
        label={t('workspace:keyframe')}
        icon={isKeyframe ? IconStarFilled : IconStar}
        isOn={isKeyframe}
        onToggle={() => void edit('keyframe')}
      />
      <FlagButton
        label={t('workspace:outside')}
        icon={IconEyeX}
        isOn={hasBegun && !isSeenOn(lane, frame)}
        onToggle={() => void edit('outside')}
      />
      <FlagButton
        label={t('lock')}
        icon={view.locked ? IconLock : IconLockOpen}
        isOn={view.locked}
        onToggle={() => bench.document.setView([id], { locked: !view.locked })}
      />
      <FlagButton
        label={t('hide')}
        icon={view.hidden ? IconEyeOff : IconEye}
        isOn={view.hidden}
        onToggle={() => bench.document.setView([id], { hidden: !view.hidden })}
      />
    </div>
  )
}

function useFocused() {
  return useTimelineState(useTimeline(), (state) => state.focused)
}
