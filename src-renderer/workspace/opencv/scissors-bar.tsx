import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconGripVertical,
  IconScissors,
} from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { counted } from '#renderer/ui/format.ts'
import classes from '../ai/ai.module.css'
import { BarLabel } from '../ai/bar-label.tsx'
import { DensitySlider } from '../ai/density-slider.tsx'
import { ProblemStrip } from '../ai/interaction-strip.tsx'
import { useUi } from '../bench/context.ts'
import maskClasses from '../masks/masks.module.css'
import { usePlace } from '../masks/use-place.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { actionTitle } from '../parts/action-text.ts'
import { fitsScissors, type Scissoring } from './scissoring.ts'

/** The tools of the outline being cut along edges; nothing while none is. */
export function ScissorsBar() {
  const now = useUi((state) => state.scissoring)
  return now && <Bar now={now} />
}

function Bar({ now }: { now: Scissoring }) {
  const { t } = useTranslation('ai')
  const { session, labelId } = now
  const { ref, place, onGrip } = usePlace('fieldmark.interaction-bar')
  const problem = useStore(now.problem, (state) => state.problem)
  const points = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.outline.length / 2,
  )
  useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => [session.canUndo, session.canRedo, session.density].join(),
  )
  return (
    <div
      ref={ref}
      className={maskClasses.bar}
      role="toolbar"
      aria-label={actionTitle('modes.scissors')}
      data-placed={place !== null}
      {...(place ? { style: place } : {})}
    >
      <span className={maskClasses.grip} title={t('move')} onPointerDown={onGrip}>
        <IconGripVertical size={16} stroke={1.5} />
      </span>
      <IconScissors size={17} stroke={1.5} aria-hidden="true" />
      <DensitySlider
        value={session.density}
        onChange={(density) => {
          session.density = density
        }}
      />
      <hr className={maskClasses.rule} />
      <ActionButton action="ai.undo" icon={IconArrowBackUp} disabled={!session.canUndo} {...look} />
      <ActionButton
        action="ai.redo"
        icon={IconArrowForwardUp}
        disabled={!session.canRedo}
        {...look}
      />
      <hr className={maskClasses.rule} />
      <BarLabel labelId={labelId} fits={fitsScissors} />
      <ActionButton action="ai.done" icon={IconCheck} {...look} />
      {problem ? (
        <ProblemStrip problem={problem} />
      ) : (
        <div className={classes.strip}>
          <span role="status">{t('points', counted(points))}</span>
        </div>
      )}
    </div>
  )
}

const look = { size: 30, side: 'bottom' } as const
