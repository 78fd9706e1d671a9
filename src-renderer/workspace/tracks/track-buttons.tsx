import {
  IconChevronLeft,
  IconChevronLeftPipe,
  IconChevronRight,
  IconChevronRightPipe,
  IconEyeX,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Track } from '#shared/domain/annotation.ts'
import { keyframeFrom } from '#shared/tracks/edit.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { statedOn } from '#shared/tracks/on-frame.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { FlagButton } from '../parts/flag-button.tsx'
import { FollowSwitch } from '../trackers/follow-switch.tsx'
import { goToKeyframe, switchKeyframe, switchOutside } from './keyframes.ts'
import classes from './tracks.module.css'

const steps = [
  { step: 'first', icon: IconChevronLeftPipe },
  { step: 'previous', icon: IconChevronLeft },
  { step: 'next', icon: IconChevronRight },
  { step: 'last', icon: IconChevronRightPipe },
] as const

/** A track's own line in the list: its keyframes to walk, whether this frame is one, and whether it is seen here. */
export function TrackButtons({ track, isPassing }: { track: Track; isPassing: boolean }) {
  return isPassing ? <div className={classes.line} /> : <Buttons track={track} />
}

function Buttons({ track }: { track: Track }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const frame = useDocument((state) => state.frame)
  const marks = useDocument((state) => state.marks)
  const isKeyframe = statedOn(track, frame) !== undefined
  const isOutside = positionOn(track, frame, marks)?.outside ?? false
  return (
    <div className={classes.line}>
      {steps.map(({ step, icon: Glyph }) => (
        <button
          key={step}
          type="button"
          className={classes.button}
          title={t(`keyframe-${step}`)}
          aria-label={t(`keyframe-${step}`)}
          disabled={isIdle(track, frame, step)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            event.stopPropagation()
            goToKeyframe(bench, track, step)
          }}
        >
          <Glyph size={15} stroke={1.5} />
        </button>
      ))}
      <span className={classes.facts}>{t('keyframeCount', { count: track.keyframes.length })}</span>
      <FollowSwitch track={track} />
      <FlagButton
        label={t('keyframe')}
        icon={isKeyframe ? IconStarFilled : IconStar}
        isOn={isKeyframe}
        onToggle={() => switchKeyframe(bench, [track])}
      />
      <FlagButton
        label={t('outside')}
        icon={IconEyeX}
        isOn={isOutside}
        onToggle={() => switchOutside(bench, [track])}
      />
    </div>
  )
}

function isIdle(track: Track, frame: number, step: (typeof steps)[number]['step']): boolean {
  const to = keyframeFrom(track, frame, step)
  return to === null || to === frame
}
