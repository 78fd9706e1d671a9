import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react'
import { type CSSProperties, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { useBench, usePlace, useUi } from '../bench/context.ts'
import { scrubTo } from '../bench/player.ts'
import { StepButton } from '../filter/step-button.tsx'
import { FrameButtons } from '../frames/frame-buttons.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { SpeedMenu } from '../playback/speed-menu.tsx'
import { FrameField } from './frame-field.tsx'
import { FrameName } from './frame-name.tsx'
import classes from './top-bar.module.css'

/** First, back, previous, play, next, forward, last; the slider over the picture's name; the frame number. */
export function Player() {
  const isPlaying = useUi((state) => state.isPlaying)
  const way = useUi((state) => state.playWay)
  const frame = usePlace((state) => state.wanted)
  const { start, stop } = useBench().document.range
  const atStart = frame <= start
  const atEnd = frame >= stop
  return (
    <div className={classes.player}>
      <div className={classes.buttons}>
        <ActionButton action="player.first" icon={IconPlayerSkipBack} disabled={atStart} />
        <ActionButton action="player.backward" icon={IconPlayerTrackPrev} disabled={atStart} />
        <StepButton direction="previous" disabled={atStart} />
        <ActionButton
          action={isPlaying && way === -1 ? 'player.play-backward' : 'player.play'}
          icon={isPlaying ? IconPlayerPause : IconPlayerPlay}
          isOn={isPlaying}
        />
        <StepButton direction="next" disabled={atEnd} />
        <ActionButton action="player.forward" icon={IconPlayerTrackNext} disabled={atEnd} />
        <ActionButton action="player.last" icon={IconPlayerSkipForward} disabled={atEnd} />
        <SpeedMenu />
      </div>
      <div className={classes.track}>
        <FrameSlider />
        <FrameName />
      </div>
      <FrameField />
      <FrameButtons />
    </div>
  )
}

function FrameSlider() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const wanted = usePlace((state) => state.wanted)
  // The panels hear of a frame when it is painted; until then the slider must not go back from under the hand.
  const [held, setHeld] = useState<FrameIndex | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the frame is now, it is where the hand is or newer
  useEffect(() => setHeld(null), [wanted])
  const frame = held ?? wanted
  const { start, stop } = bench.document.range
  const share = stop > start ? (frame - start) / (stop - start) : 0
  return (
    <input
      type="range"
      className={classes.slider}
      style={{ '--share': share } as CSSProperties}
      aria-label={t('frame')}
      min={start}
      max={Math.max(stop, start)}
      value={frame}
      tabIndex={-1}
      onChange={(event) => {
        const to = Number(event.currentTarget.value)
        setHeld(to)
        scrubTo(bench, to)
      }}
      onPointerUp={(event) => event.currentTarget.blur()}
    />
  )
}
