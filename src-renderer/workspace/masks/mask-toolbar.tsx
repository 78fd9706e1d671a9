import { NumberInput, Slider } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBrush,
  IconCheck,
  IconCircle,
  IconEraser,
  IconEyeOff,
  IconGripVertical,
  IconLayersSubtract,
  IconPlus,
  IconSquare,
} from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import {
  LARGEST_BRUSH,
  type MaskSession,
  SMALLEST_BRUSH,
} from '#renderer/canvas/tools/mask-session.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { useBench, useUi } from '../bench/context.ts'
import { chooseDrawLabel, labelFits } from '../bench/drawing.ts'
import { ActionButton } from '../parts/action-button.tsx'
import classes from './masks.module.css'
import { PolygonMinusIcon, PolygonPlusIcon } from './polygon-icons.tsx'
import { usePlace } from './use-place.ts'

/** The tools of the mask being painted, floating over the picture; nothing while none is. */
export function MaskToolbar() {
  const painting = useUi((state) => state.painting)
  return painting && <Toolbar session={painting.session} />
}

function Toolbar({ session }: { session: MaskSession }) {
  const { t } = useTranslation('masks')
  const { ref, place, onGrip } = usePlace('fieldmark.mask-toolbar')
  useLook(session)
  const removes = useSettings((settings) => settings.removeUnderlyingPixels)
  const { kind, form } = session.brush
  return (
    <div
      ref={ref}
      className={classes.bar}
      role="toolbar"
      aria-label={t('toolbar')}
      data-placed={place !== null}
      {...(place ? { style: place } : {})}
    >
      <span className={classes.grip} title={t('move')} onPointerDown={onGrip}>
        <IconGripVertical size={16} stroke={1.5} />
      </span>
      <ActionButton action="masks.brush" icon={IconBrush} isOn={kind === 'brush'} {...look} />
      <ActionButton action="masks.eraser" icon={IconEraser} isOn={kind === 'eraser'} {...look} />
      <ActionButton
        action="masks.polygon-plus"
        icon={PolygonPlusIcon}
        isOn={kind === 'polygon-plus'}
        {...look}
      />
      <ActionButton
        action="masks.polygon-minus"
        icon={PolygonMinusIcon}
        isOn={kind === 'polygon-minus'}
        {...look}
      />
      <hr className={classes.rule} />
      <ActionButton
        action="masks.form"
        icon={form === 'round' ? IconCircle : IconSquare}
        {...look}
      />
      <Size session={session} />
      <hr className={classes.rule} />
      <ActionButton
        action="masks.remove-underlying"
        icon={IconLayersSubtract}
        isOn={removes}
        {...look}
      />
      <ActionButton action="masks.hide" icon={IconEyeOff} isOn={session.isHidden} {...look} />
      <ActionButton
        action="masks.undo"
        icon={IconArrowBackUp}
        disabled={!session.canUndo}
        {...look}
      />
      <ActionButton
        action="masks.redo"
        icon={IconArrowForwardUp}
        disabled={!session.canRedo}
        {...look}
      />
      <hr className={classes.rule} />
      <LabelChoice />
      <ActionButton action="masks.continue" icon={IconPlus} {...look} />
      <ActionButton action="masks.done" icon={IconCheck} {...look} />
    </div>
  )
}

const look = { size: 30, side: 'bottom' } as const

/** Renders again when a button would look different, not with every move of the brush. */
function useLook(session: MaskSession): void {
  useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => {
      const { kind, form, size } = session.brush
      return [kind, form, size, session.isHidden, session.canUndo, session.canRedo].join()
    },
  )
}

/** Small brushes are chosen to the pixel, large ones roughly: the slider runs over the square root. */
function Size({ session }: { session: MaskSession }) {
  const { t } = useTranslation('masks')
  const { kind, size } = session.brush
  const isPolygon = kind === 'polygon-plus' || kind === 'polygon-minus'
  const set = (value: number) => session.setBrush({ size: value })
  return (
    <>
      <Slider
        className={classes.slider ?? ''}
        size={3}
        min={Math.sqrt(SMALLEST_BRUSH)}
        max={Math.sqrt(400)}
        step={0.1}
        label={null}
        thumbLabel={t('size')}
        disabled={isPolygon}
        value={Math.sqrt(size)}
        onChange={(root) => set(root * root)}
      />
      <NumberInput
        className={classes.number ?? ''}
        size="xs"
        aria-label={t('size')}
        min={SMALLEST_BRUSH}
        max={LARGEST_BRUSH}
        allowDecimal={false}
        hideControls
        suffix=" px"
        disabled={isPolygon}
        value={size}
        onChange={(value) => Number(value) >= 1 && set(Number(value))}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </>
  )
}

/** The browser's own select: it opens over everything and knows every key. */
function LabelChoice() {
  const { t } = useTranslation('masks')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  const labelId = useUi((state) => state.painting?.labelId)
  const color = labels.find((label) => label.id === labelId)?.color
  return (
    <span className={classes.label}>
      <i style={{ background: color }} />
      <select
        aria-label={t('label')}
        value={labelId ?? ''}
        onChange={(event) => {
          chooseDrawLabel(bench, Number(event.currentTarget.value) as LabelId)
          event.currentTarget.blur()
        }}
      >
        {labels
          .filter((label) => label.id === labelId || labelFits(label, 'mask'))
          .map((label) => (
            <option key={label.id} value={label.id}>
              {label.name}
            </option>
          ))}
      </select>
    </span>
  )
}
