import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconCircleMinus as CircleMinus,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconCirclePlus,
  IconCrop,
  IconEraser,
  IconGripVertical,
  IconPlus,
} from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { InteractSession } from '#renderer/canvas/tools/interact-session.ts'
import { runAction } from '#renderer/state/actions.ts'
import { setAi, useAi } from '#renderer/state/known-functions.ts'
import { useUi } from '../bench/context.ts'
import maskClasses from '../masks/masks.module.css'
import { usePlace } from '../masks/use-place.ts'
import { ActionButton, ActionHint } from '../parts/action-button.tsx'
import { actionTitle } from '../parts/action-text.ts'
import classes from './ai.module.css'
import { BarLabel } from './bar-label.tsx'
import { DensitySlider } from './density-slider.tsx'
import type { Interaction } from './interaction.ts'
import { resultTypeOf } from './interaction.ts'
import { InteractionStrip } from './interaction-strip.tsx'
import { ResultChoice } from './result-choice.tsx'

/** The tools of the object being pointed out, floating over the picture; nothing while none is. */
export function InteractionBar() {
  const now = useUi((state) => state.interaction)
  return now && <Bar now={now} />
}

function Bar({ now }: { now: Interaction }) {
  const { t } = useTranslation('ai')
  const { session, info, labelId, edited } = now
  const { ref, place, onGrip } = usePlace('fieldmark.interaction-bar')
  useLook(session)
  const onlyVisible = useAi((ai) => ai.onlyVisible)
  const density = useAi((ai) => ai.density)
  const label = useUi((state) => state.labelsById.get(labelId)) ?? null
  const wished = useAi((ai) => ai.result)
  const isPolygon = edited !== null || (label && resultTypeOf(label, wished)) === 'polygon'
  return (
    <div
      ref={ref}
      className={maskClasses.bar}
      role="toolbar"
      aria-label={t('bar')}
      data-placed={place !== null}
      {...(place ? { style: place } : {})}
    >
      <span className={maskClasses.grip} title={t('move')} onPointerDown={onGrip}>
        <IconGripVertical size={16} stroke={1.5} />
      </span>
      <Sign action="ai.positive" isOn={session.leftIsPositive} className={classes.plus} />
      {info.prompts?.minNegative !== null && (
        <Sign action="ai.negative" isOn={!session.leftIsPositive} className={classes.minus} />
      )}
      <ActionButton action="ai.clear" icon={IconEraser} disabled={session.isEmpty} {...look} />
      <hr className={maskClasses.rule} />
      {edited === null && (
        <div className={classes.result}>
          <ResultChoice label={label} />
        </div>
      )}
      <DensitySlider
        value={density}
        isDisabled={!isPolygon}
        onChange={(next) => setAi({ density: next })}
      />
      <ActionButton action="ai.region" icon={IconCrop} isOn={onlyVisible} {...look} />
      <hr className={maskClasses.rule} />
      <ActionButton action="ai.undo" icon={IconArrowBackUp} disabled={!session.canUndo} {...look} />
      <ActionButton
        action="ai.redo"
        icon={IconArrowForwardUp}
        disabled={!session.canRedo}
        {...look}
      />
      <hr className={maskClasses.rule} />
      {edited === null && (
        <BarLabel labelId={labelId} fits={(one) => resultTypeOf(one, wished) !== null} />
      )}
      {edited === null && <ActionButton action="ai.continue" icon={IconPlus} {...look} />}
      <ActionButton action="ai.done" icon={IconCheck} {...look} />
      <InteractionStrip now={now} />
    </div>
  )
}

const look = { size: 30, side: 'bottom' } as const

/** What the left button puts. */
function Sign({
  action,
  isOn,
  className,
}: {
  action: string
  isOn: boolean
  className?: string | undefined
}) {
  const Glyph = action === 'ai.positive' ? IconCirclePlus : CircleMinus
  return (
    <Tooltip label={<ActionHint action={action} />} position="bottom">
      <ActionIcon
        size={30}
        className={`${classes.tool} ${className}`}
        aria-label={actionTitle(action)}
        aria-pressed={isOn}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => runAction(action)}
      >
        <Glyph size={18} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  )
}

/** Renders again when a button would look different, not with every move of the pointer. */
function useLook(session: InteractSession): void {
  useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => [session.leftIsPositive, session.isEmpty, session.canUndo, session.canRedo].join(),
  )
}
