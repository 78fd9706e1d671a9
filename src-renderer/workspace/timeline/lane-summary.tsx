import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUi } from '../bench/context.ts'
import { endOf, gapCount, startOf } from './lane.ts'
import { useTimeline, useTimelineState } from './use-timeline.ts'

/** The lane in focus in words: what a drawing cannot tell those who do not see it. */
export function LaneSummary({ id }: { id: string }) {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  const labelsById = useUi((state) => state.labelsById)
  const focused = useTimelineState(timeline, (state) => state.focused)
  useTimelineState(timeline, (state) => state.version)
  const lane = focused === null ? null : timeline.lane(focused)
  const start = lane && startOf(lane)
  const text =
    lane && start !== null
      ? t('say-lane', {
          label: labelsById.get(lane.labelId)?.name ?? '',
          number: lane.id,
          start,
          stop: endOf(lane, timeline.lastFrame),
          keyframes: lane.frames.length,
          gaps: gapCount(lane),
        })
      : t('say-none')
  return (
    <VisuallyHidden>
      <p id={id} aria-live="polite">
        {text}
      </p>
    </VisuallyHidden>
  )
}
